"""The company and the delivery address in lists of counterparties: the columns that a sheet brings back."""

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any

from django.utils.html import escape

from counterparties.domain import address_words, clients
from counterparties.models import Address
from desk.columns import Column


class Kept:
    """The addresses of a page of counterparties, read once for all columns that ask for them."""

    def __init__(self) -> None:
        self._records: Sequence[Any] = ()
        self._places: dict[tuple[int, str], Address] | None = None

    def announce(self, records: Sequence[Any]) -> None:
        if records is not self._records:
            self._records, self._places = records, None

    def place(self, pk: int, kind: str) -> Address | None:
        if self._places is None:
            ids = [each.pk for each in self._records]
            rows = Address.objects.filter(counterparty__in=ids, kind__in=clients.PLACES)
            self._places = {(each.counterparty_id, each.kind): each for each in rows}
        return self._places.get((pk, kind))


class OfAddress(Column):
    """One part of one address."""

    css = "text cut"

    def __init__(self, name: str, kept: Kept) -> None:
        self.key, self.title = name, address_words.title(name)
        self._kind, self._part = address_words.PLACES[name]
        self._kept = kept

    @cached_property
    def _write(self) -> Callable[[Any], Any]:
        write = address_words.writer(self.key)
        return cache(write) if address_words.is_country(self.key) else write

    def prepare(self, records: Sequence[Any]) -> None:
        self._kept.announce(records)

    def value(self, record: Any) -> Any:
        """As a cell that an import reads as the same."""
        place = self._kept.place(record.pk, self._kind)
        said = getattr(place, self._part) if place else ""
        return self._write(said) if said else None

    def html(self, record: Any) -> str:
        said = escape(self.value(record) or "")
        return f"<span>{said}</span>" if said else ""


def of_addresses() -> list[Column]:
    """Shared facts: whoever may view the counterparty sees them."""
    kept = Kept()
    return [OfAddress(name, kept) for name in address_words.PLACES]
