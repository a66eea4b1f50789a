"""What free search finds, read from its index no further than is asked for."""

# ruff: noqa: S608, S611 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from .leading import COUNTED, Owners
from .words import WordsInEach, is_matched, matching


class Hits(Owners):
    """The records that answer one of these ``readings``, in the order in which the index names them.

    SQLite would list all that its FTS5 table finds before it gave out the first one, if the table stood in a condition
    (of a million hits 250 ms): so it is read by itself.
    """

    def __init__(self, model: type[models.Model], readings: Sequence[str], column: str = "search") -> None:
        super().__init__(model._base_manager.filter(**{f"{column}__words": tuple(readings)}), "pk")
        self.readings, self._fts = tuple(readings), f"{model._meta.db_table}_{column}"

    @cached_property
    def is_indexed(self) -> bool:
        """Else every record is looked into: SQLite knows no word of one letter."""
        return connection.vendor != "sqlite" or is_matched(self.readings)

    @property
    def _is_by_itself(self) -> bool:
        return connection.vendor == "sqlite" and self.is_indexed

    def first(self, most: int | None = None) -> Any:
        return RawSQL(*self._sql(most)) if self._is_by_itself else super().first(most)

    def ids(self, most: int) -> list[int]:
        if not self._is_by_itself:
            return list(self.rows.values_list("pk", flat=True)[:most])
        with connection.cursor() as cursor:
            cursor.execute(*self._sql(most))
            return [pk for (pk,) in cursor.fetchall()]

    def at_most(self, limit: int) -> bool:
        return self._number(limit + 1) <= limit

    @cached_property
    def number(self) -> int:
        return self._number(COUNTED)

    def _number(self, most: int) -> int:
        if not self._is_by_itself:
            return self.rows.values("pk")[:most].count()
        sql, given = self._sql(most)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql})", given)
            return cursor.fetchone()[0]

    def _sql(self, most: int | None) -> tuple[str, list[str]]:
        limit = f" LIMIT {int(most)}" if most is not None else ""
        return f"SELECT rowid FROM {self._fts} WHERE {self._fts} MATCH %s{limit}", [matching(self.readings)]


class Sought(WordsInEach):
    """There are so many hits that each record is looked into; a count still begins with what the index names first."""

    def __init__(self, hits: Hits, column: str = "search") -> None:
        super().__init__(models.F(column), hits.readings)
        self.owners = hits if hits.is_indexed else None
