"""The template as a workbook: heads with comments, drop-downs, and an example row."""

import io
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from desk.sheets import safe_title
from desk.sheets.tabs import letters
from exchange.domain.template import TemplateColumn

#: Rows that get drop-downs.
LAST_ROW = 5_000
LONGEST_MESSAGE, LONGEST_COMMENT = 255, 2_000
NARROWEST, WIDEST = 12, 36
GREY, SUNKEN = Font(italic=True, color="808080"), PatternFill("solid", fgColor="EEF1F5")


def book(title: str, columns: list[TemplateColumn]) -> bytes:
    """The bytes of the template."""
    made, taken = Workbook(), set[str]()
    sheet, lists = made.active, made.create_sheet()
    sheet.title, lists.title = safe_title(title, taken), safe_title(_("Lists"), taken)
    lists.sheet_state = "hidden"
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        _head(sheet, place, column)
        _example(sheet, place, column)
        if column.listed:
            _list(sheet, lists, place, column)
        elif column.rule:
            _limit(sheet, place, column, *column.rule)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def _head(sheet: Any, place: int, column: TemplateColumn) -> None:
    head = _text(sheet.cell(1, place), column.header)
    head.font, head.fill = Font(bold=True), SUNKEN
    head.alignment = Alignment(vertical="top", wrap_text=True)
    if column.help:
        head.comment = Comment("\n".join(column.help)[:LONGEST_COMMENT], "", width=320, height=120)
    longest = max(len(column.header), *(len(str(each)) for each in column.listed[:50]), NARROWEST - 2)
    sheet.column_dimensions[letters(place)].width = min(longest + 2, WIDEST)


def _example(sheet: Any, place: int, column: TemplateColumn) -> None:
    cell = sheet.cell(2, place)
    if isinstance(column.example, str):
        _text(cell, column.example)
    else:
        cell.value = column.example
    cell.font = GREY


def _list(sheet: Any, lists: Any, place: int, column: TemplateColumn) -> None:
    """A drop-down out of the hidden tab; what it does not offer is asked about, a code is as good as a name."""
    for row, each in enumerate(column.listed, 1):
        _text(lists.cell(row, place), str(each))
    letter = letters(place)
    title = lists.title.replace("'", "''")
    choice = DataValidation("list", formula1=f"'{title}'!${letter}$1:${letter}${len(column.listed)}", allow_blank=True)
    # Several values in one cell are no single one of the list.
    choice.showErrorMessage, choice.errorStyle = not column.are_several, "warning"
    choice.errorTitle = column.header[:32]
    choice.error = _("This is not in the list. Keep it only if it is the code of one that is.")[:LONGEST_MESSAGE]
    choice.add(f"{letter}2:{letter}{LAST_ROW}")
    sheet.add_data_validation(choice)


def _limit(sheet: Any, place: int, column: TemplateColumn, sort: str, low: Any, high: Any) -> None:
    """What lies beyond a limit is asked about while it is written; the import refuses it."""
    operator = "between" if None not in (low, high) else "lessThanOrEqual" if low is None else "greaterThanOrEqual"
    ends = [_in_formula(each) for each in (low, high) if each is not None]
    choice = DataValidation(sort, operator=operator, formula1=ends[0], formula2=ends[-1], allow_blank=True)
    choice.showErrorMessage, choice.errorStyle, choice.errorTitle = True, "warning", column.header[:32]
    choice.error = " ".join(column.help)[:LONGEST_MESSAGE]
    choice.add(f"{letters(place)}2:{letters(place)}{LAST_ROW}")
    sheet.add_data_validation(choice)


def _in_formula(end: Any) -> str:
    return f"DATE({end.year},{end.month},{end.day})" if isinstance(end, date) else str(end)


def _text(cell: Any, words: str) -> Any:
    """A text that looks like a formula stays the text it is."""
    cell.value = words
    cell.data_type = "s"
    return cell
