"""The elements of a nomenclature as a sheet: written out whole, and read back in. Codes say which row is which element.

A row with a new code adds an element, one with a known code changes its names and the one it stands under; what the
sheet has no column for, and elements it does not name, stay as they are.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from characteristics.domain import nomenclatures, pasting
from characteristics.domain.pasting import Complaint, Line, Refused
from characteristics.models import Element, Nomenclature
from desk import text
from desk.databases import attempt
from desk.intake import SheetError, Table, open_sheet
from trail.domain import in_bulk
from trail.domain import settings as acts
from trail.domain.operations import operation

NAMES = ("name_en", "name_bg", "name_ru")
#: The columns of a sheet, by these very words, so that it can be read back whatever language it was made in.
COLUMNS = ("code", "name", *NAMES, "parent", "stopped")


def rows(nomenclature: Nomenclature) -> Iterator[list[Any]]:
    """Every element in its order, parents before their children."""
    codes: dict[int | None, str] = {each.pk: each.code for each in nomenclatures.elements(nomenclature)}
    for each in nomenclatures.elements(nomenclature):
        parent = codes.get(each.parent_id)
        names = [getattr(each, name) or None for name in ("name", *NAMES)]
        yield [each.code, *names, parent, "yes" if each.is_stopped else None]


def read(file: BinaryIO, name: str) -> list[Line]:
    """The rows of a sheet as lines; Refused tells what is wrong, row by row."""
    try:
        with open_sheet(file, name) as table:
            lines = list(_lines(table))
    except SheetError as error:
        raise Refused([(0, str(error))]) from error
    if len(lines) > pasting.MOST:
        told = {"count": len(lines), "limit": pasting.MOST}
        raise Refused([(0, _("These are %(count)d lines; at most %(limit)d are taken in at once.") % told)])
    if complaints := pasting.check(lines):
        raise Refused(complaints)
    return lines


def _lines(table: Table) -> Iterator[Line]:
    places = {text.key(name): place for place, name in reversed(list(enumerate(table.header)))}
    if missing := [name for name in ("code", "name") if name not in places]:
        sentence = _("The sheet has no column “%(column)s”. Its first row names the columns: code, name, parent.")
        raise Refused([(table.header_number, sentence % {"column": missing[0]})])
    for row in table.rows:
        said = {name: _word(row.cells[places[name]]) for name in COLUMNS if name in places}
        yield Line(
            row.number,
            said["code"].lower(),
            said["name"],
            said["parent"].lower() if "parent" in said else None,
            {name: said[name] for name in NAMES if name in said},
        )


def _word(cell: Any) -> str:
    return "" if cell is None else text.clean(str(cell).replace("\x00", ""))


def take_in(nomenclature: Nomenclature, lines: list[Line], *, by: Any) -> tuple[int, int, int]:
    """All rows in one operation, or none: how many elements are added, changed, and were as the sheet says."""

    def act() -> tuple[int, int, int]:
        with operation(acts.KIND, by=by):
            pasting.hold(nomenclature)
            known = {each.code: each for each in nomenclature.elements.all()}
            new = [line for line in lines if line.code not in known]
            old = [line for line in lines if line.code in known]
            refuse_rings(lines, known)
            pasting.put(nomenclature, new)
            known = {each.code: each for each in nomenclature.elements.all()}
            changed = [known[line.code] for line in old if _applied(line, known)]
            in_bulk.change(changed)
            return len(new), len(changed), len(old) - len(changed)

    return attempt(act)


def refuse_rings(lines: Iterable[Line], known: dict[str, Element]) -> None:
    """Refused when some would stand under nobody, or under themselves, once all rows are taken in."""
    codes: dict[int | None, str] = {each.pk: each.code for each in known.values()}
    every = {code: Line(0, code, each.name, codes.get(each.parent_id)) for code, each in known.items()}
    for line in lines:
        kept = every.get(line.code)
        parent = line.parent if line.parent is not None else (kept.parent if kept else None)
        every[line.code] = Line(line.number, line.code, line.name, parent)
    complaints: list[Complaint] = pasting.strays(list(every.values()), known)
    if complaints:
        raise Refused(complaints)


def _applied(line: Line, known: dict[str, Element]) -> bool:
    """Write a row into its element; tells whether that changed anything."""
    element = known[line.code]
    element.name = line.name
    for name, said in line.names.items():
        setattr(element, name, said)
    if line.parent is not None:
        element.parent_id = known[line.parent].pk if line.parent else None
    return bool(element.changed_fields())
