"""Answers that were not there yet, as bare rows: an object for each of them would cost more than all the rest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from characteristics.models import Characteristic
from characteristics.models.value import text_keys
from counterparties.models import Counterparty, Value
from desk.databases.ready import converter
from desk.databases.writing import take_ids
from trail.domain import in_bulk

#: A row begins with whose answer it is and ends with the keys of its text; between them stands what is said.
ABOUT, KEYS = ("id", "counterparty", "characteristic", "place"), ("text_key", "text_sort")
ASKED = ABOUT.index("characteristic")


class Answer(NamedTuple):
    """What one counterparty says anew for a characteristic, by the columns that hold it; the others stay empty."""

    counterparty_id: int
    characteristic_id: int
    place: int
    columns: Mapping[str, Any]


def answer_of(counterparty: Counterparty, characteristic: Characteristic, place: int, value: Any) -> Answer:
    """One value, ready to be kept."""
    return Answer(counterparty.pk, characteristic.pk, place, characteristic.type.stored(value))


def add(rows: Sequence[list[Any]]) -> None:
    """Keep them, with their first rows of history."""
    if rows:
        ids = take_ids(Value, len(rows))
        for pk, row in zip(ids, rows, strict=True):
            row[0] = pk
        in_bulk.insert(Value, Rows().fields, rows)
        in_bulk.remember_ids(Value, ids, "+")


def own(rows: Sequence[list[Any]], owners: Sequence[int]) -> None:
    """Rows that were made before their counterparties had ids name them by their places: here they are."""
    for row in rows:
        row[1] = owners[row[1]]


class Rows:
    """Makes the rows that saving such answers one by one would leave; their ids are given when they are written."""

    def __init__(self) -> None:
        fields: dict[str, Any] = {field.name: field for field in Value._meta.concrete_fields}
        said = [field for name, field in fields.items() if name not in (*ABOUT, *KEYS)]
        self.fields = [*map(fields.get, ABOUT), *said, *map(fields.get, KEYS)]
        self._nothing = [None] * len(said)
        #: A column → its place in the row, and what makes its content ready; what it points at may stand in it whole.
        self._columns: dict[str, tuple[int, Callable[[Any], Any]]] = {}
        for place, field in enumerate(said, len(ABOUT)):
            if field.is_relation:
                self._columns[field.name] = place, attrgetter("pk")
            self._columns[field.attname] = place, Once(converter(field)).__getitem__
        self._keys = Once(text_keys)

    def of(self, answers: Iterable[Answer]) -> list[list[Any]]:
        columns, keys, nothing = self._columns, self._keys, self._nothing
        rows = []
        for counterparty, characteristic, place, said in answers:
            row: list[Any] = [None, counterparty, characteristic, place, *nothing]
            for name, content in said.items():
                if content is not None:
                    where, ready = columns[name]
                    row[where] = ready(content)
            row += keys[said.get("text")]
            rows.append(row)
        return rows


class Once(dict[Any, Any]):
    """What is made of each content, made once for all who say it."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make

    def __missing__(self, content: Any) -> Any:
        made = self[content] = self._make(content)
        return made
