"""In what order a list is asked for, which way, and from where on."""

from typing import Any

from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import Exact
from django.db.models.sql import Query

from .comparing import After


def is_by(query: Query, key: str) -> bool:
    """Records are asked for in the order of this text of theirs, and of their ids where it is the same."""
    order = [str(each).lstrip("-") for each in query.order_by]
    first = query.annotations.get(order[0]) if len(order) == 2 else None
    is_own = isinstance(first, Col) and first.alias == query.get_initial_alias()
    return is_own and first.target.attname == key  # type: ignore[union-attr]


def is_backwards(rows: models.QuerySet) -> bool:
    return str(rows.query.order_by[0]).startswith("-")


def start_of(rows: models.QuerySet) -> tuple[Any, ...]:
    """The keys of the row behind which these begin; nothing where they begin with the first."""
    nodes: Any = rows.query.where.children
    places = [node.lhs if isinstance(node, Exact) else node for node in nodes]
    start = next((place for place in places if isinstance(place, After)), None)
    if start is None:
        return ()
    given = start.get_source_expressions()
    return tuple(each.value for each in given[len(given) // 2 :])
