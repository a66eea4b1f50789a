"""Sheets coming in: the one door through which a workbook or a CSV file is read.

`open_sheet` gives a `Table` or raises a `SheetError` whose message tells the reader what is wrong and what to do.
Sizes are checked before anything is unpacked, and a workbook is unpacked in a process of its own: a hostile file may
use up that process, never the office.
"""

from .door import open_sheet
from .limits import DEFAULT, Limits, SheetError
from .table import BrokenCell, Row, Table

__all__ = ["DEFAULT", "BrokenCell", "Limits", "Row", "SheetError", "Table", "open_sheet"]
