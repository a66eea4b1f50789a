"""Characteristics as columns of a list. All of a list's characteristics are read together, a page at a time."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.html import conditional_escape

from characteristics.domain import values
from characteristics.models import Characteristic
from desk.columns import Column
from desk.pages.keyset import Run

#: The width of a column by where its values are stored.
WIDTHS = {"number": "num", "day": "date", "flag": "yes"}


class Said:
    """What the records of a page say for the characteristics that are shown.

    Each column announces itself for the page; the first cell that is written reads for all of them.
    """

    def __init__(self) -> None:
        self._wanted: dict[int, Characteristic] = {}
        self._records: Sequence[Any] = ()
        self._known: values.Known = {}
        self._said: dict[int, values.Said] | None = None

    def announce(self, characteristic: Characteristic, records: Sequence[Any]) -> None:
        self._wanted[characteristic.pk] = characteristic
        self._records, self._said = records, None

    def by(self, record: Any, characteristic: Characteristic) -> list[Any]:
        if self._said is None:
            self._said = values.load(self._records, self._wanted.values(), self._known)
        return self._said[record.pk].get(characteristic.pk, [])


class CharacteristicColumn(Column):
    """One characteristic.

    ``rows`` are the stored values of the list's records. ``scope`` knows where this reader may see a characteristic:
    ``scope.shows(characteristic)`` tells it of a record, ``scope.where(characteristic)`` tells it to the database.
    ``by_name`` is how records without a value sort.
    """

    def __init__(
        self, characteristic: Characteristic, said: Said, rows: QuerySet, scope: Any, by_name: tuple[Any, ...]
    ) -> None:
        self.characteristic, self.type = characteristic, characteristic.type
        self.key = characteristic.field_name
        unit = characteristic.unit
        self.title = f"{characteristic.label}, {unit}" if unit else characteristic.label
        self.css = "num cut" if self.type.is_numeric else f"{WIDTHS.get(self.type.storage, 'text')} cut"
        self.order_by = self.type.order_by
        self._said, self._rows, self._scope, self._by_name = said, rows, scope, by_name

    @cached_property
    def _shows(self) -> Callable[[Any], bool]:
        return self._scope.shows(self.characteristic)

    def prepare(self, records: Sequence[Any]) -> None:
        self._said.announce(self.characteristic, records)

    def values(self, record: Any) -> list[Any]:
        """Its values, as far as the reader may see them in this record."""
        return self._said.by(record, self.characteristic) if self._shows(record) else []

    def value(self, record: Any) -> Any:
        """One value as it is, several as their words."""
        said = self.values(record)
        return (said[0] if len(said) == 1 else ", ".join(map(self.type.text, said))) if said else None

    def html(self, record: Any) -> str:
        said = self.values(record)
        return f"<span>{', '.join(conditional_escape(self.type.html(each)) for each in said)}</span>" if said else ""

    def cell(self, record: Any) -> Any:
        said = self.values(record)
        if len(said) == 1:
            return self.type.cell(said[0])
        # Each on a line of its own: a comma or a semicolon may stand in a value, and an import must get the same back.
        return "\n".join(map(self.type.text, said)) or None

    def runs(self, descending: bool) -> list[Run]:
        """First those that have a value the reader may see, by the value; then those without, by name."""
        column, owner = self.order_by[0].split("__")[0], owner_of(self._rows)
        where = self._scope.where(self.characteristic)
        # That the column is not empty is said for the sake of its partial index.
        has = Q(values__characteristic=self.characteristic.pk, values__place=0, **{f"values__{column}__isnull": False})
        rows = self._rows.filter(characteristic=self.characteristic.pk, place=0, **{owner: OuterRef("pk")})
        keys = (*[f"values__{name}" for name in self.order_by], f"values__{owner}")
        return [
            Run(keys, (has & where,), descending),
            Run((*self._by_name, "pk"), (~(Q(Exists(rows)) & where),)),
        ]


def owner_of(rows: QuerySet) -> str:
    """The name of the key by which stored values point to their record."""
    keys = [key for key in rows.model._meta.fields if key.remote_field]
    return next(key.name for key in keys if key.remote_field.related_name == "values")
