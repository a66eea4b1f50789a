"""Answers beside those that are stored: what is new, what is another, what is forgotten."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects

from characteristics.models import Characteristic
from counterparties.models import Counterparty, Value

from .answers import Answer, answer_of

#: What is stored for one characteristic of one counterparty: place → value.
Places = dict[int, Value]
#: (counterparty, characteristic) → what is stored.
Stored = dict[tuple[int, int], Places]


@dataclass
class Differences:
    """Values to add, to change and to forget."""

    new: list[Answer] = field(default_factory=list)
    changed: list[Value] = field(default_factory=list)
    gone: list[Value] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    def __iadd__(self, more: "Differences") -> "Differences":
        self.new += more.new
        self.changed += more.changed
        self.gone += more.gone
        return self


def stored(counterparties: Sequence[Counterparty], characteristics: Iterable[int]) -> Stored:
    """What is stored, for a whole chunk at once."""
    found: Stored = defaultdict(dict)
    asked = list(characteristics)
    if counterparties and asked:
        ids = [each.pk for each in counterparties]
        for row in Value.objects.filter(counterparty__in=ids, characteristic__in=asked):
            found[row.counterparty_id, row.characteristic_id][row.place] = row
    return found


def follow(found: Stored, characteristics: Iterable[Characteristic]) -> None:
    """Read at once what the stored values of types that settle point at."""
    for characteristic in characteristics:
        if characteristic.type.settles:
            rows = [row for (_owner, pk), places in found.items() if pk == characteristic.pk for row in places.values()]
            prefetch_related_objects(rows, characteristic.type.storage)


def differing(characteristic: Characteristic, said: Sequence[Any], owner: Counterparty, rows: Places) -> Differences:
    """What has to be done so that the counterparty says just this for the characteristic."""
    found, left = Differences(), dict(rows)
    for place, value in enumerate(said):
        row = left.pop(place, None)
        if row is None:
            found.new.append(answer_of(owner, characteristic, place, value))
        elif _differs(row, characteristic, value):
            found.changed.append(row)
    found.gone += left.values()
    return found


def _differs(row: Value, characteristic: Characteristic, value: Any) -> bool:
    """Put the value into its row and tell whether it is another one than before."""
    for column, content in characteristic.type.stored(value).items():
        setattr(row, column, content)
    return bool(row.changed_fields())
