"""The report of an import: every refused row with its cells as they came, its reasons, and a comment at each cell."""

from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from desk import text

from .plan import Outcome, Refusal

#: A longer text is no text of a cell any more.
LONGEST = 32_000
#: So many rows have their reasons as comments too; the drawings of all comments are held until the book is saved,
#: 12 kilobytes each, and a reader's office program is slow with more. The column of reasons tells those of every row.
COMMENTED = 2_000
MARKED = PatternFill("solid", fgColor="FDE2E2")
AUTHOR = "import"


def report(path: Path, outcome: Outcome, header: list[str], facts: Iterable[tuple[str, Any]]) -> None:
    """Write the report of a run into a file."""
    write_refused(path, outcome.refused, header, facts)


def write_refused(
    to: Path | IO[bytes], refusals: Iterable[Refusal], header: list[str], facts: Iterable[tuple[str, Any]]
) -> None:
    """Refused rows in the first tab, what was done in the second."""
    book = Workbook(write_only=True)
    refused = book.create_sheet(_("Refused"))
    refused.freeze_panes = "A2"
    bold = [WriteOnlyCell(refused, _written(each)) for each in (_("Row"), _("Reason"), *header)]
    for cell in bold:
        cell.font = Font(bold=True)
    refused.append(bold)
    for number, each in enumerate(refusals):
        refused.append(_row(refused, each, has_comments=number < COMMENTED))
    about = book.create_sheet(_("How this was made"))
    for name, value in facts:
        about.append([_cell(about, name), _cell(about, value)])
    book.save(to)


def _row(sheet: Any, refusal: Refusal, *, has_comments: bool) -> list[Any]:
    reasons = " · ".join(map(str, refusal.reasons))
    cells = [_cell(sheet, refusal.number), _cell(sheet, reasons), *(_cell(sheet, each) for each in refusal.cells)]
    said: dict[int, list[str]] = {}
    for reason in refusal.reasons:
        if reason.place is not None:
            said.setdefault(reason.place, []).append(reason.sentence)
    for place, sentences in said.items():
        cells[place + 2].fill = MARKED
        if has_comments:
            cells[place + 2].comment = Comment("\n".join(sentences), AUTHOR, width=320, height=120)
    return cells


def _cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, _written(value))
    if isinstance(cell.value, str):
        # A text that looks like a formula stays the text it is.
        cell.data_type = "s"
    return cell


def _written(value: Any) -> Any:
    if value is None or isinstance(value, int | float):
        return value
    return text.clean(str(value), lines=True)[:LONGEST]
