"""Sheets going out: an Excel workbook or a CSV file, made while it is being sent.

`xlsx(tabs)` and `csv(header, rows)` are generators of bytes: a sheet of a million rows costs the memory of a few
hundred. A cell gets a value, not its picture: text is text and never a formula, a number stays exact, a day is a day.
A `Sheet` is one list made for one person; `Leaving` are its bytes on their way out, with their receipt.
"""

from .delimited import CSV_CONTENT_TYPE, csv
from .leaving import Leaving
from .plain import Heading, Plain, rows_of
from .sheet import Sheet
from .tabs import Tab, safe_title
from .workbook import XLSX_CONTENT_TYPE, xlsx

__all__ = [
    "CSV_CONTENT_TYPE",
    "XLSX_CONTENT_TYPE",
    "Heading",
    "Leaving",
    "Plain",
    "Sheet",
    "Tab",
    "csv",
    "rows_of",
    "safe_title",
    "xlsx",
]
