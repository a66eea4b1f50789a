"""The register as a sheet: the same question, the same columns, the same order, every row that may be exported."""

import logging
from array import array
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counterparties.kinds import Kind
from counterparties.pages.asked import Question
from desk.pages.acts import takes_along
from desk.pages.keyset import stretches
from desk.sheets import CSV_CONTENT_TYPE, XLSX_CONTENT_TYPE, Tab, csv, xlsx

#: So many records are read, and their values, at a time.
CHUNK = 2_000

log = logging.getLogger("crm.exports")


@takes_along
@require_safe
def sheet(request: HttpRequest, ending: str, kind: Kind | None = None) -> HttpResponseBase:
    """What is listed, to take along."""
    request.decision.require_anywhere("export")
    return taken(Sheet(Question(request.GET, request.decision, kind), request.user), ending)


def taken(made: "Sheet", ending: str) -> HttpResponseBase:
    """A sheet on its way; it is made while it is sent."""
    content, content_type = made.written(ending)
    response = StreamingHttpResponse(in_language(content), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.file_name}.{ending}"'
    return response


class Sheet:
    """One sheet being made for one person. The rows are read while they are written."""

    def __init__(self, question: Any, user: Any) -> None:
        """``question``: of counterparties, or of what belongs to them."""
        self.question, self.user = question, user
        self.columns = question.chosen
        self.records = question.records("export")
        self.left_out = question.left_out
        self.at = timezone.now()
        self.notes = list(question.notes)
        # Two numbers a row, so that a million of them fit into a few megabytes.
        self._ids, self._versions = array("q"), array("q")

    @property
    def file_name(self) -> str:
        return f"{self.question.file_name}-{timezone.localtime(self.at):%Y-%m-%d}"

    @property
    def rows_written(self) -> int:
        return len(self._ids)

    def written(self, ending: str) -> tuple[Iterator[bytes], str]:
        """The bytes of the sheet, and what they are."""
        header = [str(column.title) for column in self.columns]
        if ending == "csv":
            return csv(header, self._rows()), CSV_CONTENT_TYPE
        return xlsx(self._tabs(header)), XLSX_CONTENT_TYPE

    def _tabs(self, header: list[str]) -> Iterator[Tab]:
        yield Tab(self.question.title, header, self._rows())
        yield Tab(_("How this was made"), [_("What"), _("Said"), _("Version")], self._story(), widths=[28, 60, 10])

    def _rows(self) -> Iterator[Sequence[Any]]:
        order, descending = self.question.order
        shown = (name for column in self.columns for name in column.fields)
        wanted = {"pk", "version", *self.question.sheet_fields, *shown}
        for stretch in stretches(self.records, order.runs(descending)):
            # Bare rows: a model's weight would be carried a hundred thousand times for nothing.
            for records in chunks(stretch.values_list(*wanted, named=True)):
                for column in self.columns:
                    column.prepare(records)
                self._ids.extend([record.pk for record in records])
                self._versions.extend([record.version for record in records])
                yield from zip(*[column.cells(records) for column in self.columns], strict=True)
        log.info(
            "export by=%s list=%s question=%s rows=%d left_out=%d",
            getattr(self.user, "pk", None),
            self.question.file_name,
            self.question.pairs,
            self.rows_written,
            self.left_out,
        )

    def _story(self) -> Iterator[list[Any]]:
        """Who asked what and when; then each row's version, by which an import knows what changed meanwhile."""
        order, descending = self.question.order
        yield [_("Made by"), str(self.user), None]
        yield [_("Made at"), self.at, None]
        yield [_("List"), self.question.title, None]
        for label, words, _names in self.question.asked.chips():
            yield [_("Filter: %(filter)s") % {"filter": label}, words, None]
        if "archived" not in self.question.asked.answers:
            yield [pgettext("filter", "Archived"), _("left out"), None]
        yield [_("Sorted by"), f"{order.title} ↓" if descending else str(order.title), None]
        for note in self.notes:
            yield [_("Not understood"), note, None]
        yield [_("Rows"), self.rows_written, None]
        yield [self.question.left_out_words(), self.left_out, None]
        for number, (pk, version) in enumerate(zip(self._ids, self._versions, strict=True), start=2):
            yield [_("Row %(number)d") % {"number": number}, pk, version]


def chunks(records: QuerySet) -> Iterator[list[Any]]:
    """Records in portions, read by one statement however many there are."""
    waiting = records.iterator(chunk_size=CHUNK)
    while portion := list(islice(waiting, CHUNK)):
        yield portion


def in_language(content: Iterator[bytes]) -> Iterator[bytes]:
    """Content that is made after the page has been answered, still in the language of now."""
    language = get_language()

    def made() -> Iterator[bytes]:
        while True:
            with override(language):
                part = next(content, None)
            if part is None:
                return
            yield part

    return made()
