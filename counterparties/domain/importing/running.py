"""Taking a sheet in: chunk by chunk, under one operation, whole or not at all."""

import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from counterparties.domain.searching import put_names_in_order
from counterparties.models import Counterparty
from desk import text
from desk.databases import count_anew
from desk.intake import Row, Table
from desk.said import gettext as _
from trail.domain.operations import operation
from trail.domain.undisturbed import undisturbed

from .examples import is_example
from .judging import Judge, Verdict
from .plan import Draft, Outcome, Plan, Refusal
from .pointing import portions
from .ready import sort_of_codes, write
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
        archived: list[str] = []
        for chunk in chunks(table, plan):
            with undisturbed():
                verdict = judge.judge(drafts_of(chunk, plan), decide())
                write(verdict, judge)
            _count(verdict, outcome)
            archived += [each.code for each in archived_of(verdict)][: NAMED + 1 - len(archived)]
            outcome.rows += len(chunk)
        outcome.operation = act.row
        if is_dry or (is_whole and outcome.refused):
            outcome.is_kept = False
            act.row = None
            transaction.set_rollback(True)
        else:
            before_keeping(outcome)
    if archived:
        outcome.notes.append(archived_words(archived))
    outcome.seconds = time.monotonic() - began
    if outcome.is_kept:
        refresh_statistics(outcome.created + outcome.updated)
    return outcome


def chunks(table: Table, plan: Plan) -> Iterator[list[Row]]:
    """The rows of a sheet in portions."""
    return portions(rows_of(table), plan, CHUNK)


def rows_of(table: Table) -> Iterator[Row]:
    """The rows of a sheet; the example that came with a template is none."""
    return (row for row in table.rows if not is_example(row.cells))


def pass_by(drafts: list[Draft], judge: Judge, decision: Any) -> None:
    """Rows that an earlier run has done: nothing is written of them, but what they take is known again."""
    Judge(judge.plan, writes=False, taken=judge.taken).judge(drafts, decision)
    for draft in drafts:
        if draft.stored and not draft.is_known_by_key:
            judge.taken.note(sort_of_codes(judge.plan), text.key(draft.stored.code), draft.number)


def _count(verdict: Verdict, outcome: Outcome) -> None:
    outcome.created += len(verdict.new)
    outcome.updated += len(verdict.touched)
    outcome.same += len(verdict.same)
    outcome.refused += [Refusal(each.number, each.cells, each.reasons) for each in verdict.refused]


def archived_of(verdict: Verdict) -> list[Counterparty]:
    """Those that were changed although they are archived."""
    return [stored for _draft, stored in verdict.touched if stored.is_archived]


def archived_words(archived: list[str]) -> str:
    codes = ", ".join(archived[:NAMED]) + (" …" if len(archived) > NAMED else "")
    return _("Changed although archived, and still archived: %(codes)s.") % {"codes": codes}


def refresh_statistics(rows: int) -> None:
    """After many rows names are put in order and the database counts anew, so that lists stay quick."""
    if rows >= CHUNK:
        put_names_in_order()
        count_anew()
