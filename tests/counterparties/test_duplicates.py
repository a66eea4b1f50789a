"""Is it in our books already?"""

import pytest
from django.utils import timezone

from counterparties.domain import duplicates
from counterparties.models import Counterparty
from tests.factories import make_counterparty

pytestmark = pytest.mark.usefixtures("office")


def found(**facts):
    return {
        fact: [each.name for each in those]
        for fact, those in duplicates.alike(facts, Counterparty.objects.all()).items()
    }


@pytest.mark.parametrize("number", ["02 987 6543", "+359 2 987 6543", "00359 2/987-65-43", "(02) 9876543"])
def test_one_line_is_one_line_however_it_is_written(number):
    make_counterparty("Danube", phone="+359 2 9876543")

    assert found(phone=number) == {"phone": ["Danube"]}


def test_a_mobile_here_may_be_a_phone_there():
    make_counterparty("Danube", mobile="+359888123456")

    assert found(phone="0888 123 456") == {"phone": ["Danube"]}


def test_mail_and_vat_number_are_compared_whole():
    make_counterparty("Danube", email="office@danube.example", vat_number="BG175074752")

    assert found(email="OFFICE@danube.example") == {"email": ["Danube"]}
    assert found(vat_number="bg 175074752") == {"vat_number": ["Danube"]}
    assert found(email="office@danube.exampl") == {}
    assert found(vat_number="BG17507475") == {}


@pytest.mark.parametrize(
    "name", ["ДУНАВ АГРО ТРАНСПОРТ ООД", "Дунав Агро Транспорт", "Дунав Агро-Транспорт ООД", "Дуна Агро Транспорт ООД"]
)
def test_nearly_the_same_name_is_found(name):
    make_counterparty("Дунав Агро Транспорт ООД")
    make_counterparty("Дунав Турс")

    assert found(name=name) == {"name": ["Дунав Агро Транспорт ООД"]}


def test_itself_is_no_likeness():
    danube = make_counterparty("Danube Agro", email="a@danube.example")

    assert (
        duplicates.alike(
            {"name": "Danube Agro", "email": "a@danube.example"}, Counterparty.objects.all(), but=danube.pk
        )
        == {}
    )


def test_nothing_said_is_like_nothing():
    make_counterparty("Danube", phone="", email="")

    assert found(phone="", email="", vat_number="", name="") == {}
    assert found(phone="12") == {}


def test_likenesses_cost_two_queries(django_assert_num_queries):
    for number in range(20):
        make_counterparty(f"Danube {number}", phone="02 987 6543", email="a@danube.example")

    with django_assert_num_queries(2):
        told = duplicates.alike(
            {"name": "Danube 3", "phone": "029876543", "email": "a@danube.example"}, Counterparty.objects.all()
        )

    assert len(told["phone"]) == duplicates.TOLD


def test_the_holder_of_a_number_or_code_may_be_archived():
    gone = make_counterparty(
        "Gone", code="brk.b", registration_number="175074752", country="BG", archived_at=timezone.now()
    )

    assert duplicates.holder_of_number("175 074 752", "BG") == gone
    assert duplicates.holder_of_number("175074752", "DE") is None
    assert duplicates.holder_of_code(" BRK.B ") == gone
    assert duplicates.holder_of_number("175074752", "BG", but=gone.pk) is None
    assert duplicates.holder_of_code("", but=None) is None
