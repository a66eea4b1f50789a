"""Rows that lead to the records that are asked for, so that nobody need walk through a long list to find them."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, F, QuerySet
from django.db.models.lookups import Exact, In

from .owners import COUNTED, Owners, number

#: The owners of so many rows are looked at first; so many tell which of several sorts of rows is the rarest.
PORTION, TRIED = 2_000, 500


class Held(Exists):
    """Such rows are looked for record by record.

    PostgreSQL knows a column, not one characteristic in it: it takes forty thousand rows for three and lists them where
    a page is wanted. An offset keeps it from turning the question round; where all are wanted it is right to do so.
    """

    def __init__(self, owners: Owners) -> None:
        super().__init__(owners.of_each())
        self.owners = owners

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        fence = " OFFSET 0" if compiler.query.is_sliced else ""
        return super().as_sql(compiler, connection, template=f"EXISTS(%(subquery)s{fence})", **extra)


class Listed(In):
    """The owners of such rows are listed before any record is read."""

    def __init__(self, owners: Any) -> None:
        ids = owners.first()
        super().__init__(F("pk"), getattr(ids, "query", ids))
        self.owners = owners


def number_led(records: QuerySet, most: int) -> int:
    """How many there are, counted no further than ``most``, from the owners of the rarest rows that are asked for.

    Portion by portion, until enough are met. Else a database walks through the list, and passes many thousands where
    one of a hundred answers (an element and its children at a million: 114 ms by the walk, 3 so).
    """
    ways = _ways(records)
    if not ways:
        return number(records, most)
    owners = shortest_way(records, ways) if len(ways) > 1 else ways[0]
    portion = PORTION if owners.answering is None else _portion(TRIED, owners.answering, most)
    while True:
        is_whole = portion >= COUNTED
        found = number(records.filter(pk__in=owners.first(None if is_whole else portion)), most)
        if found == most or is_whole or portion >= owners.number:
            return found
        portion = _portion(portion, found, most)


def number_of_all(records: QuerySet) -> int:
    """How many there are, however many. On SQLite the rarest rows lead to all of them."""
    ways = _ways(records)
    if ways and connection.vendor == "sqlite":
        records = records.filter(pk__in=shortest_way(records, ways).first())
    return records.order_by().count()


def _portion(before: int, answering: int, most: int) -> int:
    """A quarter more than it should take to meet so many."""
    return before * most * 5 // (4 * answering) if answering else COUNTED


def shortest_way(records: QuerySet, ways: Sequence[Owners]) -> Owners:
    """The rows of whose first owners the most answer all the rest: there are the fewest of them."""
    for each in ways:
        if each.answering is None:
            each.answering = number(records.filter(pk__in=each.first(TRIED)), TRIED)
    return max(ways, key=lambda owners: owners.answering or 0)


def _ways(records: QuerySet) -> list[Owners]:
    """The rows that lead to these records; none where their ids are named, which is shorter still."""
    nodes: Any = records.query.where.children
    if any(isinstance(each, In) and each.rhs_is_direct_value() and each.lhs.target.primary_key for each in nodes):
        return []
    if listed := [each.owners for each in nodes if isinstance(each, Listed)]:
        return listed
    # An EXISTS stands in a comparison of its own.
    parts: list[Any] = [getattr(each, "lhs", each) if isinstance(each, Exact) else each for each in nodes]
    return [each.owners for each in parts if getattr(each, "owners", None)]
