"""Writing many counterparties at once, with the same rows, keys and history that saving them one by one would leave."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.utils import timezone

from counterparties.models import Counterparty, Value
from desk.models import Stale
from trail.history import operation_id, person_at_work

#: Follow from other columns: a change of these alone is no change.
DERIVED = {"text_key", "text_sort"}


def add(counterparties: Sequence[Counterparty]) -> None:
    """New counterparties; they have their ids afterwards."""
    for each in counterparties:
        each.derive()
    Counterparty.objects.bulk_create(counterparties)
    remember(Counterparty, counterparties, "+")


def change(counterparties: Sequence[Counterparty], touched: Iterable[Counterparty]) -> None:
    """Keep changed facts. Each counterparty that was ``touched``, be it in its values only, is claimed."""
    changes: dict[tuple[str, ...], list[Counterparty]] = defaultdict(list)
    changed = {each.pk for each in counterparties}
    for each in counterparties:
        each.derive()
    for each in touched:
        columns = each.changed_fields() if each.pk in changed else []
        changes[tuple(name for name in columns if name != "version")].append(each)
    for columns, those in changes.items():
        _update(Counterparty, columns, those, version=True)
    remember(Counterparty, counterparties, "~")


def answer(new: Sequence[Value], changed: Sequence[Value], gone: Sequence[Value]) -> None:
    """New, changed and forgotten values."""
    for each in (*new, *changed):
        each.derive()
    # Deleting tells the history by itself.
    if gone:
        Value.objects.filter(pk__in=[each.pk for each in gone]).delete()
    Value.objects.bulk_create(new)
    remember(Value, new, "+")
    changes: dict[tuple[str, ...], list[Value]] = defaultdict(list)
    for each in changed:
        changes[tuple(each.changed_fields())].append(each)
    for columns, those in changes.items():
        _update(Value, columns, those)
    remember(Value, changed, "~")


def remember(model: type[models.Model], records: Sequence[models.Model], sort: str) -> None:
    """The rows of history that ``save`` would have written for these records."""
    if not records:
        return
    history = model.history.model
    fields = [history._meta.get_field(field.name) for field in history.tracked_fields]
    about = [history._meta.get_field(name) for name in ABOUT]
    told = _prepared(about, _about(sort, timezone.now()))
    rows = [[*_prepared(fields, [getattr(each, field.attname) for field in fields]), *told] for each in records]
    _insert(history, [*fields, *about], rows)


#: What a row of history says besides the record's own fields.
ABOUT = ("history_date", "history_change_reason", "history_type", "history_user", "operation")


def _about(sort: str, moment: datetime) -> list[Any]:
    user = person_at_work()
    return [moment, None, sort, user and user.pk, operation_id()]


def _prepared(fields: Iterable[models.Field], values: Iterable[Any]) -> list[Any]:
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]


def _insert(model: type[models.Model], fields: Sequence[models.Field], rows: list[list[Any]]) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})", rows)  # noqa: S608


def _update(
    model: type[models.Model], names: Sequence[str], records: Sequence[models.Model], *, version: bool = False
) -> None:
    """One statement for all that changed in the same columns; with ``version`` each row is claimed as it was read."""
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in names]
    sets = [f"{quote(field.column)} = %s" for field in fields]
    rows = [[*_prepared(fields, [getattr(each, field.attname) for field in fields]), each.pk] for each in records]
    where = "id = %s"
    if version:
        sets.append("version = version + 1")
        where += " AND version = %s"
        rows = [[*row, each.version] for row, each in zip(rows, records, strict=True)]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {', '.join(sets)} WHERE {where}", rows)  # noqa: S608
        if cursor.rowcount != len(rows):
            raise Stale(records[0])
