"""How many current counterparties there are, by what one list or chart asks for.

Each is counted for the whole office in one query and then added up for what a reader may view. A large office is
counted at most once a minute: a menu that is a minute late is better than every page counting a million rows.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils import timezone

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


def of_type_sets_by_month(months: Sequence[date]) -> Counts:
    """(type set, first day of a month) → how many were added in it; these months in their order, the last one open."""
    starts = [timezone.make_aware(datetime(each.year, each.month, 1)) for each in months]

    def count() -> Counts:
        # Compared and not cut to months: SQLite would ask Python for the month of every single one.
        whens = [When(created_at__lt=start, then=Value(place)) for place, start in enumerate(starts[1:])]
        which = Case(*whens, default=Value(len(starts) - 1), output_field=IntegerField())
        added = Counterparty.objects.current().filter(created_at__gte=starts[0]).annotate(place=which)
        rows = added.order_by().values_list("type_set", "place").annotate(number=Count("pk"))
        return {(type_set, months[place]): number for type_set, place, number in rows}

    return _counted(f"months-{months[0]}", count)


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
