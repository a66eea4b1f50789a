"""Writing millions of rows quickly: what differs between the databases. Nobody else may be at work in the office."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from counterparties.domain import tallies
from counterparties.models import Counterparty, Value
from desk.databases import prepare_search
from tools.bench.filling import Filler, Table

#: Rows are handed over in one transaction for so many portions.
PORTIONS = 10


def fill(filler: Filler, say: Callable[[str], None]) -> None:
    """All rows, then the indexes in one go, then what the database knows of them."""
    with in_haste(), unindexed([each.name for each in filler.tables], say):
        done = 0
        waiting = filler.portions()
        while done is not None:
            with transaction.atomic():
                for _each in range(PORTIONS):
                    done = next(waiting, None)
                    for table in filler.tables:
                        _write(table)
            if done and done % (PORTIONS * 2_000 * 5) == 0:
                say(f"  {done:,} counterparties")
    say("  search, tallies and statistics")
    prepare_search(Counterparty)
    prepare_search(Value, "text_key")
    tallies.prepare(anew=True)
    finish(filler.tables)


def finish(tables: Iterable[Table]) -> None:
    """The database goes on numbering behind these rows, and knows how many there are."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [each.model for each in tables]):
            cursor.execute(sql)
        cursor.execute("VACUUM ANALYZE" if _is_postgresql() else "ANALYZE")


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def write_all(tables: Iterable[Table]) -> None:
    """What waits in these tables goes into the database, whole."""
    with transaction.atomic():
        for table in tables:
            _write(table)


def _write(table: Table) -> None:
    if not table.rows:
        return
    columns = ", ".join(f'"{each}"' for each in table.columns)
    with connection.cursor() as cursor:
        if _is_postgresql():
            with cursor.cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
                for row in table.rows:
                    copy.write_row(row)
        else:
            places = ", ".join("?" * len(table.columns))
            connection.connection.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', table.rows)
    table.rows.clear()


@contextmanager
def in_haste() -> Iterator[None]:
    """Nothing of a half built office has to survive, so nothing is waited for."""
    if _is_postgresql():
        hasty = ["SET session_replication_role = replica", "SET maintenance_work_mem = '512MB'"]
        hasty += ["SET synchronous_commit = off", "SET statement_timeout = 0"]
        after = ["SET session_replication_role = origin"]
    else:
        hasty = ["PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -500000"]
        after = ["PRAGMA foreign_keys = ON", "PRAGMA wal_checkpoint(TRUNCATE)"]
    _execute(hasty)
    yield
    _execute(after)


@contextmanager
def unindexed(tables: list[str], say: Callable[[str], None]) -> Iterator[None]:
    """Indexes and triggers away, and back when the rows are there; those that guard uniqueness stay."""
    find = _indexes_of_postgresql if _is_postgresql() else _indexes_of_sqlite
    indexes = [each for table in tables for each in find(table)]
    _execute([f'DROP INDEX "{name}"' for name, _sql in indexes])
    if not _is_postgresql():
        _execute([f'DROP TRIGGER "{name}"' for table in tables for name in _triggers_of_sqlite(table)])
    yield
    say(f"  {len(indexes)} indexes")
    _execute([sql for _name, sql in indexes])


def _indexes_of_postgresql(table: str) -> list[tuple[Any, ...]]:
    return _asked(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND schemaname = current_schema()"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))",
        [table],
    )


def _indexes_of_sqlite(table: str) -> list[tuple[Any, ...]]:
    return _asked(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL", [table]
    )


def _triggers_of_sqlite(table: str) -> list[str]:
    rows = _asked("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
    return [name for (name,) in rows]


def _asked(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _execute(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
