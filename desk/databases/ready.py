"""Values as the database takes them, by one converter for each column, made once for all its values."""

from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models

from desk import text
from desk.fields import KeyField, Line, Lines

#: What is ready as it is, by the field itself: a field that inherits from these may do more with it.
READY: dict[type, type] = {
    **dict.fromkeys((models.CharField, models.TextField, KeyField), str),
    **dict.fromkeys((models.AutoField, models.BigAutoField, models.IntegerField, models.BigIntegerField), int),
    **dict.fromkeys((models.PositiveSmallIntegerField, models.PositiveIntegerField), int),
    models.PositiveBigIntegerField: int,
    models.BooleanField: bool,
}
CLEANED: dict[type, Callable[[str], str]] = {Line: text.clean, Lines: partial(text.clean, lines=True)}


def converter(field: Any) -> Callable[[Any], Any]:
    """Makes of a value what ``get_db_prep_save`` makes of it, which costs ten times as much where it changes nothing.

    It belongs to the connection of the thread that asks for it: make it, use it up, keep it nowhere.
    """
    # The one connection itself: looking it up behind its proxy costs more than most conversions.
    otherwise = partial(field.get_db_prep_save, connection=connections[DEFAULT_DB_ALIAS])
    while field.is_relation:
        field = field.target_field
    if clean := CLEANED.get(type(field)):
        return lambda value: clean(value) if type(value) is str else None if value is None else otherwise(value)
    kind = READY.get(type(field))
    return lambda value: value if value is None or type(value) is kind else otherwise(value)


def row_maker(fields: Sequence[Any]) -> Callable[[Any], list[Any]]:
    """Makes of a record what saving it would write into these columns, in their order."""
    converters = [converter(field) for field in fields]
    # The first is named twice, for one name alone would give its value instead of a row.
    said = attrgetter(fields[0].attname, *[field.attname for field in fields])
    return lambda record: [convert(value) for convert, value in zip(converters, said(record)[1:], strict=True)]
