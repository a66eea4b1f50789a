"""What free search finds, read from its index no further than is asked for."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import connection, models

from .holding import FEW
from .leading import Listed
from .owners import Read
from .words import WordsInEach, is_matched, matching, standing

#: So many records tell how many there are that answer; PostgreSQL would read every hit to count them.
SAMPLE = 1_000
#: From so many hits on a list in the order of something else is walked, and each asked whether it is among them.
MET_SOON = 4_000


class Hits(Read):
    """The records that answer one of these ``readings``, in the order in which the index names them.

    SQLite would list all that its FTS5 table finds before it gave out the first one, if the table stood in a condition
    (of a million hits 250 ms), so it is read by itself; the offset keeps PostgreSQL from walking through all names.
    """

    def __init__(self, model: type[models.Model], readings: Sequence[str], column: str = "search") -> None:
        super().__init__(model._base_manager.filter(**{f"{column}__words": tuple(readings)}), "pk")
        self.readings, self.column = tuple(readings), column
        self._table, self._fts = model._meta.db_table, f"{model._meta.db_table}_{column}"
        #: Else every record is looked into: SQLite knows no word of one letter.
        self.is_indexed = connection.vendor != "sqlite" or is_matched(readings)
        self.leads_itself = connection.vendor == "postgresql"

    def statement(self) -> tuple[str, list[Any]]:
        if connection.vendor == "sqlite" and self.is_indexed:
            return f"SELECT rowid FROM {self._fts} WHERE {self._fts} MATCH %s", [matching(self.readings)]
        sql, given = self.rows.values("pk").query.sql_with_params()
        return (f"{sql} OFFSET 0" if connection.vendor == "postgresql" else sql), list(given)

    def at_most(self, limit: int) -> bool:
        return self._sampled <= limit if connection.vendor == "postgresql" else super().at_most(limit)

    @cached_property
    def _sampled(self) -> int:
        """How many there are, as a sample of all records tells (18,000 hits of a million: 2 ms; counted, 20)."""
        sql, given = standing(self.column, self.readings)
        rows = f"(SELECT GREATEST(reltuples, {SAMPLE}) FROM pg_class WHERE oid = '{self._table}'::regclass)"
        some = f"{self._table} TABLESAMPLE SYSTEM (100.0 * {SAMPLE} / {rows}) REPEATABLE (1)"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) * {rows} / {SAMPLE} FROM {some} WHERE {sql}", given)
            return int(cursor.fetchone()[0])


class Found(Listed):
    """Records among so few hits that all of them are read and then sorted.

    Unless the list is in the order of what another table says: that is walked, and each row asked whether its owner is
    among the hits, before anything else is read. (14,000 hits of a million by a number: 5 ms on SQLite, where the list
    of all takes 80; 23 and 200 on PostgreSQL.) Neither database thinks of it by itself.
    """

    def __init__(self, hits: Hits) -> None:
        super().__init__(hits)
        self._hits = hits

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        if (owner := self._walked(compiler)) is None:
            return super().as_sql(compiler, connection)
        sql, given = self._hits.statement()
        # The plus keeps SQLite from beginning with the hits.
        return f"+{owner} IN ({sql})", given

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        if (owner := self._walked(compiler)) is None:
            column = self.lhs.target.model._meta.get_field(self._hits.column).get_col(self.lhs.alias)
            # More are not rare enough when they are said twice.
            times = 2 if self._hits.at_most(FEW) else 4
            return insisted(column, self._hits.readings, times).as_sql(compiler, connection)
        sql, given = self._hits.statement()
        # As a truth and not as a condition it is no join: the hits are kept in a table of their own.
        return f"({owner} IN ({sql})) IS TRUE", given

    def _walked(self, compiler: Any) -> str | None:
        """The owner's key in another table, in the order of which a page is asked for and hits are met soon enough."""
        query = compiler.query
        if not (query.is_sliced and query.order_by) or self._hits.at_most(MET_SOON):
            return None
        # The last of the keys by which a list is sorted is the record's id.
        last = query.annotations.get(query.order_by[-1].lstrip("-"))
        if not isinstance(last, models.expressions.Col) or last.alias == self.lhs.alias:
            return None
        return compiler.compile(last)[0]


def insisted(column: Any, readings: Sequence[str], times: int = 2) -> WordsInEach:
    """The same words several times, taken by PostgreSQL for so rare that their index is begun with and no other.

    (A page of 14,000 hits by names: 1,100 ms, so 17. One letter that a tenth say is only rare enough said four times.)
    """
    return WordsInEach(column, [" ".join([reading] * times) for reading in readings])
