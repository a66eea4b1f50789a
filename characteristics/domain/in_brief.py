"""The one value of very many records for each characteristic, as the database holds it: whole columns at a time.

A sheet is made of them: no row is read for each value, and nothing is made of a value but its cell.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

from characteristics.domain.stored import Known, converter, objects_of
from characteristics.models import Characteristic
from desk.databases import beside_each_other

#: So many are asked for by one statement: each of them looks at all the values of a record.
AT_ONCE = 20


def is_brief(characteristic: Characteristic) -> bool:
    """Is all that it says held by one column of one row, whoever reads it?"""
    type_ = characteristic.type
    return not (characteristic.is_multiple or type_.hides or len(type_.columns) > 1)


class InBrief:
    """What these records say for these characteristics, all of which are brief.

    ``known`` is carried from one portion of a long list to the next, so that what values point at is read once.
    """

    def __init__(
        self, model: type[Model], owners: Sequence[int], characteristics: Iterable[Characteristic], known: Known
    ) -> None:
        self._known = known
        self._ties: Any = model._meta.get_field("values")
        self._columns = {each.pk: each.type.columns[0] for each in characteristics}
        self._contents: dict[int, Sequence[Any]] = {}
        self._readers: dict[str, Callable[[Any], Any]] = {}
        waiting = iter(self._columns.items() if owners else ())
        while portion := dict(islice(waiting, AT_ONCE)):
            self._contents |= zip(portion, self._read(owners, portion), strict=True)

    def _read(self, owners: Sequence[int], columns: dict[int, str]) -> Iterator[Sequence[Any]]:
        fields = {pk: self._ties.related_model._meta.get_field(name) for pk, name in columns.items()}
        with connection.cursor() as cursor:
            cursor.execute(beside_each_other(self._ties.field, "characteristic", "place", fields, owners))
            held = {row[0]: row for row in cursor.fetchall()}
        nothing = (None,) * (len(columns) + 1)
        # The first column tells whose they are.
        _owners, *contents = zip(*[held.get(owner, nothing) for owner in owners], strict=True)
        return iter(contents)

    def contents(self, characteristic: Characteristic) -> Sequence[Any]:
        """What the first value of each record holds, in the order of the records."""
        return self._contents.get(characteristic.pk, ())

    def reader(self, characteristic: Characteristic) -> Callable[[Any], Any]:
        """Turns such a content into what Python holds; what it points at is read for all records at once."""
        name = self._columns[characteristic.pk]
        if name not in self._readers:
            field = self._ties.related_model._meta.get_field(name)
            self._readers[name] = self._followed(name, field) if field.is_relation else converter(field)
        return self._readers[name]

    def _followed(self, name: str, field: Any) -> Callable[[Any], Any]:
        pointing = [self._contents.get(pk, ()) for pk, column in self._columns.items() if column == name]
        return objects_of(field.related_model, set().union(*pointing), self._known).get
