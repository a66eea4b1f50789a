"""Writing many counterparties at once, with the same rows, keys and history that saving them one by one would leave."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from counterparties.domain import log_ins
from counterparties.models import Counterparty, Value
from counterparties.models.counterparty import KEYED
from trail.domain import in_bulk
from trail.history import person_at_work


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
    on_log_ins: set[int] = set()
    for each in counterparties:
        # Keys cost more than all the rest, and a new status leaves them as they are.
        if KEYED.intersection(each.changed_fields()):
            each.derive()
    for each in touched:
        names = each.changed_fields() if each.pk in changed else []
        if log_ins.DEPENDS_ON.intersection(names):
            on_log_ins.add(each.pk)
        changes[tuple(name for name in names if name != "version")].append(each)
    for columns, those in changes.items():
        in_bulk.update(columns, those, is_claimed=True)
    in_bulk.remember_stored(counterparties, "~")
    log_ins.follow([each for each in counterparties if each.pk in on_log_ins], by=person_at_work())


def answer(new: Sequence[Value], changed: Sequence[Value], gone: Sequence[Value]) -> None:
    """New, changed and forgotten values."""
    for each in (*new, *changed):
        each.derive()
    if gone:
        in_bulk.remove(gone)
    _add_values(new)
    in_bulk.change(changed)


def _add_values(new: Sequence[Value]) -> None:
    rows = _insert_new(Value, new)
    places = {(each.counterparty_id, each.characteristic_id, each.place): each for each in new}
    asked = {each.characteristic_id for each in new}
    stored = Value.objects.filter(counterparty__in={each.counterparty_id for each in new}, characteristic__in=asked)
    for pk, counterparty, characteristic, place in stored.values_list("pk", "counterparty", "characteristic", "place"):
        if found := places.get((counterparty, characteristic, place)):
            found.pk = pk
    _remember_new(Value, new, rows)


def _insert_new(model: type[models.Model], records: Sequence[Any]) -> list[list[Any]]:
    """Write new records without asking for their ids; gives what was written, column by column."""
    fields = _columns(model)
    rows = [in_bulk.prepared(fields, [field.pre_save(each, True) for field in fields]) for each in records]
    in_bulk.insert(model, fields, rows)
    return rows


def _columns(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _remember_new(model: Any, records: Sequence[Any], rows: list[list[Any]]) -> None:
    """Their first rows of history, out of what was written already."""
    history = model.history.model
    recorded = {field.name for field in history.tracked_fields}
    kept = [place for place, field in enumerate(_columns(model)) if field.name in recorded]
    fields = [history._meta.get_field(_columns(model)[place].name) for place in kept]
    fields += [history._meta.get_field(model._meta.pk.name), *in_bulk.about_fields(history)]
    told = in_bulk.about(history, "+") if records else []
    in_bulk.insert(
        history,
        fields,
        [[*map(row.__getitem__, kept), each.pk, *told] for each, row in zip(records, rows, strict=True)],
    )
