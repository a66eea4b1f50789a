"""Whoever keeps the book of what leaves the house is told of every sheet, and gives it the number of its receipt.

An app on the right keeps the book and registers it from its own `receipts.py`. An office without one numbers nothing.
"""

from typing import Any

from desk.registry import Registry

books = Registry("book of receipts")


class Receipt:
    """What is written down of one sheet: when it begins, and how it ended. This one is written nowhere."""

    number = 0
    name = ""  # as it is called on paper: *No. 12*
    address = ""  # where it is read

    def complete(self, sheet: Any, *, size: int, sha256: str) -> None:
        """Its last byte was handed over."""

    def break_off(self, sheet: Any, *, size: int) -> None:
        """It was not taken to its end: whoever asked for it has a part of it, or nothing."""


class Book:
    """Gives a receipt to each sheet before its first byte leaves."""

    code = ""
    position = 0

    def begin(self, sheet: Any, ending: str) -> Receipt:
        return Receipt()


def begin(sheet: Any, ending: str) -> Receipt:
    """The receipt of a sheet that is about to leave as a file with this ending."""
    return next((book.begin(sheet, ending) for book in books), Receipt())
