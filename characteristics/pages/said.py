"""What the records of a page say, read once for all the columns that show it."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

from characteristics.domain import nomenclatures
from characteristics.domain.in_brief import InBrief, is_brief
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
        self._owners: list[int] = []
        self._known: Known = {}
        self._brief: InBrief | None = None
        self._expected: tuple[Sequence[Any], InBrief | None] = ((), None)
        self._stored: dict[bool, Stored] = {}
        self._values: dict[int, dict[int, list[Any]]] = {}

    def announce(self, characteristic: Characteristic, records: Sequence[Any]) -> None:
        self._wanted[characteristic.pk] = characteristic
        if records is not self._records:
            self._owners = [record.pk for record in records]
        self._records, self._stored, self._values = records, {}, {}
        expected, in_brief = self._expected
        self._brief = in_brief if records is expected else None

    def expect(self, records: Sequence[Any]) -> None:
        """These are announced next, for the same characteristics: while others are written they are asked for."""
        if records is not self._expected[0]:
            self._expected = records, self._read([record.pk for record in records], is_early=True)

    def ids(self, records: Sequence[Any]) -> list[int]:
        """Of these records, which are mostly those that were announced."""
        return self._owners if records is self._records else [record.pk for record in records]

    def read_nomenclatures(self) -> None:
        """The elements that cells may name, for all columns at once; what values point at is known by them too."""
        if Element not in self._known:
            asked = [each.nomenclature for each in self._wanted.values() if each.nomenclature]
            nomenclatures.read(asked)
            self._known[Element] = {each.pk: each for one in asked for each in nomenclatures.elements(one)}

    @property
    def brief(self) -> InBrief:
        """What all the records that were announced say for those characteristics that are brief."""
        if self._brief is None:
            self._brief = self._read(self._owners)
        return self._brief

    def _read(self, owners: list[int], *, is_early: bool = False) -> InBrief:
        asked = [each for each in self._wanted.values() if is_brief(each)]
        return InBrief(self._model, owners, asked, self._known, is_early=is_early)

    def values(self, characteristic: Characteristic, *, beside_brief: bool = False) -> dict[int, list[Any]]:
        """By the id of each record that says something; ``beside_brief``: what is brief is not read with it."""
        if characteristic.pk not in self._values:
            if beside_brief not in self._stored:
                asked = [each for each in self._wanted.values() if not (beside_brief and is_brief(each))]
                self._stored[beside_brief] = Stored(self._model, self._owners, asked, self._known, self._decision)
            self._values[characteristic.pk] = self._stored[beside_brief].values(characteristic)
        return self._values[characteristic.pk]

    def contents(self, characteristic: Characteristic, records: Sequence[Any]) -> Sequence[Any]:
        """What these of the announced records hold for a characteristic that is brief."""
        found = self.brief.contents(characteristic)
        if records is self._records:
            return found
        held = dict(zip(self._owners, found, strict=True))
        return [held.get(pk) for pk in self.ids(records)]
