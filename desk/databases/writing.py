"""Writing very many rows at once."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

#: From so many rows on they are handed over in one go.
STREAMED = 100


def write_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows that were prepared for the database; nobody asks for their ids."""
    if len(rows) < STREAMED:
        _insert(table, columns, rows)
    elif connection.vendor == "postgresql":
        _stream(table, columns, rows)
    else:
        _take_over(table, columns, rows)


def _insert(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_quoted(table)} ({_listed(columns)}) VALUES ({places})", rows)


def _stream(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {_quoted(table)} ({_listed(columns)}) FROM STDIN") as stream,
    ):
        for row in rows:
            stream.write_row(row)


def _take_over(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    names = _listed(columns)
    with _beside(table, columns, rows) as beside, connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_quoted(table)} ({names}) SELECT {names} FROM {beside}")


def update_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, is_claimed: bool = False) -> int:
    """Write these columns of rows, each of which ends with its id; tells how many there were.

    One that is claimed ends with its version too: it must still have it, and gets the next one.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" or len(rows) < STREAMED:
            statement = update_of_one(table, columns, is_claimed=is_claimed)
            if len(rows) == 1:
                # PostgreSQL is handed many as a train; around one alone that takes longer than itself (0.24 ms, 0.08).
                cursor.execute(statement, rows[0])
            else:
                cursor.executemany(statement, rows)
            return cursor.rowcount
        target, keys, more = _claiming(table, is_claimed)
        with _beside(table, [*columns, *keys], rows) as beside:
            sets = ", ".join([*(f"{_quoted(each)} = given.{_quoted(each)}" for each in columns), *more])
            # By the plus each of them is looked up in the table, and not the other way round.
            which = " AND ".join(f"{target}.{key} = +given.{key}" for key in keys)
            cursor.execute(f"UPDATE {target} SET {sets} FROM {beside} AS given WHERE {which}")
            return cursor.rowcount


def update_of_one(table: str, columns: Sequence[str], *, is_claimed: bool = False) -> str:
    """The statement that writes one of these rows."""
    target, keys, more = _claiming(table, is_claimed)
    sets = ", ".join([*(f"{_quoted(each)} = %s" for each in columns), *more])
    return f"UPDATE {target} SET {sets} WHERE {' AND '.join(f'{key} = %s' for key in keys)}"


def _claiming(table: str, is_claimed: bool) -> tuple[str, list[str], list[str]]:
    """The table, what a row is found by, and what is set besides its columns."""
    target = _quoted(table)
    return (target, ["id", "version"], [f"version = {target}.version + 1"]) if is_claimed else (target, ["id"], [])


@contextmanager
def _beside(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    """SQLite takes many rows from a table beside, in one statement.

    After each statement its search index writes down what it has gathered: by 60,000 statements texts are written in
    1.6 s, by one in 0.4. The table beside stays, empty: none can go while anything is being read.
    """
    name = f"rows_of_{table}"
    beside = f"temp.{_quoted(name)}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {_quoted(name)} AS SELECT * FROM {_quoted(table)} WHERE 0")
        try:
            _insert(name, columns, rows)
            yield beside
        finally:
            cursor.execute(f"DELETE FROM {beside}")


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """So many ids for new rows, in order and nobody else's: rows that bring theirs need not be asked for them.

    Within the transaction that writes them, and written before more are taken: an embedded database has one writer, and
    counts what is there.
    """
    table, key = model._meta.db_table, model._meta.pk.column  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "WITH series AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, %s)::regclass AS name)"
                " SELECT nextval(name) FROM series, generate_series(1, %s)",
                [_quoted(table), key, count],
            )
            return [pk for (pk,) in cursor.fetchall()]
        # An id is never given twice, not even that of a row that is gone.
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
        return list(range(last + 1, last + 1 + count))


def one_of(ids: Iterable[int]) -> tuple[str, Any]:
    """The end of a condition on ids and its one parameter, however many they are."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", list(ids)
    return "IN (SELECT value FROM json_each(%s))", json.dumps(list(ids))
