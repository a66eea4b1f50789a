"""A row of the sheet as facts and answers, each cell read by its column's reader."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from characteristics.domain.cells import parted
from counterparties.domain import client_words
from desk.intake import BrokenCell, Row

from .plan import Column, Draft, Plan
from .readers import is_empty, month_first, plain

#: So many values of one characteristic are kept.
MOST = 100


def drafts_of(rows: list[Row], plan: Plan) -> list[Draft]:
    """What the rows of a chunk say. Readers that look into the books are asked once for all their cells."""
    for column in plan.columns:
        if prepare := getattr(column.read, "prepare", None):
            prepare({part for row in rows if not row.extra for part in _parts(column, row)})
    return [draft(row, plan) for row in rows]


def _parts(column: Column, row: Row) -> list[Any]:
    """The values that a cell will be read as."""
    cell = column.constant if column.place is None else row.cells[column.place]
    if is_empty(cell) or type(cell) is BrokenCell:
        return []
    are_several = column.characteristic is not None and column.characteristic.is_multiple
    return parted(cell) if are_several and type(cell) is str else [plain(cell)]


def draft(row: Row, plan: Plan) -> Draft:
    """What this row says, with a reason for every cell that cannot be read."""
    made = Draft(row.number, row.cells)
    if row.extra:
        made.refuse(_("The row is longer than the header; a separator or a quotation mark is out of its place."))
        return made
    for column in plan.columns:
        cell = column.constant if column.place is None else row.cells[column.place]
        if is_empty(cell):
            if plan.empty_clears and column.field != "types":
                _clear(made, column)
            continue
        try:
            _keep(made, column, cell)
        except ValidationError as error:
            made.refuse(" ".join(error.messages), column)
    return made


def _keep(made: Draft, column: Column, cell: Any) -> None:
    if type(cell) is BrokenCell:
        raise ValidationError(_("The formula of this cell failed: %(error)s."), params={"error": cell.error})
    cell = plain(month_first(cell) if column.is_month_first else cell)
    if column.characteristic is None:
        _say(made, column.field, column.read(cell))
        return
    made.answers[column.characteristic.pk] = _answers(column, column.characteristic.is_multiple, cell)


def _say(made: Draft, name: str, said: Any) -> None:
    if name == "types":
        made.types = said
    elif name in client_words.PLACES:
        kind, part = client_words.PLACES[name]
        made.places.setdefault(kind, {})[part] = said
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
    if len(found) > MOST:
        raise ValidationError(_("At most %(limit)d values are kept."), params={"limit": MOST})
    return found


#: What an emptied fact comes to; a code and a name cannot be empty.
EMPTY: dict[str, Any] = {"status": None, "is_person": False, "is_foreign": False, "is_vat_registered": False}
EMPTY |= client_words.EMPTY


def _clear(made: Draft, column: Column) -> None:
    if column.characteristic is not None:
        made.answers[column.characteristic.pk] = []
    elif column.field not in ("code", "name"):
        _say(made, column.field, EMPTY.get(column.field, ""))
