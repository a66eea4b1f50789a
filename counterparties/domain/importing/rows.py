"""A row of the sheet as facts and answers, each cell read by its column's reader."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from characteristics.domain.cells import parted
from characteristics.domain.limits import MOST_VALUES
from counterparties.domain import account_words, address_words, client_words
from desk.intake import BrokenCell, Row
from desk.said import gettext as _

from .plan import Column, Draft, Plan
from .readers import is_empty, month_first, plain

#: Cells of which two that are equal are read alike; 1, True and a decimal 1.0 are equal and are three things.
ALIKE = frozenset((str, int, date))


def drafts_of(rows: list[Row], plan: Plan) -> list[Draft]:
    """What the rows of a chunk say. Readers that look into the books are asked once for all their cells."""
    for column in plan.columns:
        if prepare := getattr(column.read, "prepare", None):
            prepare({part for row in rows if not row.extra for part in _parts(column, row)})
    readings = [Reading(column) for column in plan.columns]
    return [_draft(row, plan, readings) for row in rows]


def _parts(column: Column, row: Row) -> list[Any]:
    """The values that a cell will be read as."""
    cell = column.constant if column.place is None else row.cells[column.place]
    if is_empty(cell) or type(cell) is BrokenCell:
        return []
    are_several = column.characteristic is not None and column.characteristic.is_multiple
    return parted(cell) if are_several and type(cell) is str else [plain(cell)]


class Reading:
    """One column of a chunk. What many of its cells say alike is read once."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self._known: dict[Any, Any] = {}

    def cell(self, row: Row) -> Any:
        return self.column.constant if self.column.place is None else row.cells[self.column.place]

    def said(self, cell: Any) -> Any:
        """A fact, or the answers to a characteristic; ValidationError says what is wrong with the cell."""
        if type(cell) not in ALIKE:
            return self._read(cell)
        if cell not in self._known:
            self._known[cell] = self._read(cell)
        return self._known[cell]

    def _read(self, cell: Any) -> Any:
        column = self.column
        if type(cell) is BrokenCell:
            raise ValidationError(_("The formula of this cell failed: %(error)s."), params={"error": cell.error})
        cell = plain(month_first(cell) if column.is_month_first else cell)
        if column.characteristic is None:
            return column.read(cell)
        return _answers(column, column.characteristic.is_multiple, cell)


def _draft(row: Row, plan: Plan, readings: list[Reading]) -> Draft:
    """What this row says, with a reason for every cell that cannot be read."""
    made = Draft(row.number, row.cells)
    if row.extra:
        made.refuse(_("The row is longer than the header; a separator or a quotation mark is out of its place."))
        return made
    for reading in readings:
        column, cell = reading.column, reading.cell(row)
        if is_empty(cell):
            if plan.empty_clears and column.field != "types":
                _clear(made, column)
            continue
        try:
            said = reading.said(cell)
        except ValidationError as error:
            made.refuse(error, column)
            continue
        if column.characteristic is None:
            _say(made, column.field, said)
        else:
            made.answers[column.characteristic.pk] = said
    return made


def _say(made: Draft, name: str, said: Any) -> None:
    if name == "types":
        made.types = said
    elif name in address_words.PLACES:
        kind, part = address_words.PLACES[name]
        made.places.setdefault(kind, {})[part] = said
    elif name in account_words.PARTS:
        made.account[account_words.PARTS[name]] = said
    elif name in client_words.FACTS:
        made.client[name] = said
    else:
        made.facts[name] = said


def _answers(column: Column, are_several: bool, cell: Any) -> list[Any]:
    """One value, or the several values that a cell parts by semicolons or line breaks."""
    parts = parted(cell) if are_several and type(cell) is str else [cell]
    found: list[Any] = []
    for part in parts:
        value = column.read(part)
        if value is not None and value not in found:
            found.append(value)
    if len(found) > MOST_VALUES:
        raise ValidationError(_("At most %(limit)d values are kept."), params={"limit": MOST_VALUES})
    return found


#: What an emptied fact comes to; a code and a name cannot be empty.
EMPTY: dict[str, Any] = {"status": None, "is_person": False, "is_foreign": False, "is_vat_registered": False}
EMPTY |= client_words.EMPTY


def _clear(made: Draft, column: Column) -> None:
    if column.characteristic is not None:
        made.answers[column.characteristic.pk] = []
    elif column.field not in ("code", "name"):
        _say(made, column.field, EMPTY.get(column.field, ""))
