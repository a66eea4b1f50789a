"""The company and the delivery address on the card of whoever is no client."""

import pytest
from pytest_django.asserts import assertContains

from counterparties.models import Address
from tests.counterparties.cards import NEW, edit_of, errors, typed
from tests.factories import make_counterparty
from trail.models import Operation

FOLDED = '<details class="section" data-asked>'
WHO = {"types": "supplier", "name": "Kolos OOD", "country": "BG"}
THERE = {"company-line1": "1 Vitosha", "company-city": "Sofia", "company-country": "bg"}


@pytest.fixture
def desk(client, boris):
    """Bookkeeping edits suppliers; administrators add them."""
    client.force_login(boris)
    return client


@pytest.fixture
def kolos(supplier_type):
    return make_counterparty("Kolos", [supplier_type], country="BG")


def places():
    return list(Address.objects.order_by("kind").values_list("kind", "line1", "city", "country"))


def test_empty_ones_are_folded_and_written_ones_stand_open(desk, kolos):
    assertContains(desk.get(edit_of(kolos)), FOLDED, count=2)

    desk.post(edit_of(kolos), typed(kolos, **THERE))

    page = desk.get(edit_of(kolos)).content.decode()
    assert places() == [("company", "1 Vitosha", "Sofia", "BG")]
    assert (page.count(FOLDED), 'value="1 Vitosha"' in page) == (1, True)


def test_a_new_supplier_brings_its_addresses_in_one_operation(boss):
    boss.post(NEW, WHO | THERE | {"delivery_same": "on"})

    assert places() == [("company", "1 Vitosha", "Sofia", "BG"), ("delivery", "1 Vitosha", "Sofia", "BG")]
    assert {each.history.get().operation for each in Address.objects.all()} == {Operation.objects.latest("pk")}


def test_a_card_that_does_not_speak_of_them_takes_none_away(desk, kolos):
    Address(counterparty=kolos, kind="delivery", name="Depot", line1="2 Danube").save()

    desk.post(edit_of(kolos), typed(kolos, phone="02 555 5555"))

    kolos.refresh_from_db()
    assert (kolos.phone, places()) == ("02 555 5555", [("delivery", "2 Danube", "", "")])


def test_what_is_wrong_with_one_opens_it(desk, kolos):
    answer = desk.post(edit_of(kolos), typed(kolos, **{"delivery-country": "RO"}))

    assert answer.status_code == 422
    assert errors(answer) == {"delivery-line1": ["Write at least the street or the town."]}
    assertContains(answer, FOLDED, count=1, status_code=422)


def test_two_who_write_addresses_are_shown_both(desk, kolos, admin):
    opened = typed(kolos, **THERE)
    desk.post(edit_of(kolos), typed(kolos, **{"company-line1": "9 Danube"}))

    answer = desk.post(edit_of(kolos), opened)

    assert answer.status_code == 409
    assert {"9 Danube", "1 Vitosha"} <= {word for row in answer.context["rows"] for word in (row.theirs, row.mine)}


def test_a_suppliers_card_costs_no_more_than_a_clients(desk, kolos, django_assert_max_num_queries):
    desk.get(edit_of(kolos))

    with django_assert_max_num_queries(14):
        desk.get(edit_of(kolos))
