"""Rows that lead to the records that are asked for, so that nobody need walk through a long list to find them."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, F, Lookup, QuerySet
from django.db.models.lookups import Exact, In

from .contents import written_ids
from .meeting import met, tried
from .owners import Owners, number
from .plainly import number_of


class Count(NamedTuple):
    """So many there are, or at least so many."""

    number: int
    is_more: bool = False


class LookedFor(Exists):
    """Such rows are looked for record by record.

    PostgreSQL knows a column, not one characteristic in it: it takes forty thousand rows for three and lists them where
    a page is wanted. An offset keeps it from turning the question round; where all are wanted it is right to do so.
    """

    def __init__(self, owners: Owners) -> None:
        super().__init__(owners.of_each())

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        fence = " OFFSET 0" if compiler.query.is_sliced else ""
        return super().as_sql(compiler, connection, template=f"EXISTS(%(subquery)s{fence})", **extra)


class Held(LookedFor):
    """The same, where a count may begin with such rows."""

    def __init__(self, owners: Owners) -> None:
        super().__init__(owners)
        self.owners = owners


class Listed(In):
    """The owners of such rows are listed before any record is read.

    PostgreSQL takes a thousand rows of one characteristic for forty thousand, and would look for them while it walks
    through all names (a number that a thousand say: 440 ms of its processor, 16 so). It does not for an array of ids.
    """

    def __init__(self, owners: Any) -> None:
        ids = owners.listed()
        super().__init__(F("pk"), getattr(ids, "query", ids))
        self.owners = owners

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        if not compiler.query.is_sliced:
            return super().as_sql(compiler, connection)
        column, params = self.process_lhs(compiler, connection)
        ids, given = self.process_rhs(compiler, connection)
        return f"{column} = ANY(ARRAY{ids})", [*params, *given]


class Named(Lookup):
    """The records are known by their ids, and few.

    These are written into the statement: as values Django would look at each three times (1,000 ids: 3 ms, 0.1 so).
    """

    prepare_rhs = False

    def __init__(self, ids: Iterable[int]) -> None:
        super().__init__(F("pk"), tuple(ids))

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        if not self.rhs:
            raise EmptyResultSet
        column, params = self.process_lhs(compiler, connection)
        return f"{column} IN ({written_ids(self.rhs)})", params


def number_led(records: QuerySet, most: int) -> int:
    """How many there are, counted no further than ``most``, from the owners of the rarest rows that are asked for.

    Else a database walks through the list, and passes many thousands where one of a hundred answers (an element and its
    children at a million: 114 ms by the walk, 2 so).
    """
    records = decided(records)
    ways = _ways(records)
    if not ways:
        return number(records, most)
    owners = shortest_way(records, ways)
    return number(records, most) if owners.leads_itself else len(met(owners, beside(records, owners), most))


def number_met(records: QuerySet, most: int) -> Count:
    """The same, and no more owners are looked into than a count may: then it is known that there are at least so many.

    What one of thirty of the rarest rows answers is counted up to a thousand, in an office of any size.
    """
    records = decided(records)
    ways = _ways(records)
    owners = shortest_way(records, ways) if ways else None
    if owners is None or owners.leads_itself:
        told = owners.told(records) if owners else None
        found = number(records, most) if told is None else min(told, most)
        return Count(found, is_more=found >= most)
    found = len(met(owners, beside(records, owners), most, owners.looked_at))
    return Count(found, is_more=found >= most or owners.counted(owners.looked_at + 1) > owners.looked_at)


def number_at_once(records: QuerySet, most: int) -> Count | None:
    """How many there are, as far as a page can tell without making anybody wait; None where it cannot.

    Counted up to ``most``; what was counted while the page was read is told to the end. Where rows of theirs must be
    looked into, thousands of owners may be passed until enough are met, unless some of these rows are few.
    """
    if asked := left_open(records):
        if not (asked.is_decided or asked.has_few_rows):
            return None
        records = decided(records)
    if ways := _ways(records):
        told = next((told for owners in ways if (told := owners.told(records)) is not None), None)
        return None if told is None else Count(told)
    found = number(records, most + 1)
    return Count(min(found, most), is_more=found > most)


def number_of_all(records: QuerySet) -> int:
    """How many there are, however many. On SQLite the rarest rows lead to all of them."""
    records = decided(records)
    ways = _ways(records)
    if ways and connection.vendor == "sqlite":
        owners = shortest_way(records, ways)
        records = beside(records, owners).filter(pk__in=owners.listed())
    return number_of(records)


def left_open(records: QuerySet) -> Any:
    """What is asked together of these records without a word which way to them is short, if anything is."""
    asked = [owners.asked_with for node in records.query.where.children if (owners := _owners_in(node))]
    return next(filter(None, asked), None)


def decided(records: QuerySet) -> QuerySet:
    """The same records by the shortest way, where it was left open."""
    if not (together := left_open(records)):
        return records
    found = without_rows(records)
    for condition in together.shortest:
        # Whatever else was asked with them stands there already.
        found = found.filter(*[node for node in condition.children if isinstance(node, LookedFor | Listed | Named)])
    return found


def without_rows(records: QuerySet) -> QuerySet:
    """What is asked beside all rows for which the way was left open."""
    rest = records.all()
    where: Any = rest.query.where
    where.children = [each for each in where.children if not getattr(_owners_in(each), "asked_with", None)]
    return rest


def beside_what_tells(records: QuerySet, about: Any) -> QuerySet:
    """The same records where they are found by what tells ``about`` these rows, if nothing else was left open."""
    asked = left_open(records)
    return without_rows(records) if asked and all(each.about == about for each in asked.owners) else records


def shortest_way(records: QuerySet, ways: Sequence[Owners]) -> Owners:
    """The rows of whose first owners the most answer all the rest: there are the fewest of them."""
    if len(ways) > 1 and any(each.answering is None for each in ways):
        tried(ways, records)
    return max(ways, key=lambda owners: owners.answering or 0)


def beside(records: QuerySet, owners: Owners) -> QuerySet:
    """What is asked beside these rows: whoever is found by them need not be asked for them again."""
    rest = records.all()
    where: Any = rest.query.where
    where.children = [each for each in where.children if _owners_in(each) is not owners]
    return rest


def _ways(records: QuerySet) -> list[Owners]:
    """The rows that lead to these records; none where their ids are named, which is shorter still."""
    nodes: Any = records.query.where.children
    if any(isinstance(each, Named) for each in nodes):
        return []
    if lists := [each.owners for each in nodes if isinstance(each, Listed)]:
        return lists
    return [owners for each in nodes if (owners := _owners_in(each))]


def _owners_in(node: Any) -> Owners | None:
    """The rows that a condition asks for; an EXISTS stands in a comparison of its own."""
    return getattr(node.lhs if isinstance(node, Exact) else node, "owners", None)
