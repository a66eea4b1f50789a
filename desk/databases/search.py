"""What free search stands on in either database, and what the database knows of its own rows."""

# ruff: noqa: S608 -- the names put into statements are our own models'

from django.db import connection, models, transaction

from .shelves import Shelves
from .shelving import put_on_shelves


def count_anew() -> None:
    """Let the database count what it holds, or it takes a new index for better than any it knows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def prepare_search(model: type[models.Model], column: str = "search", shelves: Shelves | None = None) -> None:
    """Make or mend what free search stands on; run after every migrate, harmless when all is there.

    Of a column that may be empty only what is said is kept there. ``shelves``: PostgreSQL's index knows them as well.
    """
    table, is_partial = model._meta.db_table, model._meta.get_field(column).null
    said = f" WHERE {column} IS NOT NULL" if is_partial else ""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            if not shelves:
                index = f"{table}_{column}_trgm ON {table} USING gin ({column} gin_trgm_ops){said}"
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {index}")
        if shelves:
            put_on_shelves(shelves)
        return
    with transaction.atomic(), connection.cursor() as cursor:
        if not search_triggers_missing(model, column):
            return
        fts = f"{table}_{column}"
        kept = "content='', columnsize=0" if is_partial else f"content='{table}', content_rowid='id'"
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {fts} USING fts5"
            f"({column}, {kept}, tokenize='trigram case_sensitive 1')"
        )
        old, new = (f" WHERE {row}.{column} IS NOT NULL" if is_partial else "" for row in ("old", "new"))
        drop = f"INSERT INTO {fts}({fts}, rowid, {column}) SELECT 'delete', old.id, old.{column}{old};"
        put = f"INSERT INTO {fts}(rowid, {column}) SELECT new.id, new.{column}{new};"
        for name, when, act in (
            (f"{fts}_added", "INSERT", put),
            (f"{fts}_removed", "DELETE", drop),
            (f"{fts}_changed", f"UPDATE OF {column}", drop + put),
        ):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN {act} END")
        # SQLite drops triggers when a migration rebuilds the table: what was written meanwhile is read again.
        cursor.execute(f"INSERT INTO {fts}({fts}) VALUES ('delete-all')")
        cursor.execute(f"INSERT INTO {fts}(rowid, {column}) SELECT id, {column} FROM {table}{said}")


def search_triggers_missing(model: type[models.Model], column: str = "search") -> list[str]:
    """Names of the search triggers that SQLite should have and has not; always empty on PostgreSQL."""
    if connection.vendor == "postgresql":
        return []
    fts = f"{model._meta.db_table}_{column}"
    wanted = {f"{fts}_added", f"{fts}_removed", f"{fts}_changed"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [model._meta.db_table]
        )
        return sorted(wanted - {name for (name,) in cursor.fetchall()})
