"""What the records of a page say, read once for all the columns that show it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from characteristics.domain import nomenclatures
from characteristics.domain.stored import Known, Stored
from characteristics.models import Characteristic, Element


class Said:
    """What the records of a page say for the characteristics that are shown.

    Each column announces itself for the page; the first cell that is written reads for all of them.
    """

    def __init__(self, model: type[Model], decision: Any = None) -> None:
        self._model, self._decision = model, decision
        self._wanted: dict[int, Characteristic] = {}
        self._records: Sequence[Any] = ()
        self._known: Known = {}
        self._stored: Stored | None = None
        self._values: dict[int, dict[int, list[Any]]] = {}

    def announce(self, characteristic: Characteristic, records: Sequence[Any]) -> None:
        self._wanted[characteristic.pk] = characteristic
        self._records, self._stored, self._values = records, None, {}

    def read_nomenclatures(self) -> None:
        """The elements that cells may name, for all columns at once; what values point at is known by them too."""
        if Element not in self._known:
            asked = [each.nomenclature for each in self._wanted.values() if each.nomenclature]
            nomenclatures.read(asked)
            self._known[Element] = {each.pk: each for one in asked for each in nomenclatures.elements(one)}

    @property
    def stored(self) -> Stored:
        """Of all the records that were announced."""
        if self._stored is None:
            owners = [record.pk for record in self._records]
            self._stored = Stored(self._model, owners, self._wanted.values(), self._known, self._decision)
        return self._stored

    def values(self, characteristic: Characteristic) -> dict[int, list[Any]]:
        """By the id of each record that says something."""
        if characteristic.pk not in self._values:
            self._values[characteristic.pk] = self.stored.values(characteristic)
        return self._values[characteristic.pk]
