"""Texts that hold a piece, found by an index of what stands inside texts."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from functools import cached_property
from typing import Any

from django.db import connection, models

from .contents import written_ids
from .owners import Read

#: So many rows that hold a piece tell how many there are.
FIRST = 500


class Pieces(Read):
    """The owners of rows whose text holds a piece, among those that ``key`` says are of ``kind``.

    Of all texts there are, those that hold it are found first, and looked into one by one for the rest, no further
    than is needed. By themselves both databases read every text of that kind (a million: 888 ms on PostgreSQL, 460 on
    SQLite), or bring two long lists together.
    """

    price = 4
    looked_at = 20_000

    @property
    def are_soon_counted(self) -> bool:  # type: ignore[override]
        """PostgreSQL notes all places where its index leads before it gives out the first row (47,000: 8 ms)."""
        return connection.vendor == "sqlite"

    def __init__(self, rows: models.QuerySet, owner: str, key: str, kind: Any, text: str, piece: str) -> None:
        super().__init__(rows.filter(**{key: kind, f"{text}__contains": piece}), owner)
        meta = rows.model._meta
        self._table, self._fts = meta.db_table, f"{meta.db_table}_{text}"
        self._columns = [meta.get_field(name).column for name in (owner, key, text)]
        self._kind, self._piece = kind, piece

    def statement(self) -> tuple[str, list[Any]]:
        return self._saying(self._columns[0])

    def first(self, many: int) -> tuple[str, list[Any]]:
        if connection.vendor == "sqlite" or many > FIRST:
            return super().first(many)
        owners = [owner for _pk, owner in self._read[:many]]
        return f"SELECT UNNEST('{{{written_ids(owners)}}}'::bigint[])", []

    def up_to(self, most: int) -> int:
        """How many there are, as the first ones tell: if they stand in a tenth of all rows, they are a tenth of all.

        Counting reads every one of them (5,000 of a million: 9 ms on SQLite, so less than 1).
        """
        first = self._read
        if len(first) < FIRST or most <= FIRST:
            return min(most, len(first))
        with connection.cursor() as cursor:
            # Asked for both at once, SQLite reads all rows.
            cursor.execute(f"SELECT (SELECT MIN(id) FROM {self._table}), (SELECT MAX(id) FROM {self._table})")
            lowest, highest = cursor.fetchone()
        # The rows are met in the order of their ids, or nearly so; the middle one says how far that led.
        middle = sum(pk for pk, _owner in first) / len(first)
        return min(most, max(len(first), int(len(first) * (highest - lowest) / (2 * (middle - lowest)))))

    @cached_property
    def _read(self) -> list[tuple[int, int]]:
        """The first of these rows and their owners.

        PostgreSQL is asked once for what is tried and what is estimated.
        """
        said, given = self._saying("id", self._columns[0])
        with connection.cursor() as cursor:
            cursor.execute(f"{said} LIMIT {FIRST}", given)
            return cursor.fetchall()

    def _saying(self, *columns: str) -> tuple[str, list[Any]]:
        """These columns of the rows that hold the piece."""
        _owner, key, text = self._columns
        asked = ", ".join(f"said.{each}" for each in columns)
        if connection.vendor == "sqlite":
            found = f"{self._fts} CROSS JOIN {self._table} AS said ON said.id = {self._fts}.rowid"
            holds, piece = f"{self._fts} MATCH %s", '"' + self._piece.replace('"', '""') + '"'
            return f"SELECT {asked} FROM {found} WHERE {holds} AND said.{key} = %s", [piece, self._kind]
        literal = self._piece.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        # The offset keeps the rest outside: else the index of kinds is read through and laid over that of pieces.
        found = f"(SELECT {', '.join(columns)}, {key} FROM {self._table} WHERE {text} LIKE %s OFFSET 0) AS said"
        return f"SELECT {asked} FROM {found} WHERE said.{key} = %s", [f"%{literal}%", self._kind]
