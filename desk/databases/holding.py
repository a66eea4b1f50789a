"""Records that hold something, and things whose owner is among others: semi-joins, each by its shortest way."""

from collections.abc import Callable, Iterable
from functools import cached_property
from math import isqrt
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from .leading import Held, Listed, LookedFor, Named, beside, shortest_way
from .meeting import TRIED, met
from .owners import Owners, number
from .spans import Span
from .trying import tried_in_turn

#: Up to so many owners are listed first; up to so many records are named by their ids.
FEW, LISTED = 20_000, 1_000
#: A list of owners costs as much as there are rows. A walk through a million costs a page of records by the share of
#: those that answer, as the first ones tell it: the list is shorter while rows² × answering is less than this.
A_WALK = 50 * 1_000_000 * TRIED
#: Where fewer of the first ones answer, it may be the records that are few and not the rows.
RARE = TRIED // 20
#: So few rows are read sooner than a few thousand records are asked for them.
SOON_READ = 100
#: Where fewer than one of so many who came in a span of time answer, the rows may be fewer still: to meet the owner of
#: one and ask it costs as much as to ask so many of these.
HARDLY_ANY, A_ROW = 200, 16


def holders(rows: QuerySet, owner: str) -> Q:
    """Those that hold at least one of these rows."""
    return owning(Owners(rows, owner), Q())


def owning(owners: Owners, where: Q) -> Q:
    """Those that are among these owners, and are such as ``where`` says."""
    return where & Q(Held(owners))


def together(conditions: Iterable[Q], among: QuerySet) -> list[Q]:
    """The same conditions, for records ``among`` which every one must hold, each to be answered by its shortest way."""
    return Together(conditions, among).shortest


class Together:
    """Conditions that are asked together of records ``among``."""

    def __init__(self, conditions: Iterable[Q], among: QuerySet) -> None:
        self._asked, self._among = list(conditions), among
        self._places = {owners: place for place, each in enumerate(self._asked) for owners in _held(each)}
        found_otherwise = any(isinstance(node, Named | Listed) for each in self._asked for node in each.children)
        self._is_settled = found_otherwise or not self._places
        self._is_of_a_page = False

    @property
    def owners(self) -> list[Owners]:
        return list(self._places)

    @property
    def is_decided(self) -> bool:
        return "shortest" in vars(self)

    @property
    def are_named(self) -> bool:
        """Whoever answers is known by now."""
        return self.is_decided and any(isinstance(node, Named) for each in self.shortest for node in each.children)

    @property
    def has_a_short_list(self) -> bool:
        """Some of whom is asked, as those in a town, are so few that they are listed before a walk."""
        return any(owners.are_soon_listed for owners in self._places)

    @property
    def has_few_rows(self) -> bool:
        return self._few_rows is not None

    @cached_property
    def _few_rows(self) -> Owners | None:
        """The rarest of these, where all of its owners are asked as soon as those that tell which way is short.

        (A number that a thousand say, two more characteristics and a status, page and count: by a glance, a trial and
        these thousand SQLite 25 ms, so 14; PostgreSQL 76 and 20. By the glance and the trial themselves 652 owners take
        SQLite 21 ms of its processor, so 18, with a status 23 and 18.5; PostgreSQL 28 and 27, 33 and 27.)
        """
        if self.span and self.span.is_short:
            # These are soon asked too: to count five hundred texts that hold a piece takes a third of that (SQLite).
            return self._rarest(SOON_READ, lambda owners: owners.counted(SOON_READ + 1))
        most = TRIED * (len(self._places) + 1) - 1
        return self._rarest(most, lambda owners: owners.up_to(most + 1))

    def _rarest(self, most: int, counted: Callable[[Owners], int]) -> Owners | None:
        """Those of whose rows there are the fewest, if there are no more than ``most``."""
        numbers = {owners: counted(owners) for owners in self._places if owners.are_soon_counted}
        rarest = min(numbers, key=lambda owners: numbers[owners], default=None)
        return rarest if rarest is not None and numbers[rarest] <= most else None

    @property
    def has_few_records(self) -> bool:
        """So few came in a span of time that each of them is asked: a walk by name would pass half the office for them.

        (A text that one of forty says, at a million: of five thousand who came since a day SQLite 145 ms, so 22; of ten
        thousand 101, so 22.)
        """
        return self._span is not None

    @cached_property
    def _span(self) -> Span | None:
        """The span of which each record is asked, unless rows are fewer by far."""
        span = self.span
        if span is None or span.is_short:
            return span
        if self._is_settled or not span.is_soon_asked(self._among.filter(*self._asked)):
            return None
        if span.answering * HARDLY_ANY <= span.number:
            most = span.number // A_ROW
            if self._rarest(most, lambda owners: owners.up_to(most + 1)):
                return None
        span.leads = True
        return span

    @property
    def span(self) -> Span | None:
        """The span of time that is asked for."""
        return next((each for each in self._asked if isinstance(each, Span)), None)

    @property
    def left_open(self) -> list[Q]:
        """The same for a page: it may be full before anybody must know which way is short (``walking.py``)."""
        if self._is_settled:
            return self._asked
        self._is_of_a_page = True
        for owners in self._places:
            owners.asked_with = self
        return self._asked

    @cached_property
    def shortest(self) -> list[Q]:
        """Each to be answered by its shortest way.

        Neither database knows which way is short, so it is tried on some owners of each. Where few answer, however
        common each condition is alone, they are met by way of the rarest rows and named, once for page and count (2.4 s
        by the walk, 0.1 s so), or by way of the records where these are few. Where the rarest rows are few, their
        owners are listed; else each record is looked into.
        """
        if self._is_settled:
            return self._asked
        records, ways = self._among.filter(*self._asked), list(self._places)
        if self._is_of_a_page and self._few_rows is not None:
            return self._met_or_listed(self._few_rows, records)
        if self._is_of_a_page and self.has_few_records:
            return self._looked_for
        if (known := tried_in_turn(ways, records, self._are_few)) is not None:
            return [Q(Named(known))]
        owners = shortest_way(records, [each for each in ways if each.answering is not None])
        answering = owners.answering or 0
        if answering < RARE and self._are_few():
            return self._looked_for
        most = isqrt(A_WALK // (answering * owners.price)) if answering else 0
        rows = owners.up_to(most + 1)
        if answering and rows > most:
            return sorted(self._asked, key=_how_common)
        if 2 * answering < TRIED and rows * answering <= LISTED * TRIED:
            return self._met_or_listed(owners, records)
        return self._listed(owners)

    def _are_few(self) -> bool:
        """Of all who are seen, without what is asked."""
        return number(self._among, FEW + 1) <= FEW

    def _met_or_listed(self, owners: Owners, records: QuerySet) -> list[Q]:
        """Those who answer are named, unless they are many."""
        named = met(owners, beside(records, owners), LISTED + 1)
        return [Q(Named(named))] if len(named) <= LISTED else self._listed(owners)

    def _listed(self, owners: Owners) -> list[Q]:
        asked, place = list(self._asked), self._places[owners]
        asked[place] = _put(asked[place], Listed)
        return asked

    @property
    def _looked_for(self) -> list[Q]:
        """Each record is looked into, and those who answer are named where they are not many."""
        looked_for = [_put(each, LookedFor) for each in self._asked]
        if self._is_of_a_page and self._span and self._span.answering > LISTED:
            return looked_for
        found = self._among.filter(*looked_for).order_by().values_list("pk", flat=True)[: LISTED + 1]
        return looked_for if len(found) > LISTED else [Q(Named(found))]


def _how_common(condition: Q) -> int:
    """The rarest are looked for first: of the first owners of their rows the most answer all the rest."""
    return -max((owners.answering or 0 for owners in _held(condition)), default=0)


def _held(condition: Q) -> list[Owners]:
    """The owners of the rows that a condition asks for."""
    nodes: Any = condition.children
    return [each.owners for each in nodes if isinstance(each, Held)]


def _put(condition: Q, way: Callable[[Owners], Any]) -> Q:
    """The same condition, its owners asked for in this way."""
    children: list[Any] = [way(each.owners) if isinstance(each, Held) else each for each in condition.children]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def owned_by(owners: QuerySet, key: str) -> Q:
    """Those whose ``key`` points at one of these owners, as one semi-join; the mirror of ``holders``."""
    if connection.vendor == "sqlite" and number(owners, FEW + 1) <= FEW:
        return Q(**{f"{key}__in": owners.order_by().values("pk")})
    return Q(Exists(owners.filter(pk=OuterRef(key))))
