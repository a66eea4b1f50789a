"""What free search finds, read from its index no further than is asked for."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import connection, models

from .holding import FEW
from .leading import beside
from .often import MOST, OFTEN
from .owners import Read
from .placed import Placed, full_text
from .shelves import Shelves
from .words import ending, is_matched, matching, standing

#: So many records tell how many there are that answer; PostgreSQL would read every hit to count them.
SAMPLE = 300


def in_one_text(sql: str, given: Sequence[Any]) -> str:
    """The numbers that a statement of SQLite's gives, in its order, with commas between them."""
    with connection.cursor() as cursor:
        cursor.execute(f"WITH told(number) AS ({sql}) SELECT GROUP_CONCAT(number) FROM told", given)
        return cursor.fetchone()[0] or ""


def each_in_one_text(sql: str, given: Sequence[Any]) -> list[str]:
    """The same, each by itself."""
    told = in_one_text(sql, given)
    return told.split(",") if told else []


class Hits(Read):
    """The records that answer one of these ``readings``, in the order in which the index names them.

    SQLite would list all that its FTS5 table finds before it gave out the first one, if the table stood in a condition
    (of a million hits 250 ms), so it is read by itself; the offset keeps PostgreSQL from walking through all names.
    """

    def __init__(
        self,
        model: type[models.Model],
        readings: Sequence[str],
        column: str = "search",
        shelves: Shelves | None = None,
    ) -> None:
        super().__init__(model._base_manager.filter(**{f"{column}__words": tuple(readings)}), "pk")
        self.readings, self.column, self.shelves = tuple(readings), column, shelves
        #: What SQLite's index is asked for.
        self.led_by = tuple(" ".join(map(ending, each.split())) for each in self.readings)
        self._table, self.index = model._meta.db_table, full_text(model, column)
        #: Else every record is looked into: SQLite knows no word of one letter.
        self.is_indexed = connection.vendor != "sqlite" or is_matched(readings)
        self.leads_itself = connection.vendor == "postgresql"
        self._told: tuple[Any, int] = None, 0

    def statement(self) -> tuple[str, list[Any]]:
        if connection.vendor == "sqlite" and self.is_indexed:
            return self.read_from(*self.index.found)
        sql, given = self.rows.values("pk").query.sql_with_params()
        return (f"{sql} OFFSET 0" if connection.vendor == "postgresql" else sql), list(given)

    def read_from(self, found: str, pk: str, where: str = "") -> tuple[str, list[Any]]:
        """The same from what SQLite finds of them in a part of its index."""
        sql, given = f"SELECT {pk} AS owner FROM {found} WHERE {self.index.name} MATCH %s", [matching(self.led_by)]
        if self.led_by != self.readings:
            said, words = self.standing()
            sql, given = f"{sql} AND EXISTS(SELECT 1 FROM {self._table} WHERE id = {pk} AND {said})", given + words
        return f"{sql}{where}", given

    def standing(self) -> tuple[str, list[str]]:
        """That a record which is looked into is one of them."""
        return standing(self.column, self.readings)

    def records(self, table: str) -> tuple[str, list[str]]:
        """All of them; the offset keeps what is asked besides outside: else half the office is laid over the hits."""
        said, given = self.standing()
        return f"SELECT * FROM {table} WHERE {said} OFFSET 0", given

    def counted(self, most: int) -> int:
        """SQLite counts what its index finds without asking whose it is (14,300 of a million: 2.4 ms, so 0.9)."""
        if not self._is_found_alone:
            return super().counted(most)
        found, given = self.read_from(self.index.name, "1", f" LIMIT {int(most)}")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({found})", given)
            return cursor.fetchone()[0]

    @property
    def _is_found_alone(self) -> bool:
        """Whatever SQLite's index finds is one of them."""
        return connection.vendor == "sqlite" and self.is_indexed and self.led_by == self.readings

    def up_to_all(self, most: int) -> list[int] | None:
        """The ids of all of them; None where they are more than ``most``."""
        ids = self._if_sampled_few(most) if connection.vendor == "postgresql" else self.ids(most + 1)
        return ids if ids is not None and len(ids) <= most else None

    def _if_sampled_few(self, most: int) -> list[int] | None:
        """The first ids, where a sample does not tell of twice as many: one statement.

        PostgreSQL reads all that its index says of a word before it gives out the first hit (14,300 of a million:
        4.8 ms for the first thousand; 0.5 for a sample that tells that there are more).
        """
        sample, said = self._sample()
        ids, given = self.first(most + 1)
        few = f"CASE WHEN number <= {2 * most} THEN ARRAY({ids}) END"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT number, share, {few} FROM ({sample}) AS sample", [*given, *said])
            *self._sampled, found = cursor.fetchone()
        return found

    def at_most(self, limit: int) -> bool:
        if connection.vendor == "postgresql":
            return self._sampled[0] <= limit
        return self._number <= limit if limit <= FEW else super().at_most(limit)

    @cached_property
    def _number(self) -> int:
        """How many there are, counted no further than is read of them for a page."""
        if not self._is_found_alone:
            return self.counted(FEW + 1)
        return self._rowids.count(",") + 1 if self._rowids else 0

    @cached_property
    def _rowids(self) -> str:
        """What SQLite's index finds, as it is numbered there and no further than is read for a page.

        As one text: to count it takes as long (14,300 of a million: 2.6 ms of the processor, and 2.5 to count alone),
        and whoever needs their ids need not find them again.
        """
        found, given = self.read_from(self.index.name, f"{self.index.name}.rowid", f" LIMIT {FEW + 1}")
        return in_one_text(found, given)

    def written(self) -> list[str]:
        """The ids of so few that all of them may be read for a page, as they are written: SQLite hands rows over one by
        one (14,300 ids by rows: 6.5 ms of the processor; as one text 4.1, and 2.3 where they were counted)."""
        is_counted = self._is_found_alone and isinstance(self.index, Placed)
        return each_in_one_text(*(self.index.ids_of(self._rowids) if is_counted else self.statement()))

    @cached_property
    def are_few(self) -> bool:
        """So few that all of them may be read for a page."""
        return self.at_most(FEW)

    @property
    def share(self) -> float:
        """Of all records, as far as PostgreSQL's sample tells."""
        return self._sampled[1]

    @property
    def are_said_often(self) -> bool:
        """PostgreSQL is likely to know a piece of what they say shelf by shelf."""
        return connection.vendor == "postgresql" and OFTEN <= self.share <= MOST / 1_000

    @cached_property
    def _sampled(self) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(*self._sample())
            return list(cursor.fetchone())

    def _sample(self) -> tuple[str, list[str]]:
        """How many there are, and what part of all, as a sample of all records tells."""
        sql, given = self.standing()
        number = f"CAST(COUNT(*) * {self._rows(SAMPLE)} / {SAMPLE} AS bigint) AS number"
        return (
            f"SELECT {number}, COUNT(*) / {SAMPLE}::float AS share FROM {self.some(SAMPLE)} WHERE {sql}",
            given,
        )

    def some(self, many: int) -> str:
        """About so many of all records, always the same ones, wherever PostgreSQL keeps them."""
        return f"{self._table} TABLESAMPLE SYSTEM (100.0 * {many} / {self._rows(many)}) REPEATABLE (1)"

    def _rows(self, least: int) -> str:
        return f"(SELECT GREATEST(reltuples, {least}) FROM pg_class WHERE oid = '{self._table}'::regclass)"

    def tell(self, records: models.QuerySet, number: int) -> None:
        """So many of these records are hits: a page of them was read, and told it."""
        self._told = records.query.where, number

    def told(self, records: models.QuerySet) -> int | None:
        where, number = self._told
        return number if where == beside(records, self).query.where else None
