"""Writing very many rows at once."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

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
