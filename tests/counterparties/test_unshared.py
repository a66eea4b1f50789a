"""Answers that no two counterparties share: on cards, many at once, taken back, by several people at one moment."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from characteristics.domain import unshared, values
from counterparties.domain import keeping
from counterparties.models import Counterparty, Value
from rights.domain import policy
from tests.counterparties.cards import NEW, edit_of, errors, typed
from tests.counterparties.test_card_at_once import at_once
from tests.factories import make_characteristic, make_counterparty
from trail.domain.operations import operation
from trail.domain.undoing.asked import Asked
from trail.domain.undoing.whole import foresee, take_back
from trail.models import Operation


@pytest.fixture
def plate(client_type, bank_type):
    """What nobody shares, asked of clients and of banks."""
    return make_characteristic("plate", "text", client_type, bank_type, is_unique=True, name="Plate")


#: Type → what somebody says, and the same as somebody else would write it.
SAME = {
    "text": ("ÁB 12", "ab 12"),
    "number": (Decimal("1200.50"), "1 200,5"),
    "date": (date(2026, 2, 1), "1.2.2026"),
    "counterparty": ("house", "HOUSE"),
}


@pytest.mark.parametrize("type_code", SAME)
def test_what_another_one_says_is_refused_at_its_field_and_the_other_is_named(desk, client_type, type_code):
    one = make_characteristic("one", type_code, client_type, is_unique=True)
    house = make_counterparty("House", code="HOUSE")
    said, written = SAME[type_code]
    danube = make_counterparty("Danube", code="DAN")
    values.save(danube, {one: house if said == "house" else said})
    written = house.pk if said == "house" else written

    refused = desk.post(NEW, {"name": "Rila", "types": "client", "c-one": written})
    Counterparty.objects.filter(pk=danube.pk).update(archived_at=timezone.now())
    archived = desk.post(NEW, {"name": "Rila", "types": "client", "c-one": written})
    own = desk.post(edit_of(danube), typed(danube, name="Danube Ltd", **{"c-one": written}))

    link = f'<a href="/counterparties/{danube.pk}/">Danube (DAN)</a>'
    assert errors(refused) == {"c-one": [f"{link} has this already. Open that one, or write another answer."]}
    assert errors(archived)["c-one"][0].startswith(f"{link}, which is archived, has this already.")
    assert own.status_code == 303


def test_who_may_not_be_known_is_not_named(desk, plate, bank_type):
    values.save(make_counterparty("Hidden Bank", [bank_type]), {plate: "CA 1"})

    answer = desk.post(NEW, {"name": "Rila", "types": "client", "c-plate": "ca 1"})

    assert errors(answer) == {"c-plate": ["Another counterparty you may not see has this."]}
    assert "Hidden" not in answer.content.decode()


def test_each_of_several_answers_is_nobody_elses(desk, client_type):
    plates = make_characteristic("plates", "text", client_type, is_unique=True, is_multiple=True)
    danube = make_counterparty("Danube")
    values.save(danube, {plates: ["A 1", "A 2"]})

    refused = desk.post(NEW, {"name": "Rila", "types": "client", "c-plates": ["B 1", "a 2"]})
    moved = desk.post(edit_of(danube), typed(danube, **{"c-plates": ["A 2", "A 3"]}))

    assert list(errors(refused)) == ["c-plates"]
    assert moved.status_code == 303


@pytest.mark.parametrize("how_many", [1, 5])
def test_looking_costs_a_card_as_many_statements_for_one_as_for_many(desk, client_type, how_many):
    make_counterparty()
    asked = [make_characteristic(f"n{number}", "number", client_type, is_unique=True) for number in range(how_many)]
    sent = {"types": "client"}
    desk.post(NEW, {"name": "First", **sent})
    spent = []
    for name, said in (("Second", {}), ("Third", {each.field_name: "7" for each in asked})):
        with CaptureQueriesContext(connection) as counted:
            assert desk.post(NEW, {"name": name, **sent, **said}).status_code == 303
        spent.append(len(counted))

    # Looked for, held, looked for again; and the values themselves, with their history.
    assert spent[1] - spent[0] == 5


@pytest.mark.django_db(transaction=True)
def test_of_several_people_at_once_one_gets_it(transactional_db, anna, plate):
    sent = {"types": "client", "c-plate": "CA 1234"}

    answers = at_once(anna, lambda desk, number: desk.post(NEW, sent | {"name": f"Firm {number}"}))

    assert sorted(answer.status_code for answer in answers) == [303, 422, 422, 422]
    assert Value.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_cards_changed_at_once_one_gets_it(transactional_db, anna, plate):
    firms = [make_counterparty(f"Firm {number}") for number in range(4)]

    answers = at_once(
        anna, lambda desk, number: desk.post(edit_of(firms[number]), typed(firms[number], **{"c-plate": "CA 1"}))
    )

    assert sorted(answer.status_code for answer in answers) == [303, 422, 422, 422]
    assert Value.objects.count() == 1


def test_whatever_way_it_comes_the_books_refuse_it(anna, plate):
    values.save(make_counterparty("Danube"), {plate: "CA 1"})

    with pytest.raises(unshared.Shared), operation("card", by=anna):
        values.save(make_counterparty("Rila"), {plate: "ca 1"})


def bulk(desk, firms, said):
    address = f"/counterparties/bulk/?{urlencode([('row', each.pk) for each in firms])}"
    return desk.post(address, {"change": "c-plate", "c-plate": said, "confirmed": "1"})


def test_many_at_once_are_not_given_one_answer(desk, plate):
    alfa, bravo, carol = (make_counterparty(name) for name in ("Alfa", "Bravo", "Carol"))

    bulk(desk, [alfa, bravo], "CA 1")
    nobody = Value.objects.count()
    bulk(desk, [alfa], "CA 1")
    alone = Value.objects.get().counterparty
    bulk(desk, [carol], "ca 1")
    page = desk.post(f"/counterparties/bulk/?row={carol.pk}", {"change": "c-plate", "c-plate": "ca 1"})
    bulk(desk, [alfa, bravo], "")

    assert (nobody, alone) == (0, alfa)
    assert "Alfa" in page.content.decode()
    assert Value.objects.count() == 0


def kept(one, answers, by):
    one.refresh_from_db()
    keeping.keep(one, {}, None, answers, by=by, seen=one.version)
    return Operation.objects.latest("pk")


def test_it_does_not_come_back_to_who_let_go_of_it(anna, plate, bank_type):
    alfa, bravo, bank = make_counterparty("Alfa"), make_counterparty("Bravo"), make_counterparty("Bank", [bank_type])
    kept(alfa, {plate: "CA 1"}, anna)
    let_go = kept(alfa, {plate: None}, anna)
    decision = policy.for_user(anna)
    whys = []
    for other in (bravo, bank):
        kept(other, {plate: "ca 1"}, anna)
        whys += foresee(let_go, Asked(), decision).whys
        kept(other, {plate: None}, anna)

    take_back(let_go, Asked(), decision, by=anna, digest=None)

    assert whys == [
        "“Plate” belongs to “Bravo” by now.",
        "“Plate” belongs by now to a counterparty that you may not see.",
    ]
    assert values.of(alfa, [plate]) == {plate.pk: ["CA 1"]}
