"""The one value of very many records for each characteristic, as the database holds it: whole columns at a time.

A sheet is made of them: no row is read for each value, and nothing is made of a value but its cell.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

from django.db.models import Model

from characteristics.domain.stored import Known, converter, objects_of
from characteristics.models import Characteristic
from desk.databases import beside_each_other
from desk.databases.ahead import ahead, when_taken

#: So many are asked for by one statement: each of them looks at all the values of a record.
AT_ONCE = 20


def is_brief(characteristic: Characteristic) -> bool:
    """Is all that it says held by one column of one row, whoever reads it?"""
    type_ = characteristic.type
    return not (characteristic.is_multiple or type_.hides or len(type_.columns) > 1)


class InBrief:
    """What these records say for these characteristics, all of which are brief.

    ``known`` is carried from one portion of a long list to the next, so that what values point at is read once. What
    ``is_early`` is asked for at once, while another portion is written.
    """

    def __init__(
        self,
        model: type[Model],
        owners: Sequence[int],
        characteristics: Iterable[Characteristic],
        known: Known,
        *,
        is_early: bool = False,
    ) -> None:
        self._known, self._owners = known, owners
        self._ties: Any = model._meta.get_field("values")
        self._columns = {each.pk: each.type.columns[0] for each in characteristics}
        self._readers: dict[str, Callable[[Any], Any]] = {}
        ask, waiting = ahead if is_early else when_taken, iter(self._columns.items() if owners else ())
        self._asked = []
        while portion := dict(islice(waiting, AT_ONCE)):
            self._asked.append((portion, ask(self._statement(portion))))

    def _statement(self, columns: dict[int, str]) -> str:
        fields = {pk: self._ties.related_model._meta.get_field(name) for pk, name in columns.items()}
        return beside_each_other(self._ties.field, "characteristic", "place", fields, self._owners)

    @cached_property
    def _contents(self) -> dict[int, Sequence[Any]]:
        found: dict[int, Sequence[Any]] = {}
        while self._asked:
            columns, rows = self._asked.pop()
            held = {row[0]: row for row in rows()}
            nothing = (None,) * (len(columns) + 1)
            # The first column tells whose they are.
            _owners, *contents = zip(*[held.get(owner, nothing) for owner in self._owners], strict=True)
            found |= zip(columns, contents, strict=True)
        return found

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
