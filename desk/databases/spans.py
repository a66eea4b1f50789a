"""Records of a span of time, found by the shorter of two ways."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BooleanField, DateTimeField, F, Func, Max, Q, QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from .leading import Named
from .owners import number

#: So many are read and sorted in an office of any size, and so many at the most.
SORTED, MOST_SORTED = 1_000, 8_000
#: Between these a page costs as much as there are in the span, and by the walk as much as stand between them in the
#: list: they are sorted while their square is less than so many times all records.
A_WALK = 50


class Span(Q):
    """A condition that records are of a span of time."""

    #: They tell how many are.
    rows: QuerySet | None = None

    @cached_property
    def is_short(self) -> bool:
        """All of them are read sooner than a page of them is met on a walk through the list."""
        if self.rows is None:
            return False
        found = number(self.rows, MOST_SORTED + 1)
        if found <= SORTED or found > MOST_SORTED:
            return found <= SORTED
        last = self.rows.model._base_manager.aggregate(last=Max("pk"))["last"]
        return found * found <= A_WALK * last


def within(records: QuerySet, moment: str, since: datetime | None, until: datetime | None) -> Q:
    """Those whose ``moment`` lies in this span, both ends included, known by how many ``records`` there are in it.

    SQLite guesses one record of sixteen for any span: it takes its index, in whatever order a list is asked for, and
    leaves it for that of any status (who came yesterday and has one: 250 ms, so 1; eight thousand who came in a month,
    all read and sorted for a page of names: 4.1 ms, by the walk 1.0).
    """
    ends = [end for end in ((GreaterThanOrEqual, since), (LessThanOrEqual, until)) if end[1]]
    span = Span(*[way(F(moment), said) for way, said in ends])
    span.rows = records.filter(*span.children)
    if connection.vendor == "sqlite":
        span.children = (
            [Few(each) for each in span.children]
            if span.is_short
            else [way(NotLedBy(F(moment)), said) for way, said in ends]
        )
    return span


class Few(Func):
    """A condition that few records answer; SQLite begins with these once it knows, unless it knows their ids."""

    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        sql, given = compiler.compile(self.get_source_expressions()[0])
        is_named = any(isinstance(each, Named) for each in compiler.query.where.children)
        return sql if is_named else f"likelihood({sql}, 0.0001)", given


class NotLedBy(Func):
    """A column by which a page is narrowed and not found, unless it is asked for in its order."""

    output_field = DateTimeField()

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        return compiler.compile(self.get_source_expressions()[0])

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        (column,) = self.get_source_expressions()
        sql, given = compiler.compile(column)
        query = compiler.query
        led = query.annotations.get(query.order_by[0].lstrip("-")) if query.order_by else column
        is_led = isinstance(led, Col) and led.target == column.target
        return (sql, given) if is_led or not query.is_sliced else (f"+{sql}", given)
