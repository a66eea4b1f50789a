"""What free search finds, read from its index no further than is asked for."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from .owners import Read
from .words import WordsInEach, is_matched, matching


class Hits(Read):
    """The records that answer one of these ``readings``, in the order in which the index names them.

    SQLite would list all that its FTS5 table finds before it gave out the first one, if the table stood in a condition
    (of a million hits 250 ms), so it is read by itself; the offset keeps PostgreSQL from walking through all names.
    """

    def __init__(self, model: type[models.Model], readings: Sequence[str], column: str = "search") -> None:
        super().__init__(model._base_manager.filter(**{f"{column}__words": tuple(readings)}), "pk")
        self.readings, self._fts = tuple(readings), f"{model._meta.db_table}_{column}"
        #: Else every record is looked into: SQLite knows no word of one letter.
        self.is_indexed = connection.vendor != "sqlite" or is_matched(readings)

    def statement(self) -> tuple[str, list[Any]]:
        if connection.vendor == "sqlite" and self.is_indexed:
            return f"SELECT rowid FROM {self._fts} WHERE {self._fts} MATCH %s", [matching(self.readings)]
        sql, given = self.rows.values("pk").query.sql_with_params()
        return (f"{sql} OFFSET 0" if connection.vendor == "postgresql" else sql), list(given)


class Sought(WordsInEach):
    """There are so many hits that each record is looked into; a count still begins with what the index names first."""

    def __init__(self, hits: Hits, column: str = "search") -> None:
        super().__init__(models.F(column), hits.readings)
        self.owners = hits if hits.is_indexed else None
