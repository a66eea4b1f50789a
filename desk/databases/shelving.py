"""Shelves are made for the names that are there, and made anew when there are many more."""

# ruff: noqa: S608 -- the names put into statements are our own models'

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from .shelf_functions import functions
from .shelves import LETTERS, NUMBERS, Shelves

#: In a smaller office all hits of a search are soon read; there one shelf serves for all names.
WORTH_IT = 20_000
#: Shelves are made anew for more than so many times as many names.
GROWN = 4


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
    if not all(_stands(each) for _sort, _name, each in _parts(shelves)):
        return None
    return _told(f"SELECT {shelves.shelf('%s')} / {LETTERS * NUMBERS}", [""])


def _make(shelves: Shelves, names: int) -> None:
    """The new ones beside the old, then in their place, so that a page meets either."""
    _clear(shelves)
    for each in _told(*functions(shelves, "_new", names)):
        _execute(each)
    for index, keys in _indexes(shelves, "_new").items():
        # Where none serves meanwhile it is made in half the time.
        quietly = _quietly() if _stands(f"to_regclass('{index}')") else ""
        _execute(f"CREATE INDEX {quietly} {index}_new ON {shelves.table} USING gin {keys}")
    with transaction.atomic():
        for sort, name, standing in _parts(shelves):
            if _stands(standing):
                _execute(f"ALTER {sort} {name} RENAME TO {name}_old")
            _execute(f"ALTER {sort} {name}_new RENAME TO {name}")
    _clear(shelves)


def _parts(shelves: Shelves) -> list[tuple[str, str, str]]:
    """The sort and name of each, and where it is to be looked for."""
    functions = [("FUNCTION", name, f"to_regproc('{name}')") for name in shelves.functions]
    return functions + [("INDEX", name, f"to_regclass('{name}')") for name in _indexes(shelves, "")]


def _indexes(shelves: Shelves, ending: str) -> dict[str, str]:
    """What each of them holds, told by functions that end so.

    What very many say is written down at once: every shelf that is looked at would pass all that waits to be.
    """
    words = f"({shelves.column} gin_trgm_ops, {shelves.keys}{ending}({shelves.by}, {shelves.column}))"
    often = f"({shelves.often}{ending}({shelves.by}, {shelves.column})) WITH (fastupdate = off)"
    return {shelves.index: words, shelves.index_of_often: often}


def _clear(shelves: Shelves) -> None:
    """What is in use no more, or was left half made."""
    for ending in ("_old", "_new"):
        for index in _indexes(shelves, ending):
            _execute(f"DROP INDEX {_quietly()} IF EXISTS {index}{ending}")
        for function in shelves.functions:
            _execute(f"DROP FUNCTION IF EXISTS {function}{ending}")


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
