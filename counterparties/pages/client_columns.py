"""What is kept of counterparties because they are clients, as columns: those that a sheet brings back."""

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any

from django.utils.html import escape

from counterparties.domain import client_words, clients
from counterparties.domain.importing.telling import worded
from counterparties.models import Client
from desk.columns import Column

#: The few words of these stand in very many rows.
WITH_FEW_WORDS = (*client_words.CODED, "category", "subcategory")
NUMBERS = ("payment_term", "credit_limit")


class Kept:
    """What is kept of a page of counterparties, read once for all its columns that ask for it."""

    def __init__(self, decision: Any) -> None:
        self._decision = decision
        self._records: Sequence[Any] = ()
        self._clients: dict[int, Client] | None = None

    @cached_property
    def types(self) -> set[int]:
        """The types of clients that the reader may see."""
        return {each.pk for each in self._decision.types("view") if each.kind.is_client}

    @cached_property
    def sets(self) -> set[int]:
        """Combinations of types that the reader may see as a client."""
        return {pk for pk, types in self._decision.type_sets.items() if types & self.types}

    def announce(self, records: Sequence[Any]) -> None:
        if records is not self._records:
            self._records, self._clients = records, None

    def client(self, pk: int) -> Client | None:
        if self._clients is None:
            ids = [each.pk for each in self._records if each.type_set_id in self.sets]
            rows = Client.objects.select_related("category", "subcategory").filter(counterparty__in=ids)
            self._clients = {each.counterparty_id: each for each in rows}
        return self._clients.get(pk)


class OfClient(Column):
    """One fact of a client; of others the cell is empty."""

    fields = ("type_set_id", "is_person")

    def __init__(self, name: str, kept: Kept) -> None:
        self.key, self.title = name, client_words.title(name)
        self.css = "num" if name in NUMBERS else "text cut"
        self._kept = kept

    @cached_property
    def _write(self) -> Callable[[Any], Any]:
        write = client_words.writer(self.key)
        return cache(write) if self.key in WITH_FEW_WORDS else write

    def prepare(self, records: Sequence[Any]) -> None:
        self._kept.announce(records)

    def value(self, record: Any) -> Any:
        """As a cell that an import reads as the same."""
        if record.type_set_id not in self._kept.sets:
            return None
        said = self._said(record)
        return None if said is None or said == "" else self._write(said)

    def _said(self, record: Any) -> Any:
        client = self._kept.client(record.pk)
        if client is None or (self.key in clients.PERSONAL and not record.is_person):
            return None
        return getattr(client, self.key)

    def html(self, record: Any) -> str:
        said = worded(self.value(record))
        return f"<span>{escape(said)}</span>" if said and "cut" in self.css else escape(said)


def of_clients(decision: Any) -> list[Column]:
    """Nothing for who sees no clients."""
    kept = Kept(decision)
    return [OfClient(name, kept) for name in client_words.FACTS] if kept.types else []
