"""Which groups of owners an operation touched, kept by triggers while history is written: the SQL of either database.

What is kept may say more than is so, never less: an owner that comes into another group takes along every operation
that ever touched it. So a reader of few groups finds the operations to look into by an index.
"""

# ruff: noqa: S608 -- the names put into statements are our own models'

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction


@dataclass(frozen=True)
class Way:
    """From a row of history to its owner: by a column, or by the history of what the row hangs on."""

    history: str
    column: str
    #: (table, column): the history of what it hangs on, deleted or not, and where that names the owner.
    beyond: tuple[str, str] | None = None

    def owner(self, row: str) -> str:
        if self.beyond is None:
            return f"{row}.{self.column}"
        table, column = self.beyond
        return f"(SELECT {column} FROM {table} WHERE id = {row}.{self.column} LIMIT 1)"

    def operations(self, owner: str) -> str:
        """Those that touched an owner."""
        its = f"= {owner}"
        if self.beyond is not None:
            table, column = self.beyond
            its = f"IN (SELECT id FROM {table} WHERE {column} {its})"
        return f"SELECT operation_id FROM {self.history} WHERE {self.column} {its}"


@dataclass(frozen=True)
class Touches:
    """``kept`` in a table of operations and groups; ``group`` is the column by which ``owners`` belong to one."""

    kept: type[models.Model]
    group: str
    owners: type[models.Model]
    ways: tuple[Way, ...]

    def prepare(self, anew: bool = False) -> None:
        """Make or mend it; run after every migrate. New, broken or asked ``anew``, it is read out of all history."""
        if self._kept not in connection.introspection.table_names() or (not anew and not self.missing()):
            return
        with transaction.atomic():
            if connection.vendor == "postgresql":
                # Nobody writes between the reading and the triggers.
                tables = ", ".join([self._owners, *(way.history for way in self.ways)])
                _do([f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"])
            self.forget()
            _do(self._moved())
            for way in self.ways:
                _do(self._noted(way))
            self.read_anew()

    def missing(self) -> list[str]:
        """Names of the triggers that should be there and are not, or were switched off."""
        if connection.vendor == "postgresql":
            asked = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
        else:
            asked = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        with connection.cursor() as cursor:
            cursor.execute(asked)
            return sorted(set(self._names) - {name for (name,) in cursor.fetchall()})

    def forget(self) -> None:
        """History goes on without it."""
        if connection.vendor == "postgresql":
            _do(f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in self._names)
        else:
            _do(f"DROP TRIGGER IF EXISTS {name}" for name in self._names)

    def read_anew(self) -> None:
        """What all of history says; of owners that are gone, in the group they were in at last."""
        own = self._own.history
        gone = f"(SELECT id, {self._by} FROM {own} WHERE history_type = '-')"
        read = [self._read(way, whose) for way in self.ways for whose in (self._owners, gone)]
        _do([f"DELETE FROM {self._kept}", f"{self._into} {' UNION '.join(read)}"])

    def _read(self, way: Way, whose: str) -> str:
        # Of a million counterparties with twelve values each an index alone gives the pairs.
        each = f"(SELECT DISTINCT h.operation_id, {way.owner('h')} AS owner FROM {way.history} h) each"
        return f"SELECT each.operation_id, whose.{self._by} FROM {each} JOIN {whose} whose ON whose.id = each.owner"

    def _noted(self, way: Way) -> list[str]:
        """An operation writes history: the groups it touched are noted."""
        name, when = self._name(way.history), f"AFTER INSERT ON {way.history}"
        if connection.vendor == "postgresql":
            return _of_postgresql(name, f"{when} REFERENCING NEW TABLE AS come FOR EACH STATEMENT", self._of_many(way))
        # By the row itself where that says it, for the owner may be gone when it is written.
        its = f"new.{self._by}"
        if way != self._own:
            its = f"(SELECT {self._by} FROM {self._owners} WHERE id = {way.owner('new')})"
        # Nearly every row brings no news: asked before the trigger, that costs 0.6 µs a row, and 1.6 within it.
        is_news = self._is_news("new.operation_id", its)
        noted = f"{self._into} SELECT new.operation_id, its FROM (SELECT {its} AS its) WHERE its IS NOT NULL"
        return [f"CREATE TRIGGER {name} {when} WHEN {is_news} BEGIN {noted}; END"]

    def _of_many(self, way: Way) -> str:
        """By all rows of a statement: an import writes sixty thousand values of five thousand.

        Each group is looked up by itself. As a join, what was planned for the import would read all owners for the
        one value that is saved after it (1.5 ms instead of 0.1 at ten thousand).
        """
        each, its = f"(SELECT DISTINCT operation_id, {self._by} AS its FROM come)", "each.its"
        if way != self._own:
            each = f"(SELECT DISTINCT come.operation_id, {way.owner('come')} AS owner FROM come)"
            its = f"(SELECT {self._by} FROM {self._owners} WHERE id = each.owner)"
        found = f"SELECT DISTINCT each.operation_id, {its} AS its FROM {each} each"
        is_news = self._is_news("f.operation_id", "f.its")
        return f"{self._into} SELECT f.operation_id, f.its FROM ({found}) f WHERE f.its IS NOT NULL AND {is_news}"

    def _moved(self) -> list[str]:
        """An owner comes into another group, which every operation that ever touched it has touched from now on."""
        every = " UNION ".join(way.operations("new.id") for way in self.ways)
        found = f"SELECT each.operation_id, new.{self._by} FROM ({every}) each"
        noted = f"{self._into} {found} WHERE {self._is_news('each.operation_id', f'new.{self._by}')}"
        name, when = self._name(self._owners), f"AFTER UPDATE OF {self._by} ON {self._owners}"
        is_other = f"(old.{self._by} <> new.{self._by})"
        if connection.vendor == "postgresql":
            # For each row, for only so it can be told which columns matter: nearly all that is written is not of these.
            return _of_postgresql(name, f"{when} FOR EACH ROW WHEN {is_other}", noted)
        return [f"CREATE TRIGGER {name} {when} WHEN {is_other} BEGIN {noted}; END"]

    def _is_news(self, operation: str, group: str) -> str:
        """It is not noted yet. Two at once may both note it: nobody waits for another, and twice is as good as once."""
        same = f"noted.operation = {operation} AND noted.{self.group} = {group}"
        return f"(SELECT 1 FROM {self._kept} noted WHERE {same} LIMIT 1) IS NULL"

    @property
    def _own(self) -> Way:
        """The history of the owners themselves."""
        return self.ways[0]

    @property
    def _owners(self) -> str:
        return self.owners._meta.db_table

    @property
    def _kept(self) -> str:
        return self.kept._meta.db_table

    @property
    def _by(self) -> str:
        field: Any = self.owners._meta.get_field(self.group)
        return field.column

    @property
    def _into(self) -> str:
        return f"INSERT INTO {self._kept} (operation, {self.group})"

    def _name(self, table: str) -> str:
        return f"{table}_touched"

    @property
    def _names(self) -> list[str]:
        return [self._name(table) for table in (self._owners, *(way.history for way in self.ways))]


def _of_postgresql(name: str, when: str, noted: str) -> list[str]:
    body = f"BEGIN {noted}; RETURN NULL; END"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()",
    ]


def _do(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)
