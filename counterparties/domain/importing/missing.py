"""Elements that a sheet names and the office has not: added with the rows that say them, if that is wished.

Until their row is written they are only noted, under numbers below zero; a row that is refused adds none.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from characteristics.domain.naming import UNKNOWN, Naming
from characteristics.domain.shaping_elements import places
from characteristics.models import Characteristic, Element, Nomenclature
from desk import text

LONGEST, LONGEST_CODE = 200, 32


class Missing:
    """The elements of one import that are not there yet."""

    def __init__(self) -> None:
        self._noted: dict[tuple[int, str], Element] = {}
        self.added: dict[Nomenclature, list[str]] = defaultdict(list)

    def reader(self, characteristic: Characteristic, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Reads as the type does, and notes an element for a word that names none."""
        nomenclature = characteristic.nomenclature

        def noting(cell: Any) -> Any:
            try:
                return read(cell)
            except ValidationError as error:
                if error.code != UNKNOWN or nomenclature is None:
                    raise
                return self._note(nomenclature, str(cell))

        return noting

    def _note(self, nomenclature: Nomenclature, word: str) -> Element:
        name = text.clean(word)
        if len(name) > LONGEST or not text.key(name):
            message = _("An element is called by 1 to %(limit)d characters.")
            raise ValidationError(message, params={"limit": LONGEST})
        noted = nomenclature.pk, text.key(name)
        if noted not in self._noted:
            self._noted[noted] = Element(pk=-1 - len(self._noted), nomenclature=nomenclature, name=name)
        return self._noted[noted]

    def count(self, verdict: Any, asked: dict[int, Characteristic]) -> None:
        """Only note what a chunk would add."""
        for element in self._of(verdict, asked):
            if element.name not in self.added[element.nomenclature]:
                self.added[element.nomenclature].append(element.name)

    def add(self, verdict: Any, asked: dict[int, Characteristic]) -> None:
        """Give the rows of a chunk their elements, within its operation."""
        real: dict[int, int] = {}
        for element in self._of(verdict, asked):
            noted, element.pk = element.pk, self._really(element)
            real[noted] = element.pk
        # What is new points at the elements themselves.
        for value in verdict.values.changed:
            if value.element_id in real:
                value.element_id = real[value.element_id]

    @staticmethod
    def _of(verdict: Any, asked: dict[int, Characteristic]) -> list[Element]:
        """Those that rows which are taken in say, in their order."""
        drafts = [draft for draft, _one in (*verdict.new, *verdict.touched)]
        said = ((asked[pk].type, value) for each in drafts for pk, values in each.answers.items() for value in values)
        found = {each.pk: each for type_, value in said for each in type_.chosen(value) if each.pk < 0}
        return list(found.values())

    def _really(self, noted: Element) -> int:
        """The id of the element in the books; somebody may have added it meanwhile."""
        nomenclature = Nomenclature.objects.get(pk=noted.nomenclature_id)
        order = places(nomenclature)
        order.hold()
        there = Naming(nomenclature).meant(noted.name)
        if len(there) == 1:
            return there[0].pk
        taken = set(nomenclature.elements.values_list("code", flat=True))
        made = Element(nomenclature=nomenclature, name=noted.name, code=_free_code(noted.name, taken))
        made.position = len(order.order()) + 1
        made.save(force_insert=True)
        self.added[noted.nomenclature].append(noted.name)
        return made.pk

    def words(self) -> list[str]:
        """What was added, a sentence for each nomenclature."""
        sentence = _("Elements that “%(nomenclature)s” is given: %(names)s.")
        return [
            sentence % {"nomenclature": each.label, "names": ", ".join(names)} for each, names in self.added.items()
        ]


def _free_code(name: str, taken: set[str]) -> str:
    """A code out of the name, with a number where it is given already."""
    stem = text.code_from(name) or "element"
    code, number = stem, 2
    while code in taken or code == "new":
        ending = f"-{number}"
        code, number = stem[: LONGEST_CODE - len(ending)] + ending, number + 1
    return code
