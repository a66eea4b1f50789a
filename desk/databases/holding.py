"""Records that hold something, and things whose owner is among others: semi-joins, each by its shortest way."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

#: More rows than this are asked for one by one; up to it, their owners are listed first, by their ids up to that.
FEW, LISTED = 20_000, 1_000
#: Where several conditions must hold together, owners of so many rows are still listed first.
FEW_TOGETHER = 50_000


class Held(Q):
    """Records that are looked into one by one for such ``rows``; ``where`` else must hold of them."""

    rows: QuerySet
    owner = ""
    where = Q()

    @property
    def listed(self) -> Q:
        """The same, answered from the list of their owners."""
        return self.where & Q(pk__in=self.rows.order_by().values(self.owner))


def holders(rows: QuerySet, owner: str, where: Q | None = None) -> Q:
    """Those that hold at least one of these rows, and are such as ``where`` says.

    Very few are named: PostgreSQL knows a column, not one characteristic in it, and takes what is rare there for many.
    Else it turns EXISTS round by itself. SQLite never does, so it is told which way is short: few rows → list their
    owners, many → look into each record.
    """
    where = where or Q()
    owners = list(rows.order_by().values_list(owner, flat=True)[: LISTED + 1])
    if len(owners) <= LISTED:
        return where & Q(pk__in=owners)
    if connection.vendor == "sqlite" and _at_most(FEW, rows):
        return where & Q(pk__in=rows.order_by().values(owner))
    held = Held(where & Q(Exists(rows.filter(**{owner: OuterRef("pk")}))))
    held.rows, held.owner, held.where = rows, owner, where
    return held


def together(conditions: Iterable[Q]) -> list[Q]:
    """The same conditions, for records of which every one must hold.

    Few records are left by several, however common each is alone: a walk through the list would be long, and SQLite
    would go on looking into each. So it lists the owners of the rarest rows first. (Five filters over a million
    clients: 2.4 s by the walk, 0.4 s so.)
    """
    asked = list(conditions)
    held = [each for each in asked if isinstance(each, Held)]
    if connection.vendor == "sqlite" and held and len(asked) > 1:
        sizes = {number: _number(each.rows) for number, each in enumerate(asked) if isinstance(each, Held)}
        rarest = min(sizes, key=lambda number: sizes[number])
        if sizes[rarest] <= FEW_TOGETHER:
            asked[rarest] = held[[*sizes].index(rarest)].listed
    return asked


def owned_by(owners: QuerySet, key: str) -> Q:
    """Those whose ``key`` points at one of these owners, as one semi-join; the mirror of ``holders``."""
    if connection.vendor == "sqlite" and _at_most(FEW, owners):
        return Q(**{f"{key}__in": owners.order_by().values("pk")})
    return Q(Exists(owners.filter(pk=OuterRef(key))))


def _at_most(limit: int, rows: QuerySet) -> bool:
    return rows.order_by().values("pk")[: limit + 1].count() <= limit


def _number(rows: QuerySet) -> int:
    """How many there are, counted no further than is of use."""
    return rows.order_by().values("pk")[: FEW_TOGETHER + 1].count()
