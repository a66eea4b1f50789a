"""How many current counterparties there are, by what one list or chart asks for.

Each is counted for the whole office in one query and then added up for what a reader may view. A large office is
counted at most once a minute: a menu that is a minute late is better than every page counting a million rows.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from counterparties.models import Counterparty

LARGE = 20_000
SECONDS = 60

Counts = dict[Any, int]


def of_type_sets() -> Counts:
    """Type set → how many."""
    return _counted("type-sets", lambda: _grouped("type_set"))


def of_type_sets_with_status() -> Counts:
    """(type set, status or None) → how many."""
    return _counted("statuses", lambda: _grouped("type_set", "status"))


def of_archived_with_status() -> Counts:
    """(type set, status or None) → how many archived ones."""
    return _counted("archived", lambda: _grouped("type_set", "status", among=Counterparty.objects.archived()))


def of_type_sets_by_month(since: datetime) -> Counts:
    """(type set, first day of the month they were added in) → how many, from a day on."""

    def count() -> Counts:
        added = Counterparty.objects.current().filter(created_at__gte=since).annotate(month=TruncMonth("created_at"))
        rows = added.order_by().values_list("type_set", "month").annotate(number=Count("pk"))
        return {(type_set, month.date()): number for type_set, month, number in rows}

    return _counted(f"months-{since:%Y-%m-%d}", count)


def summed(counts: Counts) -> Counts:
    """Counts under a pair of keys, added up under the first of them."""
    sums: Counts = {}
    for (first, _second), number in counts.items():
        sums[first] = sums.get(first, 0) + number
    return sums


def total(counts: Counts, keys: Iterable[Any]) -> int:
    return sum(counts.get(key, 0) for key in keys)


def _grouped(*fields: str, among: QuerySet | None = None) -> Counts:
    counted = Counterparty.objects.current() if among is None else among
    rows = counted.order_by().values_list(*fields).annotate(number=Count("pk"))
    return {key[0] if len(fields) == 1 else tuple(key): number for *key, number in rows}


def _counted(what: str, count: Callable[[], Counts]) -> Counts:
    kept = cache.get(f"counted-{what}")
    if kept is not None:
        return kept
    counts = count()
    if sum(counts.values()) > LARGE:
        cache.set(f"counted-{what}", counts, SECONDS)
    return counts
