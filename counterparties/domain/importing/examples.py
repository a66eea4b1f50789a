"""The example row of a template: it shows how rows are written, and is left out when the sheet comes back."""

from typing import Any

from django.utils.translation import get_language

#: Stands where the code stands. No numbering gives such a code, and whoever fills the row in writes another.
MARKS = {"en": "#example", "bg": "#пример", "ru": "#пример"}
KNOWN = frozenset(MARKS.values())


def mark() -> str:
    """The mark in the reader's language; each of them is known in every language."""
    return MARKS.get((get_language() or "en")[:2], MARKS["en"])


def is_example(cells: list[Any]) -> bool:
    """Is this the row that only shows how it is done? Its columns may have been moved."""
    return any(type(cell) is str and cell[:1] == "#" and cell.strip().lower() in KNOWN for cell in cells)
