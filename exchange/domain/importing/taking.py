"""One pass over the sheet of a running import, from the first row that is not done yet."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from counterparties.domain.importing.judging import Judge, Verdict
from counterparties.domain.importing.pointing import portions
from counterparties.domain.importing.rows import drafts_of
from counterparties.domain.importing.running import (
    NAMED,
    archived_of,
    archived_words,
    pass_by,
    refresh_statistics,
    rows_of,
    write,
)
from counterparties.models import Address, Client, Counterparty, Value
from desk.intake import Row, Table
from desk.said import ngettext, noted
from exchange.models import Import
from exchange.models.importing import CHANGED, NEW, OUTCOMES
from trail.domain import meanwhile
from trail.domain.operations import operation
from trail.domain.undisturbed import undisturbed
from trail.models import Operation

from . import rows
from .mapping import plan_for
from .opening import opened
from .previewing import decide

#: So many rows are written at once. An embedded database lets nobody else write meanwhile.
PORTION = 1_000


class Refused(Exception):
    """The import ends here and trying again would say the same."""


class Taking:
    """The rows of one import on their way into the books."""

    def __init__(self, of: Import, work: Any) -> None:
        self.of, self.work = of, work
        self.plan = plan_for(of, decide(of))
        self.judge = Judge(self.plan)
        self.moment = meanwhile.read(of.looked_at)
        self.done, self.operation = of.rows_done, of.operation_id
        self.counts = Counter({each: of.counts.get(each, 0) for each in OUTCOMES})
        #: What is told at the end besides the numbers, as far as earlier passes found it out.
        self.told = {"meanwhile": 0, "archived": [], "elements": [], **of.counts.get("told", {})}

    def go(self) -> None:
        """To the last row of the sheet."""
        with opened(self.of) as table:
            if self.of.is_whole:
                self._whole(table)
            else:
                self._in_portions(table)
        refresh_statistics(self.counts[NEW] + self.counts[CHANGED])

    def _in_portions(self, table: Table) -> None:
        waiting = rows_of(table)
        self._pass_by(waiting)
        for portion in portions(waiting, self.plan, PORTION):
            with operation("import", by=self.of.user, reason=self._reason, continues=self.operation) as act:
                self.work.hold()
                self._refuse_undone()
                self._take(portion)
                self._note(act.row)
            self.operation = act.row
            self.work.progress(self.done, self.of.rows)

    def _whole(self, table: Table) -> None:
        """All rows or none, in one transaction; the rows that are in the way are told all the same."""
        found: list[Any] = []
        try:
            with operation("import", by=self.of.user, reason=self._reason) as act:
                self.work.hold()
                for portion in portions(rows_of(table), self.plan, PORTION):
                    found += rows.refused(self._take(portion), self.of)
                    self.work.progress(self.done, self.of.rows)
                if found:
                    raise Refused(_left_whole(len(found)))
                self._note(act.row)
        except Refused:
            with operation("import", by=self.of.user):
                self.work.hold()
                rows.forget(self.of)
                rows.keep(found)
            raise

    @property
    def _reason(self) -> str:
        return " · ".join(filter(None, [self.of.file.name, self.of.reason]))

    def _pass_by(self, waiting: Iterator[Row]) -> None:
        """Rows that an earlier pass has done: nothing is written of them, but what they take is known again."""
        passed = 0
        while portion := list(islice(waiting, min(PORTION, self.of.rows_done - passed))):
            pass_by(drafts_of(portion, self.plan), self.judge, decide(self.of))
            passed += len(portion)
            self.work.progress(self.done, self.of.rows)

    def _refuse_undone(self) -> None:
        if self.operation and Operation.objects.filter(undoes=self.operation).exists():
            raise Refused(_("What was taken in so far was taken back; the rest is left alone. Bring the sheet again."))

    @undisturbed()
    def _take(self, portion: list[Row]) -> Verdict:
        """Judge a portion and write what is good of it."""
        verdict = self.judge.judge(drafts_of(portion, self.plan), decide(self.of))
        self.told["meanwhile"] += self._changed_meanwhile(verdict)
        write(verdict, self.judge)
        archived = [each.code for each in archived_of(verdict)]
        self.told["archived"] = [*self.told["archived"], *archived][: NAMED + 1]
        self.counts += rows.count(verdict)
        self.done += len(portion)
        if not self.of.is_whole:
            if not self.of.rows_done and self.done == len(portion):
                rows.forget(self.of)
            rows.keep(rows.refused(verdict, self.of))
        return verdict

    def _changed_meanwhile(self, verdict: Verdict) -> int:
        """How many of those that are changed now somebody changed after the preview."""
        ids = [stored.pk for _draft, stored in verdict.touched]
        if self.moment is None or not ids:
            return 0
        owners = ((Counterparty, "id"), (Value, "counterparty"), (Client, "counterparty"), (Address, "counterparty"))
        return len(set().union(*[meanwhile.changed_since(self.moment, model, owner, ids) for model, owner in owners]))

    def _note(self, operation_id: int | None) -> None:
        """In the transaction of the rows themselves: how far it is."""
        if self.plan.missing:
            earlier = self.of.counts.get("told", {}).get("elements", [])
            self.told["elements"] = [*earlier, *noted(self.plan.missing.words())]
        counts = {each: self.counts[each] for each in OUTCOMES} | {"told": self.told}
        facts = {"rows_done": self.done, "counts": counts, "operation": operation_id, "notes": self._notes()}
        if self.of.is_whole:
            rows.forget(self.of)
        Import.objects.filter(pk=self.of.pk).update(**facts)

    def _notes(self) -> list[Any]:
        notes = []
        if changed := self.told["meanwhile"]:
            words = ngettext(
                "%(number)s counterparty was changed by somebody after the preview; its row was judged anew.",
                "%(number)s counterparties were changed by somebody after the preview; their rows were judged anew.",
                changed,
            )
            notes.append(words % {"number": changed})
        if self.told["archived"]:
            notes.append(archived_words(self.told["archived"]))
        return [*self.told["elements"], *noted(notes)]


def _left_whole(number: int) -> str:
    words = ngettext(
        "%(number)s row is refused, so nothing was taken in.",
        "%(number)s rows are refused, so nothing was taken in.",
        number,
    )
    return words % {"number": number}
