"""Texts that hold a piece, found by an index of what stands inside texts."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from typing import Any

from django.db import connection, models

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

    def __init__(self, rows: models.QuerySet, owner: str, key: str, kind: Any, text: str, piece: str) -> None:
        super().__init__(rows.filter(**{key: kind, f"{text}__contains": piece}), owner)
        meta = rows.model._meta
        self._table, self._fts = meta.db_table, f"{meta.db_table}_{text}"
        self._columns = [meta.get_field(name).column for name in (owner, key, text)]
        self._kind, self._piece = kind, piece

    def statement(self) -> tuple[str, list[Any]]:
        return self._saying(self._columns[0])

    def up_to(self, most: int) -> int:
        """How many there are, as the first ones tell: if they stand in a tenth of all rows, they are a tenth of all.

        Counting reads every one of them (5,000 of a million: 9 ms on SQLite, so less than 1).
        """
        said, given = self._saying("id")
        # The rows are met in the order of their ids, or nearly so; the middle one says how far that led.
        told = f"COUNT(*), AVG(id), (SELECT MIN(id) FROM {self._table}), (SELECT MAX(id) FROM {self._table})"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {told} FROM ({said} LIMIT {FIRST}) AS first", given)
            met, middle, lowest, highest = cursor.fetchone()
        if met < FIRST:
            return min(most, met)
        return min(most, max(met, int(met * (highest - lowest) / (2 * (float(middle) - lowest)))))

    def _saying(self, column: str) -> tuple[str, list[Any]]:
        """This column of the rows that hold the piece."""
        _owner, key, text = self._columns
        if connection.vendor == "sqlite":
            found = f"{self._fts} CROSS JOIN {self._table} AS said ON said.id = {self._fts}.rowid"
            holds, piece = f"{self._fts} MATCH %s", '"' + self._piece.replace('"', '""') + '"'
            return f"SELECT said.{column} FROM {found} WHERE {holds} AND said.{key} = %s", [piece, self._kind]
        literal = self._piece.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        # The offset keeps the rest outside: else the index of kinds is read through and laid over that of pieces.
        found = f"(SELECT {column}, {key} FROM {self._table} WHERE {text} LIKE %s OFFSET 0) AS said"
        return f"SELECT said.{column} FROM {found} WHERE said.{key} = %s", [f"%{literal}%", self._kind]
