"""Rows compared as a whole, and the first rows of several lists put together."""

# ruff: noqa: S608 -- what is put together are statements of our own

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Func, QuerySet


class After(Func):
    """Row comparison ``(a, b) > (x, y)``, which both databases answer from the index.

    ``queryset.filter(After(F("name_key"), F("pk"), Value(name), Value(pk)))``; ``Before`` is its mirror.
    The textbook ``a > x OR (a = x AND b > y)`` reads everything before it: 881 ms against 1.8 at a million rows.
    """

    output_field = BooleanField()
    sign = ">"

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        parts, params = [], []
        for expression in self.get_source_expressions():
            sql, given = compiler.compile(expression)
            parts.append(sql)
            params.extend(given)
        half = len(parts) // 2
        return f"({', '.join(parts[:half])}) {self.sign} ({', '.join(parts[half:])})", params


class Before(After):
    sign = "<"


class WalkedFrom(Func):
    """Another table is walked in the order of this column, from a value on; every row that is asked for is met there.

    SQLite does not think of the page that is full after fifty rows: of two tables it reads the shorter one to its end
    and sorts it (projects by the names of their counterparties, a million of these: 143 ms, so 1).
    """

    output_field = BooleanField()
    sign = ">="

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        return "TRUE", []

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        (column, params), (value, given) = map(compiler.compile, self.get_source_expressions())
        return f"unlikely({column} {self.sign} {value})", [*params, *given]


class WalkedBackFrom(WalkedFrom):
    sign = "<="


def firsts(parts: Sequence[Sequence[QuerySet]], many: int, keys: int, descending: bool) -> list[tuple[Any, ...]]:
    """The first rows of several parts put one behind the other, each made of sliced ``values_list`` querysets.

    One statement: each of these is read from its own index and no further than its slice; the number of the part and
    its ``keys`` columns say the order. (Django's own ``union`` cannot put slices together on SQLite.)
    """
    pieces, params = list[str](), list[Any]()
    for number, part in enumerate(parts):
        for rows in part:
            try:
                sql, given = rows.query.get_compiler(connection=connection).as_sql()
            except EmptyResultSet:
                continue
            name = f"part_{len(pieces)}"
            pieces.append(f"SELECT {number} AS piece, {name}.* FROM ({sql}) AS {name}")
            params += given
    if not pieces:
        return []
    sign = "DESC" if descending else "ASC"
    # The columns are: piece, part, key, key, …
    order = ", ".join(["1", *[f"{place} {sign}" for place in range(3, 3 + keys)]])
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(pieces)} ORDER BY {order} LIMIT {int(many)}", params)
        return [row[1:] for row in cursor.fetchall()]
