"""The card costs the same however much is asked on it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertHTMLEqual

from characteristics.domain import nomenclatures, values
from counterparties.models import Address, Client
from desk.widgets import Select, Suggested, quick
from tests.counterparties.cards import NEW, edit_of, typed
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.domain.operations import operation

#: Of a client: what it is as one, its two addresses and the categories to choose from are three of them.
READING_A_CARD = 15


@pytest.fixture
def desk(client, anna):
    client.force_login(anna)
    client.get("/profile/")
    return client


def ask_for(how_many, *types):
    """Texts, and choices from nomenclatures of their own, with an answer each."""
    asked = {}
    for number in range(how_many):
        size = make_nomenclature(f"size{number}", "small", "large")
        asked[make_characteristic(f"text{number}", "text", *types)] = "said"
        choice = make_characteristic(f"size{number}", "nomenclature", *types, nomenclature=size)
        asked[choice] = nomenclatures.elements(size)[0]
    return asked


@pytest.mark.parametrize("how_many", [1, 3, 20])
def test_reading_a_card_costs_the_same_number_of_queries(desk, client_type, how_many, django_assert_num_queries):
    counterparty = make_counterparty("Danube")
    Client.objects.create(counterparty=counterparty, office_phone="02 987 6543")
    values.save(counterparty, ask_for(how_many, client_type))

    with django_assert_num_queries(READING_A_CARD):
        page = desk.get(edit_of(counterparty))

    assert page.content.decode().count('name="c-') == 2 * how_many


def test_a_new_counterparty_is_kept_in_few_statements(desk, client_type):
    make_counterparty("The combination of types is known, the numbering has begun")
    desk.post(NEW, {"name": "First", "types": "client"})

    with CaptureQueriesContext(connection) as spent:
        desk.post(NEW, {"name": "Second", "types": "client"})

    assert len(writes(spent)) <= 12
    assert len(spent) <= 36


def test_an_edit_is_kept_in_few_statements(desk, client_type):
    motto = make_characteristic("motto", "text", client_type)
    counterparty = make_counterparty("Danube")

    with CaptureQueriesContext(connection) as spent:
        desk.post(edit_of(counterparty), typed(counterparty, name="Danube Ltd", **{"c-motto": "Onward"}))

    assert values.of(counterparty, [motto]) == {motto.pk: ["Onward"]}
    assert len(writes(spent)) <= 5
    assert len(spent) <= 22


def test_what_it_is_as_a_client_and_where_it_sits_is_read_once(desk, client_type):
    counterparty = make_counterparty("Danube")
    Client.objects.create(counterparty=counterparty, office_phone="02 987 6543")
    sent = {"office_phone": "02 111 1111", "company-city": "Ruse"}

    with CaptureQueriesContext(connection) as spent:
        desk.post(edit_of(counterparty), typed(counterparty, **sent))

    for table in ("counterparties_client", "counterparties_address"):
        assert sum(f'FROM "{table}"' in each["sql"] and "INSERT" not in each["sql"] for each in spent) == 1
    assert (Client.objects.get().office_phone, Address.objects.get().city) == ("02 111 1111", "Ruse")
    assert (Client.history.count(), Address.history.count()) == (2, 1)


def test_ten_answers_are_kept_in_as_many_statements_as_one(anna, client_type):
    counterparty = make_counterparty("Danube")
    asked = ask_for(5, client_type)
    spent = []

    for answers in (dict(list(asked.items())[:2]), asked, dict.fromkeys(asked)):
        with CaptureQueriesContext(connection) as counted, operation("card", by=anna):
            assert values.save(counterparty, answers)
        spent.append(len(writes(counted)))
        assert not values.save(counterparty, answers)

    assert values.of(counterparty, asked) == {}
    assert counterparty.values.model.history.filter(history_type="-").count() == 10
    assert spent == [4, 4, 4]


def writes(spent):
    """From the first word of the saving to the last: everything inside its transaction."""
    words = [query["sql"] for query in spent]
    begun = next(number for number, sql in enumerate(words) if sql.startswith(("BEGIN", "SAVEPOINT")))
    ended = max(n for n, sql in enumerate(words) if sql.startswith(("COMMIT", "RELEASE")))
    return [sql for sql in words[begun : ended + 1] if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]


def test_a_fast_select_says_what_djangos_says(office):
    plain = make_characteristic("size", "nomenclature", nomenclature=make_nomenclature("size", "small", "large"))
    field = plain.type.form_field(plain)

    slow = field.widget.render("c-size", "large", {"id": "id_c-size", "required": True})
    fast = quick(field.widget).render("c-size", "large", {"id": "id_c-size", "required": True})

    assertHTMLEqual(fast, slow)
    assert fast.count("selected") == 1


def test_choices_are_escaped():
    evil = [("<b>", "<script>")]

    for widget in (Select(choices=evil), Suggested(evil)):
        assert "<script>" not in widget.render("x", '"><script>')
