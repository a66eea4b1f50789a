"""What records say for their characteristics: loading a page at once, saving what was answered."""

from collections import defaultdict, namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from characteristics.models import Characteristic

#: A record's answers: id of a characteristic → values in their places (one, unless several are allowed).
Said = dict[int, list[Any]]


#: What values point at and was read already: model → id → object.
Known = dict[type[Model], dict[int, Any]]
#: So many of them are carried on; a sheet of a hundred thousand rows may point at as many.
CARRIED = 20_000


def load(
    records: Sequence[Any],
    characteristics: Iterable[Characteristic],
    known: Known | None = None,
    model: type[Model] | None = None,
    decision: Any = None,
) -> dict[int, Said]:
    """The values of all these records for all these characteristics: one query, and one for each model they point at.

    Gives record id → characteristic id → values. ``known`` is carried from one portion of a long list to the next, so
    that what values point at is read once. Records that were read as bare rows tell their ``model``. With a
    ``decision`` the values are what that reader may know of them.
    """
    type_of = {each.pk: each.type for each in characteristics}
    value_of = {pk: type_.value for pk, type_ in type_of.items()}
    if decision is not None:
        value_of |= {pk: _seen(type_, decision) for pk, type_ in type_of.items() if type_.hides}
    said: dict[int, Said] = {record.pk: {} for record in records}
    if not records or not value_of:
        return said
    ties: Any = (model or type(records[0]))._meta.get_field("values")
    keys = [ties.field.name, "characteristic", "place"]
    left_out = {"id", *keys, *ties.related_model.not_recorded}
    fields = [each for each in ties.related_model._meta.concrete_fields if each.name not in left_out]
    # A stored value as it is read in great numbers: its columns, without a model's weight.
    stored = namedtuple("stored", [*keys, *(each.name for each in fields)])
    rows = ties.related_model._base_manager.filter(
        **{f"{ties.field.name}__in": list(said)}, characteristic__in=list(value_of)
    )
    found = list(rows.values_list(*stored._fields))
    for place, field in enumerate(fields, len(keys)):
        if field.is_relation:
            found = _followed(place, field.related_model, found, {} if known is None else known)
    # By place; most characteristics have one value only, and a stable sort of what is sorted costs little.
    for row in map(stored._make, sorted(found, key=itemgetter(2))):
        said[row[0]].setdefault(row[1], []).append(value_of[row[1]](row))
    return said


def _seen(type_: Any, decision: Any) -> Callable[[Any], Any]:
    return lambda stored: type_.in_sight(type_.value(stored), decision, stored.place)


def _followed(place: int, model: type[Model], rows: Sequence[Any], known: Known) -> list[Any]:
    """The rows with what a column points at in the place of its id: one query for all that is not known yet."""
    objects = known.setdefault(model, {})
    if len(objects) > CARRIED:
        objects.clear()
    if missing := {row[place] for row in rows} - objects.keys() - {None}:
        objects.update(model._base_manager.in_bulk(missing))
    return [row if row[place] is None else (*row[:place], objects[row[place]], *row[place + 1 :]) for row in rows]


def of(record: Any, characteristics: Iterable[Characteristic], decision: Any = None) -> Said:
    """The values of one record; with a ``decision``, as that reader may know them."""
    return load([record], characteristics, decision=decision)[record.pk]


def save(record: Any, answers: Mapping[Characteristic, Any]) -> bool:
    """Keep the answers, each with its history; None or an empty list forgets. Tells whether anything changed.

    Runs inside the caller's operation, which has claimed the record's version.
    """
    stored: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in record.values.filter(characteristic__in=[each.pk for each in answers]):
        stored[row.characteristic_id][row.place] = row
    changed = False
    for characteristic, answer in answers.items():
        values = answer if isinstance(answer, list) else [] if answer is None else [answer]
        values = [_taken(characteristic, value, record) for value in values]
        rows = stored[characteristic.pk]
        for place, value in enumerate(values):
            changed |= _keep(record, characteristic, place, value, rows.pop(place, None))
        for row in rows.values():
            row.delete()
            changed = True
    return changed


def _taken(characteristic: Characteristic, value: Any, record: Any) -> Any:
    """What a card brings, ready to be stored; refused beside its field."""
    try:
        return characteristic.type.take(value, record)
    except ValidationError as error:
        raise ValidationError({characteristic.field_name: error.messages}) from None


def _keep(record: Any, characteristic: Characteristic, place: int, value: Any, row: Any) -> bool:
    """Store one value in its place; tells whether it is another one than before."""
    if row is None:
        row = record.values.model(counterparty=record, characteristic=characteristic, place=place)
    for column, content in characteristic.type.stored(value).items():
        setattr(row, column, content)
    if row.pk and not (set(row.changed_fields()) - {"text_key", "text_sort"}):
        return False
    row.save()
    return True
