"""A sheet of a list that is no list of counterparties: the elements of a nomenclature, a history, the operations."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .sheet import Sheet


@dataclass(frozen=True)
class Heading:
    """A column of which no more is known than what it is called."""

    key: str
    title: Any


class Plain(Sheet):
    """Its rows are given as they stand in the sheet, one after the other.

    ``stem``: the name of its file before the day. ``filters`` and ``circumstances``: the question in words. ``about``:
    the counterparties it tells of, if any. ``is_large(most)`` and ``total()``, where it can be made behind the pages.
    """

    def __init__(
        self,
        user: Any,
        code: str,
        title: Any,
        *,
        address: str,
        columns: Sequence[Any],
        rows: Iterable[Sequence[Any]],
        stem: str = "",
        filters: Sequence[tuple[str, str]] = (),
        circumstances: Sequence[tuple[str, str]] = (),
        about: Iterable[int] = (),
        total: Callable[[], int] | None = None,
        is_large: Callable[[int], bool] | None = None,
    ) -> None:
        super().__init__(user)
        self.code, self.title, self.address, self.stem = code, title, address, stem or code
        self.columns, self._rows, self._filters = columns, rows, list(filters)
        self._circumstances = list(circumstances)
        self._total, self._is_large = total, is_large
        self.about.extend(about)

    def rows(self) -> Iterable[Sequence[Any]]:
        return self._rows

    def filters(self) -> list[tuple[str, str]]:
        return self._filters

    def circumstances(self) -> list[tuple[str, str]]:
        return self._circumstances

    def total(self) -> int:
        return self._total() if self._total else 0

    def is_larger_than(self, most: int) -> bool:
        return bool(self._is_large and self._is_large(most))


def rows_of(columns: Sequence[Any], portions: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """The cells of records that come in portions, by the columns of their list."""
    for records in portions:
        for column in columns:
            column.prepare(records)
        yield from zip(*[column.cells(records) for column in columns], strict=True)
