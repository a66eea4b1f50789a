"""One sheet being made for one person: the rows of a list, and a second tab that tells how it was made."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .delimited import CSV_CONTENT_TYPE, csv
from .receipts import Receipt
from .tabs import Tab
from .workbook import XLSX_CONTENT_TYPE, xlsx


class Sheet:
    """The rows are read while they are written. An heir says what its list is and how its rows are read.

    ``columns`` have a key and a title. ``about``: the numbers of the counterparties whose facts stand in it.
    """

    code = ""  # which list it is
    title: Any = ""
    address = ""  # where the list is read, with the question that was asked of it
    stem = ""  # the name of the file before the day
    columns: Sequence[Any] = ()
    left_out = 0
    through = "page"
    job: Any = None  # that makes it while nobody waits

    def __init__(self, user: Any) -> None:
        self.user, self.at = user, timezone.now()
        self.receipt = Receipt()
        self.rows_written = 0
        # One number a row, so that a million of them fit into a few megabytes.
        self.about = array("q")

    # ---- what an heir says

    def rows(self) -> Iterable[Sequence[Any]]:
        """The rows, one value a column, read while they are asked for."""
        raise NotImplementedError

    def filters(self) -> list[tuple[str, str]]:
        """What was asked for, in words: (*Country*, *Bulgaria*)."""
        return []

    def circumstances(self) -> list[tuple[str, str]]:
        """What else one must know to make the same list again: (*Sorted by*, *Name*)."""
        return []

    def left_out_words(self) -> str:
        """Why rows are left out; empty where there is no such reason."""
        return ""

    def versions(self) -> Iterable[tuple[int, int]]:
        """Number and version of the record in each row, by which an import knows what changed meanwhile."""
        return ()

    def is_larger_than(self, most: int) -> bool:
        """Will it have more rows than these? Asked before it is made."""
        return False

    def total(self) -> int:
        """How many rows it will have as things stand now; 0 where nobody knows."""
        return 0

    # ---- the file

    @property
    def file_name(self) -> str:
        """*clients-2026-11-22-No-12*: a CSV is nothing but its rows, so its name tells of its receipt."""
        named = f"{self.stem}-{timezone.localtime(self.at):%Y-%m-%d}"
        return f"{named}-No-{self.receipt.number}" if self.receipt.number else named

    @property
    def header(self) -> list[str]:
        return [str(column.title) for column in self.columns]

    def written(self, ending: str) -> tuple[Iterator[bytes], str]:
        """The bytes of the sheet, and what they are."""
        if ending == "csv":
            return csv(self.header, self._counted()), CSV_CONTENT_TYPE
        return xlsx(self._tabs()), XLSX_CONTENT_TYPE

    def _tabs(self) -> Iterator[Tab]:
        yield Tab(str(self.title), self.header, self._counted())
        yield Tab(_("How this was made"), [_("What"), _("Said"), _("Version")], self._story(), widths=[28, 60, 10])

    def _counted(self) -> Iterator[Sequence[Any]]:
        for row in self.rows():
            self.rows_written += 1
            yield row

    def _story(self) -> Iterator[list[Any]]:
        """Who asked what and when; then each row's version. The rows have been written by now."""
        yield [_("Made by"), str(self.user), None]
        yield [_("Made at"), self.at, None]
        if self.receipt.name:
            yield [_("Receipt"), self.receipt.name, None]
        yield [_("List"), str(self.title), None]
        for label, words in self.filters():
            yield [_("Filter: %(filter)s") % {"filter": label}, words, None]
        for label, words in self.circumstances():
            yield [label, words, None]
        yield [_("Rows"), self.rows_written, None]
        if words := self.left_out_words():
            yield [words, self.left_out, None]
        of_row = _("Row %(number)d")
        for number, (pk, version) in enumerate(self.versions(), start=2):
            yield [of_row % {"number": number}, pk, version]
