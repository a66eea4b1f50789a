"""Writing very many rows at once."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

#: From so many rows on PostgreSQL takes them as one stream.
STREAMED = 100


def write_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write rows that were prepared for the database; nobody asks for their ids."""
    quoted, names = connection.ops.quote_name(table), ", ".join(map(connection.ops.quote_name, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and len(rows) >= STREAMED:
            with cursor.copy(f"COPY {quoted} ({names}) FROM STDIN") as stream:
                for row in rows:
                    stream.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {quoted} ({names}) VALUES ({places})", rows)  # noqa: S608


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """So many ids for new rows, in order and nobody else's: rows that bring theirs need not be asked for them.

    Within the transaction that writes them, for an embedded database keeps no other writer out but by that.
    """
    table, key = model._meta.db_table, model._meta.pk.column  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "WITH series AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, %s)::regclass AS name)"
                " SELECT nextval(name) FROM series, generate_series(1, %s)",
                [connection.ops.quote_name(table), key, count],
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
