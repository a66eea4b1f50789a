"""Texts that hold a piece, found by an index of what stands inside texts."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from functools import cached_property
from typing import Any

from django.db import connection, models

from .contents import written_ids
from .owners import Read
from .placed import BESIDE, full_text

#: So many rows that hold a piece tell how many there are.
FIRST = 500
#: Where so many of the first few are of the kind and so many times as many texts of any kind hold the piece, so many
#: do of the kind. It is told of up to four times FIRST.
OF_THE_KIND, OF_THE_FEW, OF_ANY_KIND = 10, 50, 5


class Pieces(Read):
    """The owners of rows whose text holds a piece, among those that ``key`` says are of ``kind``.

    Of all texts there are, those that hold it are found first, and looked into one by one for the rest, no further
    than is needed. By themselves both databases read every text of that kind (a million: 888 ms on PostgreSQL, 460 on
    SQLite), or bring two long lists together.
    """

    price, are_soon_tried = 4, False
    looked_at = 20_000

    @property
    def are_soon_counted(self) -> bool:  # type: ignore[override]
        """PostgreSQL notes all places where its index leads before it gives out the first row (47,000: 8 ms)."""
        return connection.vendor == "sqlite"

    def __init__(
        self,
        rows: models.QuerySet,
        owner: str,
        key: str,
        kind: Any,
        text: str,
        piece: str,
        of_one: models.QuerySet | None = None,
    ) -> None:
        """``of_one``: the same rows by the texts that SQLite knows of each record (``of_each.py``)."""
        # PostgreSQL reads the row at the same cost.
        of_one = of_one if connection.vendor == "sqlite" else None
        super().__init__(rows.filter(**{key: kind, f"{text}__contains": piece}), owner, of_one)
        meta = rows.model._meta
        self._table, self.index = meta.db_table, full_text(rows.model, text)
        self._columns = [meta.get_field(name).column for name in (owner, key, text)]
        self._kind, self._piece = kind, piece

    def statement(self) -> tuple[str, list[Any]]:
        return self._saying(self._columns[0])

    def read_from(self, found: str, pk: str, where: str = "") -> tuple[str, list[Any]]:
        """The owners of those that SQLite finds in a part of its index."""
        return self._found(found, pk, f"said.{self._columns[0]} AS owner", where)

    def first(self, many: int) -> tuple[str, list[Any]]:
        if connection.vendor == "sqlite" or many > FIRST:
            return super().first(many)
        owners = [owner for _pk, owner in self._read[:many]]
        return f"SELECT UNNEST('{{{written_ids(owners)}}}'::bigint[])", []

    def _are_clearly(self, many: int) -> bool:
        """To read five hundred only to know that there are more takes SQLite 3.5 ms of a page (0.4 so), as each is
        another row."""
        of_any_kind = many * OF_ANY_KIND
        found, pk = self.index.found
        holding = f"WHERE {self.index.name} MATCH %s LIMIT"
        rows = f"{found} CROSS JOIN {self._table} AS said ON said.id = {pk}"
        any_kind = f"SELECT COUNT(*) FROM (SELECT 1 FROM {self.index.name} {holding} {of_any_kind})"
        kinds = f"SELECT said.{self._columns[1]} AS kind FROM {rows} {holding} {OF_THE_FEW}"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT ({any_kind}) = {of_any_kind}"
                f" AND (SELECT COUNT(*) FROM ({kinds}) WHERE kind = %s) >= {OF_THE_KIND}",
                [self._matching, self._matching, self._kind],
            )
            return bool(cursor.fetchone()[0])

    def up_to(self, most: int) -> int:
        """How many there are, as the first ones tell: if they stand in a tenth of all rows, they are a tenth of all.

        Counting reads every one of them (5,000 of a million: 9 ms on SQLite, so less than 1).
        """
        if connection.vendor == "sqlite" and most <= 4 * FIRST and self._are_clearly(most):
            return most
        first = self._read
        if len(first) < FIRST or most <= FIRST:
            return min(most, len(first))
        at = [number for number, _owner in first]
        # Rows with a place stand from the first one on: names in one alphabet before those in the other.
        place, rows, lowest = "place", self.index.places, str(at[0])
        if connection.vendor == "postgresql" or at[-1] >= BESIDE:
            at = [number % BESIDE for number in at if number >= BESIDE] or at
            place, rows, lowest = "id", self._table, f"(SELECT MIN(id) FROM {self._table})"
        with connection.cursor() as cursor:
            # Asked for both at once, SQLite reads all rows.
            cursor.execute(f"SELECT {lowest}, (SELECT MAX({place}) FROM {rows})")
            low, high = cursor.fetchone()
        # The rows are met in this order, or nearly so; the middle one says how far that led.
        middle = sum(at) / len(at)
        return min(most, max(len(at), int(len(at) * (high - low) / max(2 * (middle - low), 1))))

    @cached_property
    def _read(self) -> list[tuple[int, int]]:
        """The first of these rows, as they are numbered in the order in which they are met, and their owners.

        PostgreSQL is asked once for what is tried and what is estimated.
        """
        owner = self._columns[0]
        said, given = self._saying(f"{self.index.name}.rowid" if connection.vendor == "sqlite" else "said.id", owner)
        with connection.cursor() as cursor:
            cursor.execute(f"{said} LIMIT {FIRST}", given)
            return cursor.fetchall()

    def _saying(self, *columns: str) -> tuple[str, list[Any]]:
        """These columns of the rows that hold the piece."""
        asked = ", ".join(each if "." in each else f"said.{each}" for each in columns)
        if connection.vendor == "sqlite":
            return self._found(*self.index.found, asked)
        owner, key, text = self._columns
        literal = self._piece.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        # The offset keeps the rest outside: else the index of kinds is read through and laid over that of pieces.
        found = f"(SELECT id, {owner}, {key} FROM {self._table} WHERE {text} LIKE %s OFFSET 0) AS said"
        return f"SELECT {asked} FROM {found} WHERE said.{key} = %s", [f"%{literal}%", self._kind]

    def _found(self, found: str, pk: str, asked: str, where: str = "") -> tuple[str, list[Any]]:
        rows = f"{found} CROSS JOIN {self._table} AS said ON said.id = {pk}"
        holds = f"{self.index.name} MATCH %s AND said.{self._columns[1]} = %s"
        return f"SELECT {asked} FROM {rows} WHERE {holds}{where}", [self._matching, self._kind]

    @property
    def _matching(self) -> str:
        return '"' + self._piece.replace('"', '""') + '"'
