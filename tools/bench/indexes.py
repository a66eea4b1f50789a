"""Indexes and triggers away while an office is filled, and back afterwards, each as it was."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

Named = list[tuple[str, str]]
#: Indexes of PostgreSQL that no constraint stands on, as statements that make them.
POSTGRESQL = """
    SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND schemaname = current_schema()
    AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u')) ORDER BY tablename, indexname
"""
#: Everything it would be a pity to lose, by its name.
WHOLE_POSTGRESQL = """
    SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = current_schema()
    UNION ALL SELECT tgrelid::regclass || ' ' || tgname, pg_get_triggerdef(oid) || tgenabled::text FROM pg_trigger
    WHERE NOT tgisinternal
    UNION ALL SELECT conrelid::regclass || ' ' || conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = current_schema()::regnamespace
"""
SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = '{sort}' AND tbl_name = %s AND sql IS NOT NULL"
WHOLE_SQLITE = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%%'"


@contextmanager
def away(tables: list[str]) -> Iterator[None]:
    """No index is kept in step row by row; those that guard uniqueness stay.

    On SQLite triggers go too: whoever makes them after every migration finds them missing and makes what they keep
    anew. On PostgreSQL they sleep while the office is filled, and it is the indexes of free search that are found
    missing: where names stand in them is known when all names are there.
    """
    if connection.vendor == "postgresql":
        found, triggers = _asked(POSTGRESQL, [tables]), []
    else:
        found = [each for table in tables for each in _asked(SQLITE.format(sort="index"), [table])]
        triggers = [each for table in tables for each in _asked(SQLITE.format(sort="trigger"), [table])]
    _execute([f'DROP INDEX "{name}"' for name, _sql in found] + [f'DROP TRIGGER "{name}"' for name, _sql in triggers])
    yield
    _execute([sql for _name, sql in found if " USING gin " not in sql])


@contextmanager
def all_there_again() -> Iterator[None]:
    """The office ends with the very indexes, triggers and constraints it began with, or it is no office to measure."""
    whole = WHOLE_POSTGRESQL if connection.vendor == "postgresql" else WHOLE_SQLITE
    before = set(_asked(whole, []))
    yield
    lost, new = before - (after := set(_asked(whole, []))), after - before
    if lost or new:
        raise RuntimeError(f"Lost on the way: {sorted(lost)}; new: {sorted(new)}")


def _asked(sql: str, params: list[object]) -> Named:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
