"""The register as a sheet: the same question, the same columns, the same order, every row that may be exported."""

import logging
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, pairwise
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from counterparties.kinds import Kind
from counterparties.pages.asked import Question
from desk import sheets
from desk.databases import number_led
from desk.databases.portions import portions
from desk.pages.acts import takes_along
from desk.pages.addresses import Address
from desk.pages.keyset import stretches
from desk.pages.taking import taken
from trail.domain.undisturbed import undisturbed

#: So many records are read, and their values, at a time.
CHUNK = 2_000

log = logging.getLogger("crm.exports")


@takes_along
@require_safe
def sheet(request: HttpRequest, ending: str, kind: Kind | None = None) -> HttpResponseBase:
    """What is listed, to take along."""
    request.decision.require_anywhere("export")
    return taken(request, Sheet(Question(request.GET, request.decision, kind), request.user), ending)


class Sheet(sheets.Sheet):
    """A list of counterparties, or of what belongs to them, as one person asked for it."""

    def __init__(self, question: Any, user: Any) -> None:
        super().__init__(user)
        self.question = question
        self.code = self.stem = question.file_name
        self.title = question.title
        self.columns = question.chosen
        self.records = question.records("export")
        self.left_out = question.left_out
        # Reading the order tells whether it was understood.
        self.order, self.descending = question.order
        self.notes = list(question.notes)
        # Everybody who asks this sees the same columns, whatever they chose for their own list.
        self.address = str(Address(question.path, question.whole))
        self._ids, self._versions = array("q"), array("q")
        if question.owner_field == "pk":
            self.about = self._ids

    def rows(self) -> Iterator[Sequence[Any]]:
        owner = self.question.owner_field
        shown = (name for column in self.columns for name in column.fields)
        wanted = list(dict.fromkeys(["pk", "version", *self.question.sheet_fields, *shown]))
        # Bare rows: a model's weight would be carried a hundred thousand times for nothing.
        found = (portions(each, wanted, CHUNK) for each in stretches(self.records, self.order.runs(self.descending)))
        for records, following in _undisturbed(pairwise(chain(chain.from_iterable(found), [()]))):
            cells = self._cells(records, following)
            self._ids.extend([record.pk for record in records])
            self._versions.extend([record.version for record in records])
            if self._ids is not self.about:
                self.about.extend([getattr(record, owner) for record in records])
            yield from zip(*cells, strict=True)
        log.info(
            "export by=%s list=%s question=%s rows=%d left_out=%d",
            getattr(self.user, "pk", None),
            self.question.file_name,
            self.question.pairs,
            len(self._ids),
            self.left_out,
        )

    @undisturbed()
    def _cells(self, records: Sequence[Any], following: Sequence[Any]) -> list[Sequence[Any]]:
        """What each column says of these records, while others are about to follow."""
        for column in self.columns:
            column.prepare(records)
        cells = [column.cells(records) for column in self.columns]
        if following:
            # While these are written PostgreSQL looks for what the next ones say.
            for column in self.columns:
                column.expect(following)
        return cells

    def filters(self) -> list[tuple[str, str]]:
        return [(label, words) for label, words, _names in self.question.asked.chips()]

    def circumstances(self) -> list[tuple[str, str]]:
        said = []
        if "archived" not in self.question.asked.answers:
            said.append((pgettext("filter", "Archived"), _("left out")))
        said.append((_("Sorted by"), f"{self.order.title} ↓" if self.descending else str(self.order.title)))
        return said + [(_("Not understood"), note) for note in self.notes]

    def left_out_words(self) -> str:
        return self.question.left_out_words()

    def versions(self) -> Iterable[tuple[int, int]]:
        return zip(self._ids, self._versions, strict=True)

    def is_larger_than(self, most: int) -> bool:
        return number_led(self.records, most + 1) > most

    def total(self) -> int:
        """How many rows it will have, as things stand now."""
        return self.records.order_by().count()


def _undisturbed(portions: Iterable[Any]) -> Iterator[Any]:
    """Each is read without looking for circles in it: thousands of rows at once, and all of them needed (a tenth)."""
    return iter(undisturbed()(partial(next, iter(portions), None)), None)
