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
        names = each.changed_fields() if each.pk in changed else []
        changes[tuple(name for name in names if name != "version")].append(each)
    for columns, those in changes.items():
        _update(Counterparty, columns, those, is_claimed=True)
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
    for value in changed:
        changes[tuple(value.changed_fields())].append(value)
    for columns, those in changes.items():
        _update(Value, columns, those)
    remember(Value, changed, "~")


def remember(model: type[models.Model], records: Sequence[models.Model], sort: str) -> None:
    """The rows of history that ``save`` would have written for these records."""
    if not records:
        return
    history = model.history.model
    fields: list[Any] = [history._meta.get_field(field.name) for field in history.tracked_fields]
    about: list[Any] = [history._meta.get_field(name) for name in ABOUT]
    told = _prepared(about, _about(sort, timezone.now()))
    rows = [[*_prepared(fields, [getattr(each, field.attname) for field in fields]), *told] for each in records]
    _insert(history, [*fields, *about], rows)


#: What a row of history says besides the record's own fields.
ABOUT = ("history_date", "history_change_reason", "history_type", "history_user", "operation")


def _about(sort: str, moment: datetime) -> list[Any]:
    user = person_at_work()
    return [moment, None, sort, user and user.pk, operation_id()]


def _prepared(fields: Iterable[Any], values: Iterable[Any]) -> list[Any]:
    return [field.get_db_prep_save(value, connection) for field, value in zip(fields, values, strict=True)]


def _insert(model: type[models.Model], fields: Sequence[Any], rows: list[list[Any]]) -> None:
    columns = ", ".join(_quoted(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({places})", rows)  # noqa: S608


def _update(
    model: type[models.Model], names: Sequence[str], records: Sequence[models.Model], *, is_claimed: bool = False
) -> None:
    """Write these columns of these records; a claimed one must still have the version it was read with."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    sets, where = [f"{_quoted(field.column)} = %s" for field in fields], "id = %s"
    rows = [[*_prepared(fields, [getattr(each, field.attname) for field in fields]), each.pk] for each in records]
    if is_claimed:
        sets.append("version = version + 1")
        where += " AND version = %s"
        for row, each in zip(rows, records, strict=True):
            row.append(each.version)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {_quoted(model._meta.db_table)} SET {', '.join(sets)} WHERE {where}", rows)  # noqa: S608
        if cursor.rowcount != len(rows):
            raise Stale(records[0])


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
