"""A card that is written in one statement leaves what one that is written row by row leaves."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from counterparties.domain import keeping
from counterparties.models import Counterparty, Value
from desk.models import Stale
from tests.factories import make_characteristic, make_counterparty
from trail.domain import at_once
from trail.domain.operations import operation
from trail.models import Operation


@pytest.fixture
def card(client_type):
    """(a counterparty that says one, two and three, its characteristics)"""
    asked = [make_characteristic(f"c{number}", "number", client_type) for number in range(3)]
    made = make_counterparty("Danube")
    values.save(made, dict(zip(asked, [1, 2, 3], strict=True)))
    return Counterparty.objects.get(pk=made.pk), asked


def told(model, **asked):
    """History without its own numbers and moments."""
    left_out = {"history_id", "history_date", "operation_id"}
    rows = model.history.filter(**asked).order_by("id", "history_id").values()
    return [{name: said for name, said in row.items() if name not in left_out} for row in rows]


@pytest.mark.parametrize("most", [at_once.MOST, 0])
def test_a_card_is_kept_with_its_answers_history_and_operation(anna, card, monkeypatch, most):
    monkeypatch.setattr(at_once, "MOST", most)
    held, asked = card
    before = told(Value), told(Counterparty)

    with CaptureQueriesContext(connection) as sent:
        keeping.keep(held, {"phone": "02 1"}, None, {asked[0]: 5, asked[2]: 7}, by=anna, seen=1, reason="By phone")

    assert sum("UPDATE" in each["sql"] for each in sent) == (1 if most and connection.vendor == "postgresql" else 2)
    kept, made = Counterparty.objects.get(pk=held.pk), Operation.objects.latest("pk")
    assert (kept.phone, kept.version) == ("02 1", 2)
    assert values.of(kept, asked) == {asked[0].pk: [5], asked[1].pk: [2], asked[2].pk: [7]}
    assert (made.kind, made.user, made.reason) == ("card", anna, "By phone")
    news = Value.history.filter(history_type="~").order_by("id")
    assert [(each.number, each.operation, each.history_user) for each in news] == [(5, made, anna), (7, made, anna)]
    assert [(each.phone, each.operation) for each in Counterparty.history.filter(history_type="~")] == [("02 1", made)]
    assert [row for row in told(Value) if row["history_type"] == "+"] == before[0]
    assert [row for row in told(Counterparty) if row["history_type"] == "+"] == before[1]


def test_of_a_card_that_somebody_else_has_claimed_nothing_is_written(anna, card):
    held, asked = card
    held.claim(held.version)
    before = Operation.objects.count(), told(Value), told(Counterparty)

    with operation("import", by=anna) as act:
        # The act goes on, as an import does with its next row.
        with pytest.raises(Stale):
            keeping.keep(held, {"phone": "02 1"}, None, {asked[0]: 5}, by=anna, seen=1)
        assert act.row is None

    assert (Operation.objects.count(), told(Value), told(Counterparty)) == before
    assert values.of(held, asked)[asked[0].pk] == [1]


def test_an_answer_that_is_gone_by_then_takes_the_card_back_with_it(anna, card, monkeypatch):
    held, asked = card
    said = values.Answered(held, {asked[0]: 5})
    Value.objects.filter(characteristic=asked[0]).delete()

    with pytest.raises(Stale) as stale, operation("card", by=anna):
        said.save(held)

    assert isinstance(stale.value.thing, Value)
    assert not Operation.objects.filter(kind="card", user=anna).exists()


def test_a_card_joins_an_operation_that_has_begun(anna, card):
    held, asked = card

    with operation("import", by=anna) as act:
        made = make_counterparty("Other")
        keeping.keep(held, {"phone": "02 1"}, None, {asked[0]: 5}, by=anna, seen=1)

    assert {each.operation_id for each in Counterparty.history.filter(history_type="~")} == {act.row}
    assert made.history.get().operation_id == Value.history.get(history_type="~").operation_id == act.row


def test_a_version_alone_is_claimed_without_a_word_of_history(anna, card):
    held, _asked = card
    before = Operation.objects.count()

    with operation("card", by=anna) as act:
        at_once.write(keeping._claimed(held, 1))
        assert act.row is None

    assert (Counterparty.objects.get(pk=held.pk).version, Operation.objects.count()) == (2, before)
