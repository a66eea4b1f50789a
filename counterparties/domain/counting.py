"""How many counterparties there are, by what one list or chart asks for.

Nothing is counted here: the database keeps tallies while it is written, so the numbers are exact, never late, and cost
the same however large the office is. They are added up for what a reader may view.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Count, Sum, Value
from django.utils import timezone

from counterparties.models import Arrivals, Counterparty, Tally

Counts = dict[Any, int]


def of_type_sets(is_archived: bool | None = False, statuses: Iterable[int] | None = None) -> Counts:
    """Type set → how many current ones; or those of the archive (None: both), or with one of these statuses."""
    among = {} if is_archived is None else {"is_archived": is_archived}
    asked = {} if statuses is None else {"status__in": list(statuses)}
    return dict(_tallied("type_set", **among, **asked))


def of_type_sets_with_status() -> Counts:
    """(type set, status or None) → how many current ones."""
    rows = _tallied("type_set", "status", is_archived=False)
    return {(type_set, status or None): number for type_set, status, number in rows}


def of_everybody() -> Counts:
    """(type set, status or None, is it archived) → how many."""
    rows = _tallied("type_set", "status", "is_archived")
    return {(type_set, status or None, is_archived): number for type_set, status, is_archived, number in rows}


def of_everybody_by_type_sets() -> Counts:
    """(type set, is it archived) → how many."""
    return {(type_set, is_archived): number for type_set, is_archived, number in _tallied("type_set", "is_archived")}


def number(**facts: Any) -> int:
    """How many there are with these facts of the tally, archived ones too."""
    return Tally.objects.filter(**facts).aggregate(many=Sum("number"))["many"] or 0


def of_type_sets_by_month(months: Sequence[date]) -> Counts:
    """(type set, first day of a month) → how many were added in it; these months in their order, the last one open."""
    named = {f"{each:%Y-%m}": each for each in months}
    added = Arrivals.objects.filter(month__gte=min(named), is_archived=False).order_by()
    counts: Counter = Counter()
    for type_set, name, number in added.values_list("type_set", "month").annotate(many=Sum("number")):
        counts[type_set, named.get(name, months[-1])] += number
    for type_set, place, number in _between_midnights(months):
        counts[type_set, months[place]] += number
        if place:
            counts[type_set, months[place - 1]] -= number
    return {key: number for key, number in counts.items() if number}


def _between_midnights(months: Sequence[date]) -> list[tuple[int, int, int]]:
    """(type set, place of a month, how many more were added in it than are tallied so).

    The tally goes by Greenwich. Those few that were added between the beginning of a month there and in the office are
    looked up: east of it they came in the new month already, west of it still in the old one.
    """
    current, parts, signs = Counterparty.objects.current().order_by(), [], {}
    for place, each in enumerate(months):
        there = datetime(each.year, each.month, 1, tzinfo=UTC)
        here = timezone.make_aware(there.replace(tzinfo=None))
        if here != there:
            signs[place] = 1 if here < there else -1
            hours = current.filter(created_at__gte=min(here, there), created_at__lt=max(here, there))
            rows = hours.annotate(place=Value(place)).values_list("type_set", "place")
            parts.append(rows.annotate(many=Count("pk")))
    # Put together and not asked with OR, for which SQLite would read everybody.
    found = parts[0].union(*parts[1:], all=True) if parts else []
    return [(type_set, place, signs[place] * many) for type_set, place, many in found]


def summed(counts: Counts) -> Counts:
    """Counts under a pair of keys, added up under the first of them."""
    sums: Counts = {}
    for (first, _second), number in counts.items():
        sums[first] = sums.get(first, 0) + number
    return sums


def total(counts: Counts, keys: Iterable[Any]) -> int:
    return sum(counts.get(key, 0) for key in keys)


def _tallied(*facts: str, **among: Any) -> list[tuple[Any, ...]]:
    """The facts and the number of each combination that occurs."""
    rows = Tally.objects.filter(**among).order_by().values_list(*facts).annotate(many=Sum("number"))
    return [row for row in rows if row[-1]]
