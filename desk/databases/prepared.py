"""Questions that every page asks, put together once: for most of them that costs more than their answers."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

from .contents import written_ids
from .shown import shown

M = TypeVar("M", bound=Model)

#: In place of a value while the question is put together; nothing in a question is called or counted so.
MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda place: -9_000_001 - place,
    str: lambda place: f"<value {place}>",
    datetime: lambda place: datetime(1001, 1, 1, tzinfo=UTC) + timedelta(days=place),
}


class Prepared:
    """A question that stays the same but for the values it is asked with: numbers, texts, moments.

    ``question`` is said once, as any other, and ends with ``values_list``. Saying it takes Django 0.3 to 1.5 ms of each
    page, its answer a tenth of that.
    """

    def __init__(self, question: Callable[..., QuerySet], *kinds: type) -> None:
        self._question = question
        self._marks = [MARKS[kind](place) for place, kind in enumerate(kinds)]

    def rows(self, *values: Any, where: str = "") -> Sequence[Sequence[Any]]:
        """What ``question(*values)`` answers, read at once. ``where``: a condition, behind one that has none."""
        if self._ready is None:
            return []
        query, sql, said, converters = self._ready
        if said is not None:
            told = dict(zip(map(_given, self._marks), map(_given, values), strict=True))
            said = [told.get(each, each) for each in said]
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(sql + where, said)
            rows = cursor.fetchall()
        # By a compiler of its own, for it belongs to the connection of the thread that asks.
        return list(query.get_compiler(DEFAULT_DB_ALIAS).apply_converters(rows, converters)) if converters else rows

    @cached_property
    def _ready(self) -> tuple[Any, str, Sequence[Any] | None, dict[int, Any]] | None:
        """None where nothing can answer, whatever there is: somebody may view types that nobody carries yet.

        Where there is nothing to put in, the driver is not made to look for places either.
        """
        query = self._question(*self._marks).query
        compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, said = compiler.as_sql()
        except EmptyResultSet:
            return None
        converters = compiler.get_converters([expression for expression, *_named in compiler.select])
        return (query, sql, said, converters) if said else (query, sql % (), None, converters)


def by_ids(model: type[M], ids: Iterable[int]) -> dict[int, M]:
    """The records of these ids, to be shown: what a page of a list points at."""
    key = connections[DEFAULT_DB_ALIAS].ops.quote_name(str(model._meta.pk.column))
    names, every_one = _every_one(model)
    rows = every_one.rows(where=f" WHERE {key} IN ({written_ids(ids)})")
    return {each.pk: each for each in shown(model, names, rows)}


def records(model: type[M], condition: str) -> list[M]:
    """The records that meet a condition, written of columns and ids alone; what is changed of them can be saved."""
    names, every_one = _every_one(model)
    return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in every_one.rows(where=f" WHERE {condition}")]


@cache
def _every_one(model: type[Model]) -> tuple[list[str], Prepared]:
    names = [field.attname for field in model._meta.concrete_fields]
    return names, Prepared(lambda: model._base_manager.order_by().values_list(*names))


def _given(value: Any) -> Any:
    """A value as it goes to the database."""
    if isinstance(value, datetime):
        return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value)
    return value
