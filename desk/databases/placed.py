"""Full-text indexes of SQLite whose rows stand in the order of a list, so that what is found is found in that order."""

# ruff: noqa: S608 -- the names put into statements are our own models'

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models, transaction

from .fulltext import FullText, Trigger, do
from .of_each import OfEach

#: Rows without a place stand behind all that have one, in the order of their ids.
BESIDE = 1 << 40
#: Up to so many names without a place are not worth an order; beyond that, such a part of those that have one.
FEW_BESIDE, A_PART = 20_000, 8


def full_text(model: type[models.Model], column: str = "search") -> FullText:
    """The index of a column. A model says in ``found_by`` whether it stands in the order of names, and of whose."""
    return Placed(model, column) if hasattr(model, "found_by") else FullText(model, column)


class Placed(FullText):
    """An index in the order of a list by name: by a text of the row's own or of its owner's (``owner__name_key``).

    FTS5 gives out what it finds by the number of the row, so the first of very many hits cost next to nothing where
    that is their place in the list: nobody reads all of them to sort them (14,300 hits of a million: 22 ms, so 1).
    Places follow one another without a gap: numbers with gaps take three times as long to write. What is new, or
    called otherwise, stands beside and is read besides, until all get their places anew.
    """

    def __init__(self, model: type[models.Model], column: str = "search") -> None:
        super().__init__(model, column)
        self.places = f"{self.name}_place"
        by: str = model.found_by  # type: ignore[attr-defined]
        owner, _, self.order = by.rpartition("__")
        field: Any = model._meta.get_field(owner) if owner else None
        self.owner = field
        self.owners: type[models.Model] = self.owner.related_model if self.owner is not None else model
        self._owners, self._renamed = self.owners._meta.db_table, f"{self.name}_renamed"

    @property
    def found(self) -> tuple[str, str]:
        places = f"{self.name} LEFT JOIN {self.places} AS at ON at.place = {self.name}.rowid"
        return places, f"COALESCE(at.id, {self.name}.rowid - {BESIDE})"

    def ids_of(self, numbers: str) -> tuple[str, list[Any]]:
        """A statement that gives the ids of the rows with these numbers, between which commas stand."""
        rows = f"JSON_EACH(%s) LEFT JOIN {self.places} AS at ON at.place = value"
        return f"SELECT COALESCE(at.id, value - {BESIDE}) FROM {rows}", [f"[{numbers}]"]

    def place_before(self, start: Sequence[Any], is_back: bool = False) -> tuple[str, list[Any]]:
        """A place of the last one before a list goes on behind the row with these keys, as a statement."""
        rows, whose = f"{self.places} AS at ON at.id = whose.id", f"{self._owners} AS whose"
        if self.owner:
            rows = f"{self.table} AS said ON said.{self.owner.column} = whose.id"
            rows += f" CROSS JOIN {self.places} AS at ON at.id = said.id"
        sign, direction = (">=", "") if is_back else ("<=", " DESC")
        order = f"whose.{self.order}{direction}, whose.id{direction}"
        where = f"(whose.{self.order}, whose.id) {sign} (%s, %s)"
        return f"SELECT at.place FROM {whose} CROSS JOIN {rows} WHERE {where} ORDER BY {order} LIMIT 1", list(start)

    def prepare(self, anew: bool = False) -> bool:
        OfEach(self.model).prepare()
        if not anew and self.missing() == [self._renamed]:
            with transaction.atomic():
                self._know_the_renamed()
            return False
        return super().prepare(anew or self.is_out_of_order())

    def missing(self) -> list[str]:
        missing = super().missing() + OfEach(self.model).missing()
        return sorted(missing if _is_table(self.places) else [*missing, self.places])

    def is_out_of_order(self) -> bool:
        """So many names stand beside that it shows in every page; of what owners say it is asked of these."""
        if self.owner or not _is_table(self.places):
            return False
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT (SELECT COUNT(*) FROM {self.table}), (SELECT COUNT(*) FROM {self.places})")
            names, placed = cursor.fetchone()
        return names - placed > max(FEW_BESIDE, placed // A_PART)

    def forget_owners(self) -> None:
        """Before a migration: SQLite rebuilds no table of which a trigger of another table speaks."""
        do([f"DROP TRIGGER IF EXISTS {self._renamed}"])

    def _know_the_renamed(self) -> None:
        """What owners say that were called otherwise during a migration stands beside."""
        placed = f"SELECT id FROM {Placed(self.owners).places}"
        do(self._beside(f"IN (SELECT id FROM {self._owners} WHERE id NOT IN ({placed}))"))
        self.watch()

    def make(self) -> None:
        do(f"DROP TABLE IF EXISTS {each}" for each in (self.name, self.places))
        do([f"CREATE TABLE {self.places} (place INTEGER PRIMARY KEY, id INTEGER NOT NULL)"])
        self.put_up("content='', columnsize=0")

    def read_anew(self) -> None:
        """Every row gets its place, and is read in this order."""
        rows, order = f"{self.table} AS said", f"said.{self.order}, said.id"
        if self.owner:
            rows = f"{self._owners} AS whose CROSS JOIN {rows} ON said.{self.owner.column} = whose.id"
            order = f"whose.{self.order}, whose.id, said.id"
        numbered = f"SELECT ROW_NUMBER() OVER (ORDER BY {order}), said.id FROM {rows}{self.said('said.')}"
        read = f"{self.places} AS at CROSS JOIN {self.table} AS said ON said.id = at.id ORDER BY at.place"
        do(
            [
                self.emptied,
                f"DROP INDEX IF EXISTS {self.places}_of",
                f"DELETE FROM {self.places}",
                f"INSERT INTO {self.places}(place, id) {numbered}",
                f"CREATE UNIQUE INDEX {self.places}_of ON {self.places} (id)",
                f"INSERT INTO {self.name}(rowid, {self.column}) SELECT at.place, said.{self.column} FROM {read}",
            ]
        )

    def triggers(self) -> Iterator[Trigger]:
        place = f"COALESCE((SELECT place FROM {self.places} WHERE id = {{0}}.id), {BESIDE} + {{0}}.id)".format
        drop, put, leave = self.drop(place("old")), self.put(place("new")), self._leaving("= old.id")
        is_said_otherwise = f"old.{self.column} IS NOT new.{self.column}"
        is_called_otherwise = f"old.{self.order} IS NOT new.{self.order}"
        yield f"{self.name}_added", f"INSERT ON {self.table}", self.put(f"{BESIDE} + new.id")
        yield f"{self.name}_removed", f"DELETE ON {self.table}", f"{drop} {leave};"
        changed = f"{self.name}_changed"
        if self.owner is None:
            when = f"UPDATE OF {self.column}, {self.order} ON {self.table}"
            # One trigger for both: SQLite does not say which of two comes first.
            act = f"{drop} {leave} AND {is_called_otherwise}; {put}"
            yield changed, f"{when} WHEN {is_said_otherwise} OR {is_called_otherwise}", act
            return
        yield changed, f"UPDATE OF {self.column} ON {self.table} WHEN {is_said_otherwise}", drop + put
        renamed = f"UPDATE OF {self.order} ON {self._owners} WHEN {is_called_otherwise}"
        yield self._renamed, renamed, "".join(f"{each};" for each in self._beside("= old.id"))

    def _beside(self, whose: str) -> Iterator[str]:
        """What these owners say stands beside from now on."""
        its = f"{self.table} AS said CROSS JOIN {self.places} AS at ON at.id = said.id"
        those = f"said.{self.owner.column} {whose} AND said.{self.column} IS NOT NULL"
        for act, place in ((f"{self.name}, ", "'delete', at.place"), ("", f"{BESIDE} + said.id")):
            into = f"INSERT INTO {self.name}({act}rowid, {self.column})"
            yield f"{into} SELECT {place}, said.{self.column} FROM {its} WHERE {those}"
        yield self._leaving(f"IN (SELECT id FROM {self.table} WHERE {self.owner.column} {whose})")

    def _leaving(self, which: str) -> str:
        return f"DELETE FROM {self.places} WHERE id {which}"


def _is_table(name: str) -> bool:
    return name in connection.introspection.table_names()
