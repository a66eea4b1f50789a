"""A card written at once: its version is claimed, and what changed of it and its answers is told in history.

PostgreSQL takes it as one statement, the operation included: 1 ms where four statements take 2, and a third of what
they cost this side's processor. SQLite writes in no statement that asks, and has each of them done in 0.03 ms.
"""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection

from desk.databases.ready import row_maker
from desk.databases.writing import update_of_one
from desk.models import Stale
from trail.domain.in_bulk import Changes, about_fields, when_and_who
from trail.history import Act, entry, under_way
from trail.models import Operation

#: Twenty changed texts take as long at once as one after another, forty a third longer: so much is planned then.
MOST = 20
#: So many statements are kept as they were put together.
KEPT = 200


def write(*those: Changes) -> None:
    """Stale where one of them is gone or was claimed by somebody else; if that is the first, nothing was written."""
    rows = [row for each in those for row in _rows(each)]
    if rows and connection.vendor == "postgresql" and len(rows) <= MOST:
        _write(rows)
        return
    for each in those:
        each.write()


@dataclass(frozen=True)
class Shape:
    """What is written of one row, but for what is written."""

    model: Any
    names: tuple[str, ...]
    is_claimed: bool
    is_remembered: bool

    @property
    def columns(self) -> list[str]:
        return [self.model._meta.get_field(name).column for name in self.names]


def _rows(changes: Changes) -> Iterator[tuple[Shape, list[Any]]]:
    remembered = set(changes.remembered)
    for names, rows in changes.rows.items():
        for row in rows:
            yield Shape(changes.model, names, changes.is_claimed, row[len(names)] in remembered), row


def _write(rows: Sequence[tuple[Shape, list[Any]]]) -> None:
    act = under_way.get() or Act("system")
    shapes = tuple(shape for shape, _row in rows)
    # An operation is written down with its first recorded change.
    begins = act.row is None and any(each.is_remembered for each in shapes)
    given: list[Any] = []
    for number, (shape, row) in enumerate(rows):
        given += row
        if not number:
            given += row_maker(_of_operation())(entry(act)) if begins else [act.row]
        if shape.is_remembered:
            given += when_and_who(shape.model.history.model, "~")
    with connection.cursor() as cursor:
        cursor.execute(_statement(shapes, begins), given)
        act.row, *written = cursor.fetchone()
    for (shape, row), is_written in zip(rows, written, strict=True):
        if not is_written:
            raise Stale(shape.model(pk=row[len(shape.names)]))


@lru_cache(KEPT)
def _statement(shapes: tuple[Shape, ...], begins: bool) -> str:
    """Each row is a part of it, and its history another; none is written unless the first one is."""
    parts: list[str] = []
    for number, shape in enumerate(shapes):
        history = shape.model.history.model
        own = _listed(history.tracked_fields) if shape.is_remembered else "id"
        update = update_of_one(shape.model._meta.db_table, shape.columns, is_claimed=shape.is_claimed)
        waits = " AND EXISTS (SELECT FROM row_0)" if number else ""
        parts.append(f"row_{number} AS ({update}{waits} RETURNING {own})")
        if not number:
            parts.append(f"act AS ({_operation() if begins else 'SELECT %s AS id'})")
        if shape.is_remembered:
            into = f"{_quoted(history._meta.db_table)} ({own}, {_listed(about_fields(history))})"
            told = f"INSERT INTO {into} SELECT {own}, %s, %s, %s, %s, (SELECT act.id FROM act) FROM row_{number}"
            parts.append(f"history_{number} AS ({told})")
    written = ", ".join(f"EXISTS (SELECT FROM row_{number})" for number in range(len(shapes)))
    return f"WITH {', '.join(parts)} SELECT (SELECT act.id FROM act), {written}"


def _operation() -> str:
    fields = _of_operation()
    into = f"{_quoted(Operation._meta.db_table)} ({_listed(fields)})"
    return f"INSERT INTO {into} SELECT {', '.join(['%s'] * len(fields))} FROM row_0 RETURNING id"


def _of_operation() -> list[Any]:
    return [each for each in Operation._meta.concrete_fields if not each.primary_key]


def _listed(fields: Iterable[Any]) -> str:
    return ", ".join(_quoted(each.column) for each in fields)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
