"""A cell of a sheet as a short text for a page."""

from typing import Any

from counterparties.domain.importing.readers import is_empty, plain
from counterparties.domain.importing.telling import worded
from desk import text

#: So much of a cell is shown.
LONGEST = 300


def shown(cell: Any) -> str:
    """As people see it in the sheet."""
    if is_empty(cell):
        return ""
    if type(cell) is not str:
        cell = worded(plain(cell))
    return cell if len(cell) <= LONGEST and cell.isprintable() else text.clean(cell, lines=True)[:LONGEST]
