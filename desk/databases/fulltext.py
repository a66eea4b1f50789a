"""The full-text indexes of SQLite, kept in step with their columns by triggers."""

# ruff: noqa: S608 -- the names put into statements are our own models'

from collections.abc import Iterable, Iterator

from django.db import connection, models, transaction

#: Name, occasion and act.
Trigger = tuple[str, str, str]


class FullText:
    """What FTS5 knows of a column, word by piece; of one that may be empty only what is said."""

    #: By which text its rows stand in order; by none their ids do.
    order = ""

    def __init__(self, model: type[models.Model], column: str = "search") -> None:
        meta = model._meta
        self.model, self.table, self.column, self.name = model, meta.db_table, column, f"{meta.db_table}_{column}"
        self.is_partial = meta.get_field(column).null

    @property
    def found(self) -> tuple[str, str]:
        """What a statement reads of it, and the id of the row that it has come to."""
        return self.name, f"{self.name}.rowid"

    def prepare(self, anew: bool = False) -> bool:
        """Make or mend it; harmless when all is well. Whether all was read, as it is when asked for ``anew``."""
        with transaction.atomic():
            if self.missing():
                self.make()
            elif anew:
                self.read_anew()
            else:
                return False
        return True

    def missing(self) -> list[str]:
        """Names of triggers and tables that should be there and are not."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'table')")
            there = {name for (name,) in cursor.fetchall()}
        return sorted({self.name, *(name for name, _when, _act in self.triggers())} - there)

    def make(self) -> None:
        """SQLite drops triggers when a migration rebuilds the table: what was written meanwhile is read again."""
        kept = f"content='{self.table}', content_rowid='id'"
        self.put_up("content='', columnsize=0" if self.is_partial else kept)

    def put_up(self, kept: str) -> None:
        """Table and triggers, and everything is read."""
        made = f"fts5({self.column}, {kept}, tokenize='trigram case_sensitive 1')"
        do([f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.name} USING {made}"])
        self.watch()
        self.read_anew()

    def watch(self) -> None:
        for name, when, act in self.triggers():
            do([f"DROP TRIGGER IF EXISTS {name}", f"CREATE TRIGGER {name} AFTER {when} BEGIN {act} END"])

    def triggers(self) -> Iterator[Trigger]:
        drop, put = self.drop("old.id"), self.put("new.id")
        yield f"{self.name}_added", f"INSERT ON {self.table}", put
        yield f"{self.name}_removed", f"DELETE ON {self.table}", drop
        yield f"{self.name}_changed", f"UPDATE OF {self.column} ON {self.table}", drop + put

    def read_anew(self) -> None:
        read = f"SELECT id, {self.column} FROM {self.table}{self.said()}"
        do([f"{self.emptied}", f"INSERT INTO {self.name}(rowid, {self.column}) {read}"])

    @property
    def emptied(self) -> str:
        return f"INSERT INTO {self.name}({self.name}) VALUES ('delete-all')"

    def drop(self, number: str) -> str:
        """What the row said until now is found no more."""
        into = f"INSERT INTO {self.name}({self.name}, rowid, {self.column})"
        return f"{into} SELECT 'delete', {number}, old.{self.column}{self.said('old.')};"

    def put(self, number: str) -> str:
        """What the row says is found under this number."""
        return f"INSERT INTO {self.name}(rowid, {self.column}) SELECT {number}, new.{self.column}{self.said('new.')};"

    def said(self, whose: str = "") -> str:
        return f" WHERE {whose}{self.column} IS NOT NULL" if self.is_partial else ""


def do(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)
