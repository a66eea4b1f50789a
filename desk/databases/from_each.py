"""Lists narrowed to some values of a column, met from each of these values."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Iterator
from itertools import product
from math import prod
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, Value
from django.db.models.expressions import Col
from django.db.models.lookups import Exact, Lookup

from .comparing import After
from .orders import is_backwards, is_by
from .rarer import OneOf
from .spans import Came

#: Of more values than these together a walk through all names soon meets enough.
MOST = 24


def asks_for_values(records: QuerySet) -> bool:
    return any(_asked(records))


def can_answer(records: QuerySet, part: Q) -> bool:
    """Whether a part of the list, which says what stands in a column, has anything of what is asked.

    (One status, in the order of statuses: SQLite would pass all of each other one to find nobody.)
    """
    said: dict[str, Any] = dict(each for each in part.children if isinstance(each, tuple))
    return all(each.column not in said or said[each.column] in each.values for each in _asked(records))


def how_many_lists(records: QuerySet) -> int:
    """So many lists, each of one value, make a part of these at the most."""
    return prod(len(each.values) for each in _asked(records))


def from_each(rows: QuerySet) -> list[QuerySet]:
    """Lists that put together in their order are these rows; where that can be, an index gives each of them so.

    No index gives several countries in the order of names: both databases pass all names of others, and in an office
    whose first names are Latin these are half of all (two countries at a million: SQLite 79 ms, so 12; PostgreSQL 64
    and 16).
    """
    others = [each for each in rows.query.where.children if _one_of(each) is None]
    # What the part of the list says need not be asked again.
    said = {each.lhs.target.name for each in others if isinstance(each, Exact) and isinstance(each.lhs, Col)}
    asked = [each for each in _asked(rows) if each.column not in said]
    is_in_order = all(is_by(rows.query, each.order) and not each.is_of_few(rows.query) for each in asked)
    if not (is_in_order and all(map(_is_plain, others)) and 1 < prod(len(each.values) for each in asked) <= MOST):
        return [rows]
    rest = rows.all()
    rest.query.where.children = others
    columns = [each.column for each in asked]
    return [rest.filter(**dict(zip(columns, values, strict=True))) for values in product(*(o.values for o in asked))]


def walked(rows: QuerySet, most: int) -> tuple[str, tuple[Any, ...]]:
    """A statement that gives the ids of the first so many in their order, and reads no further than it is asked.

    Of several lists the next one is taken from that in which it stands. SQLite reads them side by side by itself, and
    would sort what is cut short; PostgreSQL sorts what is not (two countries: 720 ms, so 6).
    """
    lists = from_each(rows)
    if len(lists) == 1:
        return rows.values_list("pk")[:most].query.sql_with_params()
    keys, sign = list(map(str, rows.query.order_by)), "DESC" if is_backwards(rows) else "ASC"
    names = [key.lstrip("-") for key in keys]
    read = [each.values_list(*names) for each in lists]
    read = [each.order_by() if connection.vendor == "sqlite" else each[:most] for each in read]
    said = [each.query.sql_with_params() for each in read]
    one = " UNION ALL ".join(sql if connection.vendor == "sqlite" else f"({sql})" for sql, _given in said)
    order = ", ".join(f"{place} {sign}" for place in range(1, len(names) + 1))
    merged = f"{one} ORDER BY {order} LIMIT {int(most)}"
    return f"SELECT {names[-1]} FROM ({merged}) AS merged", tuple(each for _sql, given in said for each in given)


def _asked(records: QuerySet) -> Iterator[OneOf]:
    return filter(None, map(_one_of, records.query.where.children))


def _one_of(condition: Any) -> OneOf | None:
    asked = condition.lhs if isinstance(condition, Exact) else condition
    return asked if isinstance(asked, OneOf) else None


def _is_plain(condition: Any) -> bool:
    """It asks for nothing but what stands in the record itself."""
    if not isinstance(condition, Lookup) or not isinstance(condition.lhs, Col | Came | After):
        return False
    if isinstance(condition.lhs, Came) and condition.lhs.leads:
        return False
    return isinstance(condition.rhs, Value) or not hasattr(condition.rhs, "resolve_expression")
