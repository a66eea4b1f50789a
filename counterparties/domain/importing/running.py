"""Taking a sheet in: chunk by chunk, under one operation, whole or not at all."""

import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from counterparties.domain import numbering
from counterparties.domain.in_bulk import writing
from counterparties.models import Counterparty
from desk import text
from desk.databases import count_anew
from desk.intake import Table
from trail.domain.operations import operation

from .examples import is_example
from .judging import Judge, Verdict
from .plan import Outcome, Plan, Refusal
from .rows import drafts_of

CHUNK = 2_000
#: So many archived counterparties are named; the rest are counted.
NAMED = 20


def run(
    table: Table,
    plan: Plan,
    decide: Callable[[], Any],
    *,
    by: Any,
    reason: str = "",
    is_dry: bool = False,
    is_whole: bool = False,
    before_keeping: Callable[[Outcome], None] = lambda _outcome: None,
) -> Outcome:
    """Take in every good row and say why the others are refused.

    ``decide`` gives the policy's decision about the user, anew for each chunk. A dry run does the very same and takes
    it all back; so does a refused row when the sheet is to be taken ``whole``. ``before_keeping`` is called when all
    is written and nothing is committed yet.
    """
    began = time.monotonic()
    outcome = Outcome()
    with operation("import", by=by, reason=reason) as act:
        judge = Judge(plan)
        archived: list[Counterparty] = []
        for chunk in _chunks(table):
            drafts = drafts_of(chunk, plan)
            verdict = judge.judge(drafts, decide())
            _write(verdict, judge)
            _count(verdict, outcome)
            archived += [each for each in verdict.touched if each.is_archived][: NAMED + 1 - len(archived)]
            outcome.rows += len(chunk)
        outcome.operation = act.row
        if is_dry or (is_whole and outcome.refused):
            outcome.is_kept = False
            act.row = None
            transaction.set_rollback(True)
        else:
            before_keeping(outcome)
    _tell_archived(archived, outcome)
    outcome.seconds = time.monotonic() - began
    if outcome.is_kept:
        _refresh_statistics(outcome)
    return outcome


def _chunks(table: Table) -> Iterator[list[Any]]:
    rows = (row for row in table.rows if not is_example(row.cells))
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _write(verdict: Verdict, judge: Judge) -> None:
    _number(verdict, judge)
    writing.add([made for _said, made in verdict.new])
    for said, made in verdict.new:
        judge.taken.note("counterparty", made.pk, said.number)
    writing.change(verdict.changed, verdict.touched)
    values = [value for said, made in verdict.new for value in judge.answers.of_new(said, made)]
    writing.answer([*values, *verdict.values.new], verdict.values.changed, verdict.values.gone)


def _number(verdict: Verdict, judge: Judge) -> None:
    """Codes for those that came without one; no other row of the sheet may mean them afterwards."""
    without = [(said, made) for said, made in reversed(verdict.new) if not made.code]
    sort = "key" if judge.plan.key == "code" else "code"
    while without:
        for code in numbering.take(len(without)):
            if not judge.taken.has(sort, text.key(code)):
                said, made = without.pop()
                made.code = code
                judge.taken.note(sort, text.key(code), said.number)


def _count(verdict: Verdict, outcome: Outcome) -> None:
    outcome.created += len(verdict.new)
    outcome.updated += len(verdict.touched)
    outcome.same += verdict.same
    outcome.refused += [Refusal(each.number, each.cells, each.reasons) for each in verdict.refused]


def _tell_archived(archived: list[Counterparty], outcome: Outcome) -> None:
    if not archived:
        return
    codes = ", ".join(each.code for each in archived[:NAMED]) + (" …" if len(archived) > NAMED else "")
    outcome.notes.append(_("Changed although archived, and still archived: %(codes)s.") % {"codes": codes})


def _refresh_statistics(outcome: Outcome) -> None:
    """After many rows the database counts them anew, so that lists stay quick."""
    if outcome.created + outcome.updated >= CHUNK:
        count_anew()
