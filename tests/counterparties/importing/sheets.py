"""Small sheets that the tests make themselves."""

from pathlib import Path
from typing import Any

from openpyxl import Workbook


def csv_file(path: Path, *lines: str, name: str = "sheet.csv") -> Path:
    """A CSV file of these lines."""
    file = path / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def xlsx_file(path: Path, *rows: list[Any], name: str = "sheet.xlsx", **more: list[list[Any]]) -> Path:
    """A workbook whose first tab holds these rows."""
    book = Workbook()
    for title, those in {"First": rows, **more}.items():
        tab = book.create_sheet(title)
        for row in those:
            tab.append(row)
        for cell in (cell for row in tab.iter_rows() for cell in row if isinstance(cell.value, str)):
            cell.data_type = "s"  # a text is no formula, whatever it begins with
    book.remove(book.worksheets[0])
    file = path / name
    book.save(file)
    return file
