"""A sheet as a table: a header and rows that know their place in the sheet."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from desk.sheets.tabs import letters

from .limits import Limits, SheetError

# Blank rows are forgiven, up to so many times the rows that may be filled.
BLANK_ROWS = 5


@dataclass(frozen=True)
class BrokenCell:
    """A cell whose formula failed, such as #N/A: it has no value, and must not pass for an empty one."""

    error: str

    def __str__(self) -> str:
        return self.error


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the sheet shows it, one value a column, and what stood to the right of the header."""

    number: int
    cells: list
    extra: tuple = ()


@dataclass
class Table:
    """A sheet ready to be read once, from the top. Close it (or read it to the end) to free what reads it."""

    sheet_names: list[str]
    sheet: str
    header: list[str]
    header_number: int
    rows: Iterator[Row]
    digest: str
    encoding: str = ""
    separator: str = ""
    is_guessed: bool = False
    _source: Iterator = field(default=iter(()), repr=False)

    def __enter__(self) -> "Table":
        return self

    def __exit__(self, *_error) -> None:
        self.close()

    def close(self) -> None:
        if hasattr(self._source, "close"):
            self._source.close()


def table(numbered: Iterator[tuple[int, list]], limits: Limits, **facts) -> Table:
    """The first row that holds anything is the header; blank rows are passed over, but counted."""
    filled = _filled(numbered, limits)
    number, cells = next(filled, (0, []))
    if not cells:
        raise SheetError(_("The sheet is empty. Choose a sheet whose first row names its columns."))
    width = max(place for place, cell in enumerate(cells, 1) if not _is_blank(cell))
    if width > limits.columns:
        raise SheetError(
            _("The sheet has %(count)d columns; at most %(limit)d can be read.")
            % {"count": width, "limit": limits.columns}
        )
    header = _header(cells[:width])
    rows = _rows(filled, len(header), limits)
    return Table(header=header, header_number=number, rows=rows, _source=numbered, **facts)


def _filled(numbered: Iterator[tuple[int, list]], limits: Limits) -> Iterator[tuple[int, list]]:
    for number, cells in numbered:
        if number > BLANK_ROWS * limits.rows:
            raise SheetError(_too_many_rows(limits))
        if _is_filled(cells):
            yield number, cells


def _rows(filled: Iterator[tuple[int, list]], width: int, limits: Limits) -> Iterator[Row]:
    for count, (number, cells) in enumerate(filled, 1):
        if count > limits.rows:
            raise SheetError(_too_many_rows(limits))
        if len(cells) > width:
            extra = cells[width:]
            yield Row(number, cells[:width], () if not _is_filled(extra) else tuple(extra))
        else:
            yield Row(number, cells + [None] * (width - len(cells)))


def _too_many_rows(limits: Limits) -> str:
    return _("The sheet has more than %(limit)d rows. Split it into several sheets.") % {"limit": limits.rows}


def _is_filled(cells: list) -> bool:
    # A plain loop: every row passes here, and its first cell nearly always decides.
    for cell in cells:  # noqa: SIM110 -- any() would make a generator for each row
        if not _is_blank(cell):
            return True
    return False


def _is_blank(cell) -> bool:
    return cell is None or (type(cell) is str and not cell.strip())


def _header(cells: list) -> list[str]:
    """Names by which columns can be told apart: an unnamed one by its letter, a repeated one by a number."""
    given = {_name(cell).casefold() for cell in cells}
    names, taken = [], set()
    for place, cell in enumerate(cells, 1):
        wished = _name(cell) or _("Column %(letter)s") % {"letter": letters(place)}
        name, number = wished, 2
        while name.casefold() in taken or (name != wished and name.casefold() in given):
            name, number = f"{wished} ({number})", number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _name(cell) -> str:
    return "" if _is_blank(cell) else " ".join(str(cell).split())
