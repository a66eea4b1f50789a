"""Writing many counterparties at once, with the same rows, keys and history that saving them one by one would leave."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
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
    rows = _insert_new(Counterparty, counterparties)
    # Every database gives ids in its own way; all of them answer by a unique key.
    keys = [each.code_key for each in counterparties]
    ids = dict(Counterparty.objects.filter(code_key__in=keys).values_list("code_key", "pk"))
    for each in counterparties:
        each.pk = ids[each.code_key]
    _remember_new(Counterparty, counterparties, rows)


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
    _add_values(new)
    changes: dict[tuple[str, ...], list[Value]] = defaultdict(list)
    for value in changed:
        changes[tuple(value.changed_fields())].append(value)
    for columns, those in changes.items():
        _update(Value, columns, those)
    remember(Value, changed, "~")


def _add_values(new: Sequence[Value]) -> None:
    rows = _insert_new(Value, new)
    places = {(each.counterparty_id, each.characteristic_id, each.place): each for each in new}
    stored = Value.objects.filter(counterparty__in={each.counterparty_id for each in new})
    for pk, counterparty, characteristic, place in stored.values_list("pk", "counterparty", "characteristic", "place"):
        if found := places.get((counterparty, characteristic, place)):
            found.pk = pk
    _remember_new(Value, new, rows)


def _insert_new(model: type[models.Model], records: Sequence[Any]) -> list[list[Any]]:
    """Write new records without asking for their ids; gives what was written, column by column."""
    fields = _columns(model)
    rows = [_prepared(fields, [field.pre_save(each, True) for field in fields]) for each in records]
    _insert(model, fields, rows)
    return rows


def _columns(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _remember_new(model: Any, records: Sequence[Any], rows: list[list[Any]]) -> None:
    """Their first rows of history, out of what was written already."""
    history = model.history.model
    recorded = {field.name for field in history.tracked_fields}
    kept = [place for place, field in enumerate(_columns(model)) if field.name in recorded]
    fields = [history._meta.get_field(_columns(model)[place].name) for place in kept]
    fields += [history._meta.get_field(model._meta.pk.name), *_about_fields(history)]
    told = _about(history, "+") if records else []
    _insert(
        history,
        fields,
        [[*map(row.__getitem__, kept), each.pk, *told] for each, row in zip(records, rows, strict=True)],
    )


def remember(model: Any, records: Sequence[models.Model], sort: str) -> None:
    """The rows of history that ``save`` would have written for these records."""
    if not records:
        return
    history = model.history.model
    fields: list[Any] = [history._meta.get_field(field.name) for field in history.tracked_fields]
    told = _about(history, sort)
    rows = [[*_prepared(fields, [getattr(each, field.attname) for field in fields]), *told] for each in records]
    _insert(history, [*fields, *_about_fields(history)], rows)


#: What a row of history says besides the record's own fields.
ABOUT = ("history_date", "history_change_reason", "history_type", "history_user", "operation")


def _about_fields(history: Any) -> list[Any]:
    return [history._meta.get_field(name) for name in ABOUT]


def _about(history: Any, sort: str) -> list[Any]:
    user = person_at_work()
    return _prepared(_about_fields(history), [timezone.now(), None, sort, user and user.pk, operation_id()])


def _prepared(fields: Iterable[Any], values: Iterable[Any]) -> list[Any]:
    return [
        None if value is None else field.get_db_prep_save(value, connection)
        for field, value in zip(fields, values, strict=True)
    ]


def _insert(model: type[models.Model], fields: Sequence[Any], rows: list[list[Any]]) -> None:
    if not rows:
        return
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
