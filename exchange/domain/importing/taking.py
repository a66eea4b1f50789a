"""One pass over the sheet of a running import, from the first row that is not done yet."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from counterparties.domain.importing.judging import Judge
from counterparties.domain.importing.pointing import is_pointing, portions
from counterparties.domain.importing.ready import write
from counterparties.domain.importing.rows import drafts_of
from counterparties.domain.importing.running import (
    archived_of,
    pass_by,
    refresh_statistics,
    rows_of,
)
from counterparties.domain.importing.standing import Standing
from counterparties.domain.importing.taken import Taken
from desk.intake import Row, Table
from desk.said import gettext as _
from desk.said import ngettext
from exchange.models import Import
from trail.domain.operations import operation
from trail.domain.undisturbed import undisturbed
from trail.models import Operation

from . import rows
from .judged import Judged, Spool, is_among
from .mapping import plan_for
from .opening import opened
from .previewing import decide
from .tale import Tale

#: So many rows are written at once. An embedded database lets nobody else write meanwhile.
PORTION = 1_000


class Refused(Exception):
    """The import ends here and trying again would say the same."""


class Taking:
    """The rows of one import on their way into the books.

    They are judged while others go on working. Only then the books are held, what changed meanwhile is looked for, the
    portions it concerns are judged again, and everything is written at once.
    """

    def __init__(self, of: Import, work: Any) -> None:
        self.of, self.work = of, work
        self.plan = plan_for(of, decide(of))
        self.taken = Taken()
        self.looking, self.holding = (Judge(self.plan, writes=holds, taken=self.taken) for holds in (False, True))
        self.tale, self.done, self.operation = Tale(of), of.rows_done, of.operation_id

    def go(self) -> None:
        """To the last row of the sheet."""
        with opened(self.of) as table:
            if self.of.is_whole:
                self._whole(table)
            else:
                self._in_portions(table)
        refresh_statistics(self.tale.written)

    def _in_portions(self, table: Table) -> None:
        waiting = rows_of(table)
        self._pass_by(waiting)
        for portion in portions(waiting, self.plan, PORTION):
            standing = Standing(self.plan, self.taken)
            judged = self._judge(portion, self.looking).made_ready(self.looking)
            with operation("import", by=self.of.user, reason=self._reason, continues=self.operation) as act:
                self.work.hold()
                self._refuse_undone()
                disturbed = self._forget([judged.numbers], standing)
                self._keep(self._still(judged, disturbed))
                self._note(act.row)
            self.operation = act.row
            self.work.progress(self.done, self.of.rows)

    def _whole(self, table: Table) -> None:
        """All rows or none, in one transaction; the rows that are in the way are told all the same."""
        found: list[Any] = []
        try:
            with Spool() as spool:
                standing = Standing(self.plan, self.taken)
                if self._is_judged_before:
                    self._judge_all(table, spool, found)
                    _refuse_whole(found)
                with operation("import", by=self.of.user, reason=self._reason) as act:
                    self.work.hold()
                    for judged in self._held(table, spool, standing):
                        found += judged.refused
                        self._keep(judged)
                        self.work.progress((self.of.rows + self.done) // 2, self.of.rows)
                    _refuse_whole(found)
                    self._note(act.row)
        except Refused:
            with operation("import", by=self.of.user):
                self.work.hold()
                rows.forget(self.of)
                rows.keep(found)
            raise

    def _judge_all(self, table: Table, spool: Spool, found: list[Any]) -> None:
        """Every row is judged and put aside, as long as none is refused; judging is the first half of the way."""
        judged_rows = 0
        for portion in portions(rows_of(table), self.plan, PORTION):
            judged = self._judge(portion, self.looking)
            found += judged.refused
            if not found:
                spool.put(judged.made_ready(self.looking))
            judged_rows += len(portion)
            self.work.progress(judged_rows // 2, self.of.rows)

    def _held(self, table: Table, spool: Spool, standing: Standing) -> Iterator[Judged]:
        """What was put aside, as far as it still stands."""
        if self._is_judged_before:
            disturbed = self._forget(spool.numbers, standing)
            for judged in spool:
                yield self._still(judged, disturbed)
        else:
            for portion in portions(rows_of(table), self.plan, PORTION):
                yield self._judge(portion, self.holding)

    @property
    def _is_judged_before(self) -> bool:
        """Not what waits for the rows above to be written: counterparties they bring, elements that are missing."""
        return not (is_pointing(self.plan) or self.plan.missing)

    def _forget(self, those: list[range], standing: Standing) -> Collection[int] | None:
        """The rows that changes of others concern; what the portions that hold them have taken is free again."""
        disturbed = standing.disturbed()
        self.taken.forget({number for each in those if is_among(each, disturbed) for number in each})
        return disturbed

    def _still(self, judged: Judged, disturbed: Collection[int] | None) -> Judged:
        return self._judge(judged.rows, self.holding) if is_among(judged.numbers, disturbed) else judged

    @property
    def _reason(self) -> str:
        return " · ".join(filter(None, [self.of.file.name, self.of.reason]))

    def _pass_by(self, waiting: Iterator[Row]) -> None:
        """Rows that an earlier pass has done: nothing is written of them, but what they take is known again."""
        passed = 0
        while portion := list(islice(waiting, min(PORTION, self.of.rows_done - passed))):
            pass_by(drafts_of(portion, self.plan), self.holding, decide(self.of))
            passed += len(portion)
            self.work.progress(self.done, self.of.rows)

    def _refuse_undone(self) -> None:
        if self.operation and Operation.objects.filter(undoes=self.operation).exists():
            raise Refused(_("What was taken in so far was taken back; the rest is left alone. Bring the sheet again."))

    @undisturbed()
    def _judge(self, portion: list[Row], judge: Judge) -> Judged:
        verdict = judge.judge(drafts_of(portion, self.plan), decide(self.of))
        return Judged(
            rows=portion,
            decided=verdict,
            counts=rows.count(verdict),
            refused=list(rows.refused(verdict, self.of)),
            archived=[each.code for each in archived_of(verdict)],
            meanwhile=self.tale.changed_meanwhile(verdict),
        )

    @undisturbed()
    def _keep(self, judged: Judged) -> None:
        """Write what is good of a portion."""
        write(judged.decided, self.holding)
        self.tale.add(judged)
        self.done += len(judged.rows)
        if not self.of.is_whole:
            if not self.of.rows_done and self.done == len(judged.rows):
                rows.forget(self.of)
            rows.keep(judged.refused)

    def _note(self, operation_id: int | None) -> None:
        """In the transaction of the rows themselves: how far it is."""
        facts = self.tale.facts(self.plan.missing.words() if self.plan.missing else [])
        if self.of.is_whole:
            rows.forget(self.of)
        Import.objects.filter(pk=self.of.pk).update(rows_done=self.done, operation=operation_id, **facts)


def _refuse_whole(found: list[Any]) -> None:
    if found:
        words = ngettext(
            "%(number)s row is refused, so nothing was taken in.",
            "%(number)s rows are refused, so nothing was taken in.",
            len(found),
        )
        raise Refused(words % {"number": len(found)})
