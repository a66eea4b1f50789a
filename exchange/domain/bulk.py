"""Changing many counterparties at once: told before it is done, done whole under one operation."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from characteristics.domain import unshared
from characteristics.models import Characteristic
from counterparties.domain.in_bulk import writing
from counterparties.models import Counterparty, Value
from desk.databases import attempt
from trail.domain.meanwhile import Moment, changed_since
from trail.domain.operations import operation

from .change import Change
from .judging import Judge, Verdict
from .outcome import Outcome

CHUNK = 2_000
#: So many are changed in one go; an embedded database lets nobody else write meanwhile.
MOST = 50_000


def ids_of(records: Any) -> array:
    """Who is chosen, in the order in which everybody takes hold of counterparties; one more than are changed in one
    go tells that they are too many.
    """
    return array("q", records.order_by("pk").values_list("pk", flat=True)[: MOST + 1])


def foresee(ids: Sequence[int], change: Change, decision: Any) -> Outcome:
    """What would come of it. Nothing is written and nothing is held."""
    outcome, judge = Outcome(), Judge(change, decision, is_alone=len(ids) == 1)
    for chunk in _chunks(ids):
        found = list(Counterparty.objects.filter(pk__in=chunk).order_by("pk"))
        verdict = judge.judge(found, outcome)
        outcome.unknown += len(chunk) - len(found)
        if change.removed:
            _tell_hidden(verdict, judge, outcome)
    return outcome


def run(
    ids: Sequence[int],
    change: Change,
    decision: Any,
    *,
    by: Any,
    reason: str = "",
    since: Moment | None = None,
) -> Outcome:
    """Change every one that may be changed. Those that somebody changed ``since`` the preview are left out.

    All in one transaction. Everybody takes hold of counterparties in the order of their ids, so that two bulk edits
    wait for each other and never in a circle.
    """

    def act() -> Outcome:
        outcome, judge = Outcome(), Judge(change, decision, is_alone=len(ids) == 1)
        with operation("bulk", by=by, reason=reason) as under_way:
            unshared.hold_first(change.answers)
            for chunk in _chunks(ids):
                found = list(Counterparty.objects.select_for_update(of=("self",)).filter(pk__in=chunk).order_by("pk"))
                verdict = judge.judge(found, outcome, _meanwhile(since, chunk))
                outcome.unknown += len(chunk) - len(found)
                judge.give_types(verdict)
                writing.change(verdict.changed, verdict.touched)
                writing.answer(verdict.values.new, verdict.values.changed, verdict.values.gone)
            outcome.operation = under_way.row
        return outcome

    return attempt(act)


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    waiting = iter(ids)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


def _meanwhile(since: Moment | None, chunk: list[int]) -> set[int]:
    """Asked when they are held already, so that nobody slips in between."""
    if since is None:
        return set()
    return changed_since(since, Counterparty, "id", chunk) | changed_since(since, Value, "counterparty", chunk)


def _tell_hidden(verdict: Verdict, judge: Judge, outcome: Outcome) -> None:
    """What was said for the characteristics of removed types is kept, but seen no more."""
    hiding: dict[int, dict[int, Characteristic]] = {}
    for one, *types in verdict.retyped:
        had, has = (judge.allowed.characteristics("view", each) for each in types)
        if lost := {pk: each for pk, each in had.items() if pk not in has}:
            hiding[one.pk] = lost
    asked = {pk for lost in hiding.values() for pk in lost}
    said = Value.objects.filter(counterparty__in=list(hiding), characteristic__in=asked, place=0)
    for owner, characteristic in said.values_list("counterparty", "characteristic") if hiding else ():
        if characteristic in hiding[owner]:
            outcome.hidden[hiding[owner][characteristic]] += 1
