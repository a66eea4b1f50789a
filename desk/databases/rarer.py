"""Conditions with an index each: whether SQLite begins with one."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet
from django.db.models.sql import Query

from .among import Among
from .orders import is_by
from .owners import number

#: Up to so many records are read and sorted for a page.
SORTED = 2_000


class Rows:
    """What answers, asked for its number once however often a statement is put together."""

    def __init__(self, records: QuerySet) -> None:
        self._records = records

    @cached_property
    def are_few(self) -> bool:
        return number(self._records, SORTED + 1) <= SORTED


class OneOf(Func):
    """A column holds one of these ``values``, of which each may stand in very many ``records``.

    SQLite takes its index in whatever order a list is asked for, and reads and sorts all that it names (a million by a
    number, one status: 1,200 ms, so 63; by day 700 and 93). It is told not to, unless they are few or the index has
    them ready: one value in this ``order``.
    """

    output_field = BooleanField()

    def __init__(self, column: str, values: Iterable[Any], records: QuerySet, order: str) -> None:
        self.column, self.values, self.order = column, list(values), order
        holds = Q(**{f"{column}__in": self.values})
        super().__init__(F(column), holds)
        self._rows, self._of_few = Rows(records.filter(holds)), dict[Any, bool]()

    def is_of_few(self, query: Query) -> bool:
        """The list may show so few that these are all read and sorted, whatever is asked of them.

        SQLite takes types that hardly anybody bears for as common as others (one status of one country, for whoever
        sees five hundred of a million: 8 times a steady page, so 1.7). PostgreSQL knows it.
        """
        among = next((each for each in query.where.children if isinstance(each, Among)), None)
        if among is None or connection.vendor != "sqlite":
            return False
        if among.rhs not in self._of_few:
            of = among.lhs.target
            records = of.model._base_manager.filter(**{f"{of.name}__among": among.rhs})
            self._of_few[among.rhs] = Rows(records).are_few
        return self._of_few[among.rhs]

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        return compiler.compile(self.get_source_expressions()[1])

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        column, condition = self.get_source_expressions()
        sql, given = compiler.compile(condition)
        query = compiler.query
        name, _none = compiler.compile(column)
        looked_at = sql.replace(name, f"+{name}", 1)
        if self.is_of_few(query):
            return looked_at, given
        if not query.order_by or (len(self.values) == 1 and is_by(query, self.order)):
            return sql, given
        is_own_order = query.annotations.get(str(query.order_by[0]).lstrip("-")) == column
        if is_own_order or not query.is_sliced or self._rows.are_few:
            return sql, given
        return looked_at, given
