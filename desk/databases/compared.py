"""Hits met in the order of what another table says, on SQLite: whom both name is told by Python."""

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from .hits import Hits, each_in_one_text
from .leading import Named

#: So many times as many owners are passed as would fill a page if each hit had a value and might be seen.
PASSED = 3


def met_in_steps(rows: models.QuerySet, hits: Hits, steps: models.QuerySet, many: int) -> list[int] | None:
    """The ids of the first so many of these rows that are hits, and of some behind them; ``steps`` are those to which
    the way leads, in their order. None on PostgreSQL.

    The hits do not come sorted by their ids, so that SQLite's own list of them takes longer to make than to find them,
    and each row is handed over by itself: so both are read as one text. (14,300 hits of a million and 10,700 owners: 9
    ms of the processor; 12 by SQLite's list.)
    """
    if connection.vendor != "sqlite":
        return None
    found: list[int] = []
    among, passed = set(hits.written()), 0
    portion = max(PASSED * many * _records(rows) // max(len(among), 1), many)
    try:
        while len(found) < many:
            owners = each_in_one_text(*steps[passed : passed + portion].query.sql_with_params())
            if both := among.intersection(owners):
                found += rows.order_by().filter(Named(map(int, both))).values_list("pk", flat=True)
            if len(owners) < portion:
                break
            passed, portion = passed + portion, 2 * portion
    except EmptyResultSet:
        return []
    return found


def _records(rows: models.QuerySet) -> int:
    """About so many there are: ids are given out as records come."""
    return rows.model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
