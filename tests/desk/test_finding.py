"""The search box leads while one types, as far as the reader may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.models import Client
from rights.models import Grant
from tests.factories import make_counterparty, make_type


@pytest.fixture
def find(client):
    """What the box offers somebody for their words: label, note and address."""

    def found(user, said):
        client.force_login(user)
        answer = client.get("/find/", {"q": said}).json()["found"]
        return [(each["name"], each["code"], each["url"]) for each in answer]

    return found


def names(found):
    return [name for name, _note, _url in found]


def test_pages_are_found_by_the_beginnings_of_their_words(find, admin, office):
    assert find(admin, "own c")[0] == ("Own companies", "Counterparties", "/companies/")
    assert find(admin, "nomen") == [("Nomenclatures", "Settings", "/settings/nomenclatures/")]
    assert names(find(admin, "ettings")) == []


def test_a_page_is_found_in_the_readers_language(find, boris, office):
    boris.language = "bg"
    boris.save()

    assert find(boris, "банк")[0] == ("Банки", "Контрагенти", "/banks/")


def test_nobody_is_led_where_they_may_not_go(find, anna, vera, ivo, bank_type):
    make_counterparty("Settled Bank", [bank_type])

    assert names(find(anna, "sett")) == []
    assert names(find(anna, "bank")) == []
    assert names(find(ivo, "sett")) == ["Settings"]
    assert find(vera, "bank") == []


def test_the_list_of_a_type_is_found_and_its_ancestors_are_named(find, admin, client_type):
    make_type("wholesale", client_type, name="Wholesale")

    assert find(admin, "whole") == [("Client › Wholesale", "Type", "/counterparties/?type=wholesale")]


def test_counterparties_are_found_by_any_word_and_the_archive_stays_aside(find, anna, client_type):
    rila = make_counterparty("Rila", [client_type], code="RILA", alias="Blue mountain")
    make_counterparty("Rila gone", [client_type], archived_at=timezone.now())

    assert find(anna, "rila") == [("Rila", "RILA", f"/counterparties/{rila.pk}/")]
    assert names(find(anna, "mountain")) == ["Rila"]


def test_what_a_client_is_called_as_a_client_finds_nothing_for_who_may_not_view_it_as_one(
    find, anna, boris, client_type, supplier_type
):
    both = make_counterparty("Rila", [client_type, supplier_type])
    Client(counterparty=both, company_name="Zqxwj").save()
    Grant.objects.filter(role__name="Bookkeeping", type=client_type).delete()

    assert names(find(anna, "zqxwj")) == names(find(boris, "rila")) == ["Rila"]
    assert find(boris, "zqxwj") == []


@pytest.mark.parametrize("said", ["", " ", "\u200b", "\x00", "´"])
def test_nothing_typed_finds_nothing(find, admin, office, said):
    make_counterparty("Anybody")

    assert find(admin, said) == []


def test_a_long_list_costs_what_a_short_one_costs(find, anna, client_type):
    spent = []
    for number in (1, 2, 37):
        for each in range(number):
            make_counterparty(f"Balkan {number} {each}", [client_type])
        find(anna, "alkan")
        with CaptureQueriesContext(connection) as queries:
            found = find(anna, "alkan")
        spent.append(len(queries))

    assert len(found) == 8
    assert spent == [spent[0]] * 3
