"""What free search finds, read from its index no further than is asked for."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

from .owners import Owners, Read
from .words import WordsInEach, is_matched, matching


class Hits(Owners):
    """The records that answer one of these ``readings``, in the order in which the index names them."""

    #: Else every record is looked into: SQLite knows no word of one letter.
    is_indexed = True

    def __init__(self, model: type[models.Model], readings: Sequence[str], column: str = "search") -> None:
        super().__init__(model._base_manager.filter(**{f"{column}__words": tuple(readings)}), "pk")
        self.readings, self._fts = tuple(readings), f"{model._meta.db_table}_{column}"


class Matched(Hits, Read):
    """SQLite would list all that its FTS5 table finds before it gave out the first one, if the table stood in a
    condition (of a million hits 250 ms): so it is read by itself."""

    def statement(self) -> tuple[str, list[Any]]:
        return f"SELECT rowid FROM {self._fts} WHERE {self._fts} MATCH %s", [matching(self.readings)]


class Sought(WordsInEach):
    """There are so many hits that each record is looked into; a count still begins with what the index names first."""

    def __init__(self, hits: Hits, column: str = "search") -> None:
        super().__init__(models.F(column), hits.readings)
        self.owners = hits if hits.is_indexed else None


def hits(model: type[models.Model], readings: Sequence[str], column: str = "search") -> Hits:
    """The records that answer one of these readings."""
    if connection.vendor == "sqlite" and is_matched(readings):
        return Matched(model, readings, column)
    found = Hits(model, readings, column)
    found.is_indexed = connection.vendor != "sqlite"
    return found
