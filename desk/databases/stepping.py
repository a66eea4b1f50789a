"""From one value of a column to the next, by its index."""

# ruff: noqa: S608 -- what is put into the statement is a question of ours

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


def each_once(records: QuerySet, column: str) -> list[Any]:
    """The texts that stand in a column of these records, each once and in its order, without the empty one.

    Neither database steps over what it has met already: for five countries SQLite read half a million records (0.7 s).
    An index that begins with the column answers each step at once.
    """
    try:
        first, said_first = _next(records, column, "")
        step, said = _next(records, column, RawSQL("step.said", []))
    except EmptyResultSet:
        return []
    met = f"SELECT ({first}) UNION ALL SELECT ({step}) FROM step WHERE step.said IS NOT NULL"
    steps = f"WITH RECURSIVE step(said) AS ({met}) SELECT said FROM step WHERE said IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(steps, [*said_first, *said])
        return [found for (found,) in cursor.fetchall()]


def _next(records: QuerySet, column: str, behind: Any) -> tuple[str, tuple[Any, ...]]:
    return records.filter(**{f"{column}__gt": behind}).order_by(column).values(column)[:1].query.sql_with_params()
