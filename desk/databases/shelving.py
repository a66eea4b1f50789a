"""Shelves are made for the names that are there, and made anew when there are many more."""

# ruff: noqa: S608 -- the names put into statements are our own models'

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from .shelves import NUMBERS, SHELVES, Shelves

#: In a smaller office all hits of a search are soon read; there one shelf serves for all names.
WORTH_IT = 20_000
#: Shelves are made anew for more than so many times as many names.
GROWN = 4
#: So many names tell where all of them stand.
ASKED = 50_000
#: The beginning of a name that tells its shelf, as something of one length: else PostgreSQL passes all bounds one by
#: one for each name (0.8 µs so, and 3).
BEGINNING = '(left({} COLLATE "C", 15)::name COLLATE "C")'
KEYS = ", ".join(f"beginning + (number >> {level})" for level in range(SHELVES.bit_length()))
BODY = (
    f"DECLARE number bigint := {SHELVES} + width_bucket({BEGINNING.format('name')}, %L::name[]);"
    f" beginning CONSTANT bigint := %s::bigint * {NUMBERS}; BEGIN RETURN ARRAY[{KEYS}]; END"
)


def put_on_shelves(shelves: Shelves) -> None:
    """Make the index in which hits are found by where their names stand; anew where the office has outgrown it.

    Nobody waits for that: the older one serves until the new one stands. Where somebody else is at it, it is theirs.
    SQLite has none.
    """
    if connection.vendor == "sqlite":
        return
    names, made_for = _told(f"SELECT COUNT(*) FROM {shelves.table}"), _made_for(shelves)
    if made_for is not None and names <= max(made_for * GROWN, WORTH_IT):
        return
    with _alone(shelves) as is_alone:
        if is_alone:
            _make(shelves, names if names > WORTH_IT else 0)


def _made_for(shelves: Shelves) -> int | None:
    """How many names there were; 0 where one shelf serves for all, None where there is none."""
    if not _stands(f"to_regproc('{shelves.function}')") or not _stands(f"to_regclass('{shelves.index}')"):
        return None
    return _told(f"SELECT {shelves.shelf('%s')} / {NUMBERS}", [""])


def _make(shelves: Shelves, names: int) -> None:
    """The new ones beside the old, then in their place, so that a page meets either."""
    index, function = shelves.index, shelves.function
    _clear(shelves)
    _execute(_told(*_function(shelves, f"{function}_new", names)))
    # Where none serves meanwhile it is made in half the time.
    quietly = _quietly() if _stands(f"to_regclass('{index}')") else ""
    _execute(
        f"CREATE INDEX {quietly} {index}_new ON {shelves.table}"
        f" USING gin ({shelves.column} gin_trgm_ops, {function}_new({shelves.by}))"
    )
    with transaction.atomic():
        if _stands(f"to_regproc('{function}')"):
            _execute(f"ALTER FUNCTION {function} RENAME TO {function}_old")
        _execute(f"ALTER INDEX IF EXISTS {index} RENAME TO {index}_old")
        _execute(f"ALTER FUNCTION {function}_new RENAME TO {function}")
        _execute(f"ALTER INDEX {index}_new RENAME TO {index}")
    _clear(shelves)


def _function(shelves: Shelves, name: str, names: int) -> tuple[str, list[Any]]:
    """A question for the statement that makes the function: it is the database that quotes the names it found."""
    parts = ", ".join(str(number / SHELVES) for number in range(1, SHELVES))
    bounds = (
        f"SELECT percentile_disc(ARRAY[{parts}]) WITHIN GROUP (ORDER BY {BEGINNING.format(shelves.by)})"
        f" FROM {shelves.table} TABLESAMPLE SYSTEM (LEAST(100, 100.0 * {ASKED} / {max(names, 1)}))"
    )
    statement = f"CREATE FUNCTION {name}(name text) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS %L"
    # Without shelves there is no bound between them.
    told = f"COALESCE(({bounds} WHERE {names} > 0), '{{}}')"
    return f"SELECT format(%s, format(%s, {told}, {names}))", [statement, BODY]


def _clear(shelves: Shelves) -> None:
    """What is in use no more, or was left half made."""
    for ending in ("_old", "_new"):
        _execute(f"DROP INDEX {_quietly()} IF EXISTS {shelves.index}{ending}")
        _execute(f"DROP FUNCTION IF EXISTS {shelves.function}{ending}")


def _quietly() -> str:
    """Readers and writers go on meanwhile."""
    return "" if connection.in_atomic_block else "CONCURRENTLY"


@contextmanager
def _alone(shelves: Shelves) -> Iterator[bool]:
    """However long it takes, and nobody else is at it."""
    lock = f"hashtext('{shelves.function}')"
    is_alone = _told(f"SELECT pg_try_advisory_lock({lock})")
    if not is_alone:
        yield False
        return
    for limit in ("statement_timeout", "lock_timeout"):
        _execute(f"SET {limit} = 0")
    try:
        yield True
    finally:
        for limit in ("statement_timeout", "lock_timeout"):
            _execute(f"RESET {limit}")
        _told(f"SELECT pg_advisory_unlock({lock})")


def _stands(name: str) -> bool:
    return _told(f"SELECT {name} IS NOT NULL")


def _told(sql: str, given: list[Any] | None = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()[0]


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
