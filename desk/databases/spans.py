"""Records of a span of time, found by the shorter of two ways."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Max, Q, QuerySet
from django.db.models.expressions import Col
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from .leading import Named
from .meeting import tried
from .owners import Owners, number

#: So many are read and sorted in an office of any size, and so many at the most.
SORTED, MOST_SORTED = 1_000, 8_000
#: Between these a page costs as much as there are in the span, and by the walk as much as stand between them in the
#: list: they are sorted while their square is less than so many times all records.
A_WALK = 50
#: Where more is asked, a page is met the later the fewer answer: each is asked while the square of how many came, by
#: the share of them that answers, is less than so many times all records. And so many at the most. So many tell.
A_LONG_WALK, MOST_ASKED, TOLD_BY = 20, 40_000, 200


class Span(Q):
    """A condition that records are of a span of time."""

    #: They tell how many are.
    rows: QuerySet | None = None
    #: What it is a span of.
    moment = ""
    #: So many may have come, and so many of these answer, where it was asked whether each of them is soon asked.
    number, answering = 0, 0

    @cached_property
    def is_short(self) -> bool:
        """All of them are read sooner than a page of them is met on a walk through the list."""
        if self.rows is None:
            return False
        found = number(self.rows, MOST_SORTED + 1)
        if found <= SORTED or found > MOST_SORTED:
            return found <= SORTED
        return found * found <= A_WALK * self._last

    def is_soon_asked(self, records: QuerySet) -> bool:
        """Each of them is asked sooner than a page of those that are among ``records`` is met on a walk.

        Neither database knows how many of them answer, so the first of them are asked. Nobody counts them: ids are
        given out as records come, so the first and the last one tell how many they may be. (PostgreSQL passes names so
        soon that it gains nothing: 34 to 40 ms either way.)
        """
        if self.rows is None or connection.vendor != "sqlite":
            return False
        self.number = self._stretch
        if not 0 < self.number <= MOST_ASKED:
            return False
        led = Owners(self.rows, "pk")
        tried([led], records, TOLD_BY)
        self.answering = self.number * (led.answering or 0) // TOLD_BY
        return self.number * self.answering <= A_LONG_WALK * self._last

    @cached_property
    def leads(self) -> bool:
        """SQLite is to begin with these."""
        return self.is_short

    @property
    def _stretch(self) -> int:
        """So many ids were given out from the first of them to the last one."""
        if self.rows is None:
            return 0
        ends = [self.rows.order_by(f"{way}{self.moment}").values("pk")[:1].query.sql_with_params() for way in ("", "-")]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(f'({sql})' for sql, _given in ends)}",
                [value for _sql, given in ends for value in given],
            )
            first, last = cursor.fetchone()
        return 0 if first is None else abs(last - first) + 1

    @cached_property
    def _last(self) -> int:
        """The greatest id tells how many records there are."""
        return self.rows.model._base_manager.aggregate(last=Max("pk"))["last"] if self.rows is not None else 0


def within(records: QuerySet, moment: str, since: datetime | None, until: datetime | None) -> Q:
    """Those whose ``moment`` lies in this span, both ends included, known by how many ``records`` there are in it.

    SQLite guesses one record of sixteen for any span: it takes its index, in whatever order a list is asked for, and
    leaves it for that of any status (who came yesterday and has one: 250 ms, so 1; eight thousand who came in a month,
    all read and sorted for a page of names: 4.1 ms, by the walk 1.0).
    """
    ends = [(way, end) for way, end in ((GreaterThanOrEqual, since), (LessThanOrEqual, until)) if end]
    span = Span(*[way(F(moment), end) for way, end in ends])
    span.moment, span.rows = moment, records.filter(*span.children)
    if connection.vendor == "sqlite":
        span.children = [Came(each, span) for each in span.children]
    return span


class Came(Func):
    """One end of a ``span``: SQLite begins with it, or only narrows a page by it."""

    output_field = BooleanField()

    def __init__(self, end: Any, span: Span | None = None) -> None:
        super().__init__(end)
        self.span = span

    @property
    def leads(self) -> bool:
        return self.span is not None and self.span.leads

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        (end,) = self.get_source_expressions()
        sql, given = compiler.compile(end)
        query = compiler.query
        if self.leads:
            # Unless it knows their ids.
            is_named = any(isinstance(each, Named) for each in query.where.children)
            return sql if is_named else f"likelihood({sql}, 0.0001)", given
        led = query.annotations.get(query.order_by[0].lstrip("-")) if query.order_by else end.lhs
        is_led = isinstance(led, Col) and led.target == end.lhs.target
        return (sql, given) if is_led or not query.is_sliced else (f"+{sql}", given)
