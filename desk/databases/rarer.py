"""Conditions with an index each: whether SQLite begins with one."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet

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
        self._rows = Rows(records.filter(holds))

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        return compiler.compile(self.get_source_expressions()[1])

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        column, condition = self.get_source_expressions()
        sql, given = compiler.compile(condition)
        query = compiler.query
        if not query.order_by or (len(self.values) == 1 and is_by(query, self.order)):
            return sql, given
        is_own_order = query.annotations.get(str(query.order_by[0]).lstrip("-")) == column
        if is_own_order or not query.is_sliced or self._rows.are_few:
            return sql, given
        name, _none = compiler.compile(column)
        return sql.replace(name, f"+{name}", 1), given
