"""The book of everything that leaves the house."""

from typing import Any

from desk.sheets.receipts import Book, Receipt, books
from exchange.domain import exports
from exchange.models import Export


class ExportReceipt(Receipt):
    """The receipt of one sheet."""

    def __init__(self, export: Export) -> None:
        self.export, self.number = export, export.pk
        self.name, self.address = str(export), export.get_absolute_url()

    def complete(self, sheet: Any, *, size: int, sha256: str) -> None:
        exports.complete(self.export, sheet, size=size, sha256=sha256)

    def break_off(self, sheet: Any, *, size: int) -> None:
        exports.break_off(self.export, sheet, size=size)


@books.register
class Exports(Book):
    code, position = "exports", 10

    def begin(self, sheet: Any, ending: str) -> Receipt:
        return ExportReceipt(exports.begin(sheet, ending))
