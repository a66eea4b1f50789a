"""Rows that no index leads to: PostgreSQL reads them where they lie, if they are many."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.datastructures import BaseTable

from .owners import Owners

#: So many rows of the table tell how many of them answer, and by one of so many of these they are met soon.
ASKED, SOON_MET = 20_000, 400


class Scattered(Owners):
    """The owners of rows that answer what only each row can tell, as that its text holds two letters.

    The index in whose order PostgreSQL would read the first of them begins with texts in Latin letters: for five
    hundred in Cyrillic that one text of eight holds it passed 268,000 (300 ms). Where a sample tells that they are
    many, the table is read as it lies until they are met (5 ms).
    """

    #: PostgreSQL passes half a million rows of the table for so many that one text of eight is (40 ms).
    looked_at = 5_000
    #: To find five hundred of what one text of twelve holds, 270,000 are read that stand before them (270 ms).
    are_soon_counted = are_soon_tried = False

    def statement(self) -> tuple[str, list[Any]]:
        if not self._are_many:
            return super().statement()
        sql, given = _lying(self.rows.values(self._owner), "100").query.sql_with_params()
        return sql, list(given)

    def counted(self, most: int) -> int:
        """Nobody counts what a sample tells to be more by far."""
        return most if self._estimate > 2 * most else super().counted(most)

    @property
    def _are_many(self) -> bool:
        return self._sampled * SOON_MET >= ASKED

    @property
    def _estimate(self) -> int:
        return self._sampled * self._rows // ASKED if self._are_many else 0

    @cached_property
    def _sampled(self) -> int:
        """So many of about ``ASKED`` rows of the table answer; nobody asks where the table is no larger."""
        if self._rows <= ASKED:
            return 0
        return _lying(self.rows, f"100.0 * {ASKED} / {self._rows}").count()

    @cached_property
    def _rows(self) -> int:
        """So many PostgreSQL takes the table to have; none on SQLite, which counts no rows."""
        if connection.vendor != "postgresql":
            return 0
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT reltuples FROM pg_class WHERE oid = '{self.rows.model._meta.db_table}'::regclass")
            return int(cursor.fetchone()[0])


class Lying(BaseTable):
    """A table that PostgreSQL reads as it lies: such a part of its pages, always the same ones."""

    def __init__(self, table: Any, part: str) -> None:
        super().__init__(table.table_name, table.table_alias)
        self.part = part

    def relabeled_clone(self, change_map: Any) -> "Lying":
        return Lying(super().relabeled_clone(change_map), self.part)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        sql, given = super().as_sql(compiler, connection)
        return f"{sql} TABLESAMPLE SYSTEM ({self.part}) REPEATABLE (1)", given


def _lying(rows: QuerySet, part: str) -> QuerySet:
    asked = rows.all()
    table = asked.query.get_initial_alias()
    asked.query.alias_map[table] = Lying(asked.query.alias_map[table], part)
    return asked
