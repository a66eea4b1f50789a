"""How many counterparties there are, by what one list or chart asks for.

Nothing is counted here: the database keeps tallies while it is written, so the numbers are exact, never late, and cost
the same however large the office is. They are added up for what a reader may view.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db.models import Count, QuerySet, Sum, Value
from django.utils import timezone

from counterparties.models import Arrivals, Counterparty, Tally
from desk.databases import Prepared

Counts = dict[Any, int]


def of_type_sets(is_archived: bool | None = False, statuses: Iterable[int] | None = None) -> Counts:
    """Type set → how many current ones; or those of the archive (None: both), or with one of these statuses."""
    if is_archived is False and statuses is None:
        # Every page asks so, for its menu.
        return {type_set: number for type_set, number in _current.rows() if number}
    among = {} if is_archived is None else {"is_archived": is_archived}
    asked = {} if statuses is None else {"status__in": list(statuses)}
    return dict(_tallied("type_set", **among, **asked))


def by_status(sets: Collection[int]) -> Counts:
    """Status or None → how many current ones of these combinations of types."""
    rows = _tallied("status", is_archived=False, type_set__among=frozenset(sets))
    return {status or None: number for status, number in rows}


def by_type(decision: Any, counts: Counts) -> Counter[int]:
    """Type → how many carry it or a subtype of it visibly, of these counts by type set."""
    tree, visible, sets = decision.tree, decision.type_ids("view"), decision.type_sets
    above = {each.pk: {type_.pk for type_ in tree.lineage(each)} for each in decision.types("view")}
    numbers: Counter[int] = Counter()
    for type_set in decision.set_ids("view"):
        if number := counts.get(type_set):
            for type_ in set().union(*[above[pk] for pk in sets[type_set] & visible]):
                numbers[type_] += number
    return numbers


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


def by_month(months: Sequence[date], sets: Collection[int] | None = None) -> Counts:
    """First day of a month → how many were added in it; these months in their order, the last one open.

    ``sets``: only of these combinations of types. The database adds them up: by combination and month they were ten
    thousand rows in an office of 300 types.
    """
    named = {f"{each:%Y-%m}": each for each in months}
    asked: dict[str, Any] = {} if sets is None else {"type_set__among": frozenset(sets)}
    added = Arrivals.objects.filter(month__gte=min(named), is_archived=False, **asked).order_by()
    counts: Counter = Counter()
    for name, number in added.values_list("month").annotate(many=Sum("number")):
        counts[named.get(name, months[-1])] += number
    for type_set, place, number in _between_midnights(months):
        if sets is None or type_set in sets:
            counts[months[place]] += number
            if place:
                counts[months[place - 1]] -= number
    return {month: number for month, number in counts.items() if number}


def _between_midnights(months: Sequence[date]) -> list[tuple[int, int, int]]:
    """(type set, place of a month, how many more were added in it than are tallied so).

    The tally goes by Greenwich. Those few that were added between the beginning of a month there and in the office are
    looked up: east of it they came in the new month already, west of it still in the old one.
    """
    hours, signs = [], {}
    for place, each in enumerate(months):
        there = datetime(each.year, each.month, 1, tzinfo=UTC)
        here = timezone.make_aware(there.replace(tzinfo=None))
        if here != there:
            signs[place] = 1 if here < there else -1
            hours += [min(here, there), max(here, there)]
    found = _added_between(len(signs)).rows(*hours) if signs else []
    places = list(signs)
    return [(type_set, places[part], signs[places[part]] * many) for type_set, part, many in found]


@cache
def _added_between(parts: int) -> Prepared:
    """(type set, which part, how many were added in it) for so many parts, each from one moment to before another."""

    def question(*moments: datetime) -> QuerySet:
        current = Counterparty.objects.current().order_by()
        asked = [
            current.filter(created_at__gte=since, created_at__lt=until)
            .annotate(part=Value(part))
            .values_list("type_set", "part")
            .annotate(many=Count("pk"))
            for part, (since, until) in enumerate(zip(moments[::2], moments[1::2], strict=True))
        ]
        # Put together and not asked with OR, for which SQLite would read everybody.
        return asked[0].union(*asked[1:], all=True)

    return Prepared(question, *[datetime] * 2 * parts)


def total(counts: Counts, keys: Iterable[Any]) -> int:
    return sum(counts.get(key, 0) for key in keys)


def _tallied(*facts: str, **among: Any) -> list[tuple[Any, ...]]:
    """The facts and the number of each combination that occurs."""
    return [row for row in _added_up(*facts, **among) if row[-1]]


def _added_up(*facts: str, **among: Any) -> QuerySet:
    return Tally.objects.filter(**among).order_by().values_list(*facts).annotate(many=Sum("number"))


_current = Prepared(lambda: _added_up("type_set", is_archived=False))
