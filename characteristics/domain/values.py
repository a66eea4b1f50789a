"""What records say for their characteristics: loading a page at once, saving what was answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from characteristics.models import Characteristic, Element

#: A record's answers: id of a characteristic → values in their places (one, unless several are allowed).
Said = dict[int, list[Any]]


def load(records: Sequence[Any], characteristics: Iterable[Characteristic]) -> dict[int, Said]:
    """The values of all these records for all these characteristics: one query, and one for elements if there are any.

    Gives record id → characteristic id → values.
    """
    wanted = {each.pk: each for each in characteristics}
    said: dict[int, Said] = {record.pk: {} for record in records}
    if not records or not wanted:
        return said
    model = type(records[0])._meta.get_field("values").related_model
    owner = type(records[0])._meta.get_field("values").field.attname
    rows = model.objects.filter(**{f"{owner}__in": list(said)}, characteristic__in=list(wanted))
    found = list(rows.order_by("characteristic", "place").defer("text_key", "text_sort"))
    elements = Element.objects.in_bulk({row.element_id for row in found if row.element_id})
    for row in found:
        if row.element_id:
            row.element = elements[row.element_id]
        value = wanted[row.characteristic_id].type.value(row)
        said[getattr(row, owner)].setdefault(row.characteristic_id, []).append(value)
    return said


def of(record: Any, characteristics: Iterable[Characteristic]) -> Said:
    """The values of one record."""
    return load([record], characteristics)[record.pk]


def save(record: Any, answers: Mapping[Characteristic, Any]) -> bool:
    """Keep the answers, each with its history; None or an empty list forgets. Others stay. Tells whether anything changed.

    Runs inside the caller's operation, which has claimed the record's version.
    """
    stored: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in record.values.filter(characteristic__in=[each.pk for each in answers]):
        stored[row.characteristic_id][row.place] = row
    changed = False
    for characteristic, answer in answers.items():
        values = answer if isinstance(answer, list | tuple) else [] if answer is None else [answer]
        rows = stored[characteristic.pk]
        for place, value in enumerate(values):
            changed |= _keep(record, characteristic, place, value, rows.pop(place, None))
        for row in rows.values():
            row.delete()
            changed = True
    return changed


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
