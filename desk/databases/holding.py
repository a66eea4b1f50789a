"""Records that hold something, and things whose owner is among others: semi-joins, each by its shortest way."""

from collections.abc import Iterable, Sequence
from math import isqrt
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from .leading import TRIED, Held, Listed, shortest_way
from .owners import Owners, number

#: More rows than this are asked for one by one; up to it, their owners are listed first, by their ids up to that.
FEW, LISTED = 20_000, 1_000
#: A list of owners costs as much as there are rows. A walk through a million costs a page of records by the share of
#: those that answer, as the first ones tell it: the list is shorter while rows² × answering is less than this.
A_WALK = 50 * 1_000_000 * TRIED


def holders(rows: QuerySet, owner: str, where: Q | None = None) -> Q:
    """Those that hold at least one of these rows, and are such as ``where`` says."""
    return owning(Owners(rows, owner), where or Q())


def owning(owners: Owners, where: Q) -> Q:
    """Those that are among these owners, and are such as ``where`` says.

    Neither database knows which way is short, so it is told: very few → named, few rows → list their owners, many →
    look into each record.
    """
    named = owners.ids(LISTED + 1)
    if len(named) <= LISTED:
        return where & Q(pk__in=named)
    return where & Q(Listed(owners) if owners.at_most(FEW // owners.price) else Held(owners))


def together(conditions: Iterable[Q], among: QuerySet) -> list[Q]:
    """The same conditions, for records ``among`` which every one must hold.

    Few records may be left by several, however common each is alone: then a walk through the list is long. So some of
    the owners are tried, and where few of them answer, all owners of the rarest rows are listed first. (Five filters
    over a million clients: 2.4 s by the walk, 0.1 s so.)
    """
    asked = list(conditions)
    if any(map(_is_named, asked)):
        return [_by(Held, each) for each in asked]
    if lists := _owners(asked, Listed):
        shortest = min(lists, key=lambda owners: owners.number)
        return [each if place == lists[shortest] else _by(Held, each) for place, each in enumerate(asked)]
    if (held := _owners(asked, Held)) and len(asked) > 1:
        owners = shortest_way(among.filter(*asked), [*held])
        if not owners.answering or owners.at_most(isqrt(A_WALK // owners.answering)):
            asked[held[owners]] = _by(Listed, asked[held[owners]])
    return asked


def _is_named(condition: Q) -> bool:
    """Are those who may answer it named?"""
    if condition.negated or condition.connector != Q.AND:
        return False
    return any(isinstance(child, tuple) and child[0] == "pk__in" for child in condition.children)


def _owners(asked: Sequence[Q], way: type[Held | Listed]) -> dict[Owners, int]:
    """The owners that are asked for in this way, each with the place of its condition."""
    nodes: Any = [(child, place) for place, each in enumerate(asked) for child in each.children]
    return {node.owners: place for node, place in nodes if isinstance(node, way)}


def _by(way: type[Held | Listed], condition: Q) -> Q:
    """The same condition, its owners asked for in this way."""
    children: list[Any] = [
        way(child.owners) if isinstance(child, Held | Listed) else child for child in condition.children
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def owned_by(owners: QuerySet, key: str) -> Q:
    """Those whose ``key`` points at one of these owners, as one semi-join; the mirror of ``holders``."""
    if connection.vendor == "sqlite" and number(owners, FEW + 1) <= FEW:
        return Q(**{f"{key}__in": owners.order_by().values("pk")})
    return Q(Exists(owners.filter(pk=OuterRef(key))))
