"""The first of very many that SQLite's full-text index finds, given out in the order of the list."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from .holding import LISTED
from .leading import beside
from .meeting import among
from .orders import is_backwards, is_by, start_of
from .placed import BESIDE, Placed

#: So many rows that hold a piece are looked into; then the page may be met sooner in another way.
LOOKED_AT = 3_000
#: Nothing has a place: a small office needs none.
WITHOUT_PLACES = -1


def met_in_order(rows: models.QuerySet, many: int, led: Any, looked_at: int | None = None) -> list[int] | None:
    """Ids of these rows, the first so many of the list among them, each met as the index that ``led`` reads tells it.

    None where the list stands in another order, or where no more than ``looked_at`` of what is found fill no page.
    (50 of 14,300 hits of a million: 22 ms by reading and sorting all of them, so 1. 50 of those with a text that one of
    forty says: 7 ms by a walk through the names, so 1.)
    """
    index = led.index
    if connection.vendor != "sqlite" or not isinstance(index, Placed) or not is_by(rows.query, index.order):
        return None
    try:
        holds, said = among(beside(rows, led))
    except EmptyResultSet:
        return []
    in_order, given = _in_order(rows, led, looked_at)
    others, more = led.read_from(index.name, f"{index.name}.rowid - {BESIDE}", f" AND {index.name}.rowid >= {BESIDE}")
    # As a list of its own each: a statement of several parts ends with what is asked of all of them.
    parts = [
        f"SELECT * FROM (SELECT DISTINCT 1, owner FROM ({in_order}) AS led WHERE {holds} LIMIT {int(many)})",
        f"SELECT * FROM (SELECT DISTINCT 0, owner FROM ({others}) AS led WHERE {holds} LIMIT {LISTED + 1})",
        f"SELECT 0, {WITHOUT_PLACES} WHERE NOT EXISTS(SELECT 1 FROM {index.places})",
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [*given, *said, *more, *said])
        found = cursor.fetchall()
    met = [pk for _has_place, pk in found]
    # Those without a place may stand behind others that were not looked into.
    is_whole = looked_at is None or sum(has_place for has_place, _pk in found) >= many
    return None if WITHOUT_PLACES in met or len(met) > LISTED or not is_whole else met


def _in_order(rows: models.QuerySet, led: Any, looked_at: int | None) -> tuple[str, list[Any]]:
    """What the index finds from where the list is asked from, in its order."""
    index: Placed = led.index
    number = f"{index.name}.rowid"
    placed = f"{index.name} CROSS JOIN {index.places} AS at ON at.place = {number}"
    where, given = f" AND {number} < {BESIDE}", list[Any]()
    start, is_back = start_of(rows), is_backwards(rows)
    if start:
        last, given = index.place_before(start, is_back)
        where += (
            f" AND {number} <= COALESCE(({last}), {BESIDE})" if is_back else f" AND {number} >= COALESCE(({last}), 0)"
        )
    order = f" ORDER BY {number}{' DESC' if is_back else ''}"
    # An order without a limit could be left out where nothing around it asks for one; -1 is none.
    limit = f" LIMIT {-1 if looked_at is None else int(looked_at)}"
    sql, asked = led.read_from(placed, "at.id", f"{where}{order}{limit}")
    return sql, [*asked, *given]
