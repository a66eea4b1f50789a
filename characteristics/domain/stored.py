"""What very many records say, as the database holds it: one statement, and no model's weight on any value."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from characteristics.models import Characteristic
from desk.databases import by_ids, said_by_one, written_ids

#: What values point at and was read already: model → id → object.
Known = dict[type[Model], dict[int, Any]]
#: So many of them are carried on; a sheet of a hundred thousand rows may point at as many.
CARRIED = 20_000
#: Where a row says whose it is, what it answers and which of several values it is; behind them stand its columns.
OWNER, CHARACTERISTIC, PLACE = range(3)


class Stored:
    """The stored values of these records for these characteristics, each a bare row.

    ``known`` is carried from one portion of a long list to the next, so that what values point at is read once. With a
    ``decision`` the values are what that reader may know of them.
    """

    def __init__(
        self,
        model: type[Model],
        owners: Sequence[int],
        characteristics: Iterable[Characteristic],
        known: Known | None = None,
        decision: Any = None,
    ) -> None:
        self._types = {each.pk: each.type for each in characteristics}
        ties: Any = model._meta.get_field("values")
        names = sorted({name for type_ in self._types.values() for name in type_.columns})
        self._fields = {name: ties.related_model._meta.get_field(name) for name in names}
        self._known: Known = {} if known is None else known
        self._decision = decision
        self._readers: dict[str, Callable[[Any], Any]] = {}
        self._rows: Mapping[int, list[Any]] = defaultdict(list)
        contents = [connection.ops.quote_name(each.column) for each in self._fields.values()]
        if all(len(each.columns) == 1 for each in self._types.values()):
            contents = said_by_one(contents)
        # Where one column speaks for all of them, it stands in the place of each.
        self._places = {name: PLACE + min(place, len(contents)) for place, name in enumerate(names, 1)}
        if owners and names:
            self._read(ties, owners, contents)

    def _read(self, ties: Any, owners: Iterable[int], contents: Sequence[str]) -> None:
        stored, quoted = ties.related_model._meta, connection.ops.quote_name
        keys = [quoted(stored.get_field(name).column) for name in (ties.field.name, "characteristic", "place")]
        # Bare: a field's converters would be asked a million times for what a column turns into a cell at once.
        statement = (
            f"SELECT {', '.join([*keys, *contents])} FROM {quoted(stored.db_table)}"  # noqa: S608 -- our own names, ids
            f" WHERE {keys[OWNER]} IN ({written_ids(owners)})"
            f" AND {keys[CHARACTERISTIC]} IN ({written_ids(self._types)})"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement)
            for row in cursor.fetchall():
                self._rows[row[CHARACTERISTIC]].append(row)

    def values(self, characteristic: Characteristic) -> dict[int, list[Any]]:
        """By record, its values in their places."""
        value_of, rows = self._value_of(characteristic.type), self._rows[characteristic.pk]
        said = {row[OWNER]: [value_of(row)] for row in rows}
        if len(said) < len(rows):
            said = defaultdict(list)
            for row in sorted(rows, key=itemgetter(PLACE)):
                said[row[OWNER]].append(value_of(row))
        return said

    def _value_of(self, type_: Any) -> Callable[[Any], Any]:
        read = [(self._places[name], self.reader(name)) for name in type_.columns]
        made, (first, of_first) = type_.made, read[0]

        def value(row: Any) -> Any:
            return made(*[understood(row[place]) for place, understood in read])

        if len(read) == 1:
            # Nearly always; a page of a list reads hundreds.
            value = lambda row: made(of_first(row[first]))  # noqa: E731

        if self._decision is None or not type_.hides:
            return value
        return lambda row: type_.in_sight(value(row), self._decision, row[PLACE])

    def reader(self, name: str) -> Callable[[Any], Any]:
        """Turns what this column holds into what Python holds; what it points at is read for all rows at once."""
        if name not in self._readers:
            field = self._fields[name]
            self._readers[name] = self._followed(name, field.related_model) if field.is_relation else converter(field)
        return self._readers[name]

    def _followed(self, name: str, model: type[Model]) -> Callable[[Any], Any]:
        asking, place = [pk for pk, type_ in self._types.items() if name in type_.columns], self._places[name]
        return objects_of(model, {row[place] for pk in asking for row in self._rows[pk]}, self._known).get


def objects_of(model: type[Model], ids: set[int | None], known: Known) -> dict[int, Any]:
    """What is pointed at, by its id; the missing ones are read at once."""
    objects = known.setdefault(model, {})
    if len(objects) > CARRIED:
        objects.clear()
    if missing := [each for each in ids - objects.keys() if each is not None]:
        objects.update(by_ids(model, missing))
    return objects


def converter(field: Field) -> Callable[[Any], Any]:
    """What the field and its database do to a content on its way to Python, put together once."""
    column = field.get_col(field.model._meta.db_table)
    steps = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]

    def converted(content: Any) -> Any:
        for step in steps:
            content = step(content, column, connection)
        return content

    return converted
