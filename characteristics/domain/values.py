"""What records say for their characteristics: loading a page at once, saving what was answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from characteristics.domain.stored import Stored
from characteristics.models import Characteristic
from trail.domain import in_bulk

#: Columns that follow from what is said.
KEYS = {"text_key", "text_sort"}
#: A record's answers: id of a characteristic → values in their places (one, unless several are allowed).
Said = dict[int, list[Any]]


def load(records: Sequence[Any], characteristics: Iterable[Characteristic], decision: Any = None) -> dict[int, Said]:
    """The values of all these records for all these characteristics: one query, and one for each model they point at.

    Gives record id → characteristic id → values. With a ``decision`` the values are what that reader may know of them.
    """
    said: dict[int, Said] = {record.pk: {} for record in records}
    if not records:
        return said
    asked = list(characteristics)
    stored = Stored(type(records[0]), list(said), asked, decision=decision)
    for each in asked:
        for owner, values in stored.values(each).items():
            said[owner][each.pk] = values
    return said


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
    gone: list[Any] = []
    changed: list[Any] = []
    new: list[Any] = []
    for characteristic, answer in answers.items():
        values = answer if isinstance(answer, list) else [] if answer is None else [answer]
        rows = stored[characteristic.pk]
        for place, value in enumerate(values):
            columns = characteristic.type.stored(_taken(characteristic, value, record))
            if row := rows.pop(place, None):
                changed += [row] if _says_otherwise(row, columns) else []
            else:
                row = record.values.model(counterparty=record, characteristic=characteristic, place=place, **columns)
                row.derive()
                new.append(row)
        gone += rows.values()
    in_bulk.remove(gone)
    in_bulk.change(changed)
    in_bulk.add(new)
    return bool(gone or changed or new)


def _taken(characteristic: Characteristic, value: Any, record: Any) -> Any:
    """What a card brings, ready to be stored; refused beside its field."""
    try:
        return characteristic.type.take(value, record)
    except ValidationError as error:
        raise ValidationError({characteristic.field_name: error.messages}) from None


def _says_otherwise(row: Any, columns: Mapping[str, Any]) -> bool:
    """Give a stored value what is said now; tells whether it is another one than before."""
    for column, content in columns.items():
        setattr(row, column, content)
    is_another = bool(set(row.changed_fields()) - KEYS)
    row.derive()
    return is_another
