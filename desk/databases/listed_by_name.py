"""What owners say in a column, kept beside it in the order of their names by triggers of either database.

Whoever sits in a town stands somewhere among all names. To show the first fifty of them who also say something else,
a walk through the names passes seventy thousand of a million, or all ten thousand of the town are asked. Kept in the
order of names, the town's own list is walked, and its page is full after a few hundred (a town and a piece of a text:
SQLite 99 ms, PostgreSQL 165).
"""

# ruff: noqa: S608 -- the names put into statements are our own models'

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection, models, transaction

from .fulltext import do
from .orders import is_backwards, is_by, start_of
from .owners import Owners
from .stepping import each_once

#: So many different texts are put together at the most.
MOST = 24
#: So many owners are listed as soon as a thousand records are asked whether they are among them.
SOON_LISTED = 12_000


@dataclass(frozen=True)
class ListedByName:
    """Rows of ``model`` that say something in ``column``, under the name of the one that ``owner`` points at."""

    model: type[models.Model]
    column: str
    owner: str
    #: By which text of the owners lists stand in order.
    order: str

    # ---- reading

    def first(self, texts: Sequence[str], most: int, start: Sequence[Any], is_back: bool) -> tuple[str, list[Any]]:
        """The ids of the owners who say one of these, the first so many by name from a place on, and what is given."""
        name, owner, direction = self.order, self._owner, " DESC" if is_back else ""
        by = f"ORDER BY {name}{direction}, {owner}{direction} LIMIT {int(most)}"
        behind = f" AND ({name}, {owner}) {'<' if is_back else '>'} (%s, %s)" if start else ""
        # Who says it twice stands there twice.
        one = f"SELECT DISTINCT {name}, {owner} FROM {self.kept} WHERE {self.column} = %s{behind} {by}"
        if len(texts) > 1:
            lists = " UNION ALL ".join(f"SELECT * FROM ({one}) AS list_{number}" for number in range(len(texts)))
            one = f"SELECT DISTINCT {name}, {owner} FROM ({lists}) AS lists {by}"
        return f"SELECT {owner} AS pk FROM ({one}) AS listed", [given for text in texts for given in (text, *start)]

    # ---- keeping

    @property
    def kept(self) -> str:
        return f"{self._said}_by_name"

    def prepare(self, anew: bool = False) -> None:
        """Make or mend it; run after every migrate. What is new, was broken or is asked ``anew`` is read again."""
        if not self._is_said or (not anew and not self.missing()):
            return
        with transaction.atomic():
            do([self._table])
            if connection.vendor == "postgresql":
                # Nobody writes between the reading and the triggers.
                do([f"LOCK TABLE {self._owners}, {self._said} IN SHARE ROW EXCLUSIVE MODE"])
            self.forget()
            do(each for name, when, act in self._triggers() for each in _trigger(name, when, act))
            rows = f"{self._said} AS new JOIN {self._owners} AS whose ON whose.id = new.{self._owner}"
            do([f"DELETE FROM {self.kept}", f"{self._put} FROM {rows} WHERE new.{self.column} <> '' ORDER BY 1, 2, 3"])

    def missing(self) -> list[str]:
        """Names of the triggers that should be there and are not, or were switched off."""
        asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "postgresql":
            asked = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        with connection.cursor() as cursor:
            cursor.execute(asked)
            return sorted({name for name, _when, _act in self._triggers()} - {name for (name,) in cursor.fetchall()})

    def forget(self) -> None:
        """Rows are written without it. A migration of SQLite stumbles over triggers that read a table it rebuilds."""
        dropped = "FUNCTION IF EXISTS {}() CASCADE" if connection.vendor == "postgresql" else "TRIGGER IF EXISTS {}"
        do(f"DROP {dropped.format(name)}" for name, _when, _act in self._triggers())

    @property
    def _is_said(self) -> bool:
        """Is there such a column, or was the office migrated back to where there was none?"""
        with connection.cursor() as cursor:
            if self._said not in connection.introspection.table_names(cursor):
                return False
            columns = connection.introspection.get_table_description(cursor, self._said)
        return self.column in {each.name for each in columns}

    @property
    def _table(self) -> str:
        bare = connection.vendor == "sqlite"
        text, ending = ("text NOT NULL", " WITHOUT ROWID") if bare else ('text COLLATE "C" NOT NULL', "")
        keys = f"{self.column}, {self.order}, {self._owner}, id"
        columns = f"{self.column} {text}, {self.order} {text}, {self._owner} bigint NOT NULL, id bigint NOT NULL"
        return f"CREATE TABLE IF NOT EXISTS {self.kept} ({columns}, PRIMARY KEY ({keys})){ending}"

    def _triggers(self) -> Iterator[tuple[str, str, str]]:
        """The name, occasion and act of each. Nearly all that is written changes neither of the texts."""
        rows, owners, kept = self._said, self._owners, self.kept
        is_other = f"(old.{self.column}, old.{self._owner}) <> (new.{self.column}, new.{self._owner})"
        # Whoever is called otherwise at the same moment is waited for.
        held = " FOR SHARE" if connection.vendor == "postgresql" else ""
        its = f"whose.id = new.{self._owner} AND new.{self.column} <> ''{held}"
        put = f"{self._put} FROM {owners} AS whose WHERE {its};"
        called = f"(SELECT {self.order} FROM {owners} WHERE id = old.{self._owner})"
        same = f"{self.column} = old.{self.column} AND {self.order} = {called}"
        drop = f"DELETE FROM {kept} WHERE {same} AND {self._owner} = old.{self._owner} AND id = old.id;"
        yield f"{kept}_added", f"INSERT ON {rows} {{}} WHEN (new.{self.column} <> '')", put
        yield f"{kept}_removed", f"DELETE ON {rows} {{}} WHEN (old.{self.column} <> '')", drop
        changed = f"UPDATE OF {self.column}, {self._owner} ON {rows} {{}} WHEN ({is_other})"
        yield f"{kept}_changed", changed, f"{drop} {put}"
        texts = f"SELECT {self.column} FROM {rows} WHERE {self._owner} = old.id"
        renamed = f"UPDATE {kept} SET {self.order} = new.{self.order} WHERE {self.column} IN ({texts})"
        renamed += f" AND {self.order} = old.{self.order} AND {self._owner} = old.id;"
        when = f"UPDATE OF {self.order} ON {owners} {{}} WHEN (old.{self.order} <> new.{self.order})"
        yield f"{kept}_renamed", when, renamed
        if connection.vendor == "postgresql":
            yield f"{kept}_emptied", f"TRUNCATE ON {rows} FOR EACH STATEMENT", f"DELETE FROM {kept};"

    @property
    def _put(self) -> str:
        """What a row says, under the name of its owner."""
        keys = f"{self.column}, {self.order}, {self._owner}, id"
        return f"INSERT INTO {self.kept} ({keys}) SELECT new.{self.column}, whose.{self.order}, whose.id, new.id"

    @property
    def _said(self) -> str:
        return self.model._meta.db_table

    @property
    def _owners(self) -> str:
        field: Any = self.model._meta.get_field(self.owner)
        return field.related_model._meta.db_table

    @property
    def _owner(self) -> str:
        return str(self.model._meta.get_field(self.owner).column)  # type: ignore[union-attr]


def _trigger(name: str, when: str, act: str) -> list[str]:
    occasion = when.format("FOR EACH ROW")
    if connection.vendor == "sqlite":
        return [f"CREATE TRIGGER {name} AFTER {occasion} BEGIN {act} END"]
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {act} RETURN NULL; END $$",
        f"CREATE TRIGGER {name} AFTER {occasion} EXECUTE FUNCTION {name}()",
    ]


class OwnersByName(Owners):
    """The owners of rows whose texts lie in some ``ranges``, known in the order of their names as well."""

    def __init__(self, rows: models.QuerySet, listed: ListedByName, ranges: Sequence[models.QuerySet]) -> None:
        super().__init__(rows, listed.owner)
        self._listed, self._ranges = listed, ranges
        #: So many there are, counted no further than to so many.
        self._counted = 0, 0

    def counted(self, most: int) -> int:
        """Whoever was counted is not counted again."""
        number, counted_to = self._counted
        if number == counted_to < most:
            number = super().counted(most)
            self._counted = number, most
        return min(number, most)

    @cached_property
    def _texts(self) -> list[str]:
        """The different texts that are said, each once; none where they are many."""
        found: set[str] = set()
        for each in self._ranges:
            found.update(each_once(each, self._listed.column, MOST + 1))
        return sorted(found) if len(found) <= MOST else []

    @property
    def are_soon_listed(self) -> bool:  # type: ignore[override]
        """So few that all of them are listed before a walk in another order than that of names (2 ms)."""
        return self.at_most(SOON_LISTED)

    def walked(self, rows: models.QuerySet, most: int) -> tuple[str, list[Any]] | None:
        """A statement that gives the ids of the first so many in the order of these rows, if that is by name."""
        if not is_by(rows.query, self._listed.order) or not self._texts:
            return None
        return self._listed.first(self._texts, most, start_of(rows), is_backwards(rows))
