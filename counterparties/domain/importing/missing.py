"""Elements that a sheet names and the office has not: added with the rows that say them, if that is wished.

Until their row is written they are only noted, under numbers below zero; a row that is refused adds none.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from characteristics.domain.naming import UNKNOWN, Naming
from characteristics.domain.shaping_elements import places
from characteristics.models import Characteristic, Element, Nomenclature
from counterparties.domain import client_words
from desk import text
from desk.said import gettext as _
from desk.said import ngettext

from . import categories

LONGEST, LONGEST_CODE = 200, 32
#: So many new elements are named; the rest are counted.
NAMED = 20


class Missing:
    """The elements of one import that are not there yet."""

    def __init__(self) -> None:
        self._noted: dict[tuple[int, str, int | None], Element] = {}
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
                return self.note(nomenclature, str(cell))

        return noting

    def reader_of_clients(self, level: str, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        """Reads a category of clients, or what will be known as a subcategory beside it."""
        return categories.reader(level, self.note) or read

    def note(self, nomenclature: Nomenclature, word: str, parent: Element | None = None) -> Element:
        name = text.clean(word)
        if len(name) > LONGEST or not text.key(name):
            message = _("An element is called by 1 to %(limit)d characters.")
            raise ValidationError(message, params={"limit": LONGEST})
        noted = nomenclature.pk, text.key(name), parent.pk if parent else None
        if noted not in self._noted:
            made = Element(pk=-1 - len(self._noted), nomenclature=nomenclature, name=name, parent=parent)
            self._noted[noted] = made
        return self._noted[noted]

    def count(self, verdict: Any, asked: dict[int, Characteristic]) -> None:
        """Only note what a chunk would add."""
        for element in self._of(verdict, asked):
            if _path(element) not in self.added[element.nomenclature]:
                self.added[element.nomenclature].append(_path(element))

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
        for client, level in categories.told_by(verdict):
            if (noted := getattr(client, f"{level}_id")) in real:
                setattr(client, f"{level}_id", real[noted])

    @staticmethod
    def _of(verdict: Any, asked: dict[int, Characteristic]) -> list[Element]:
        """Those that rows which are taken in say, in their order."""
        drafts = [draft for draft, _one in (*verdict.new, *verdict.touched)]
        said = ((asked[pk].type, value) for each in drafts for pk, values in each.answers.items() for value in values)
        chosen = [each for type_, value in said for each in type_.chosen(value)]
        # A category stands before what stands under it.
        chosen += [each for client, level in categories.told_by(verdict) if (each := getattr(client, level))]
        return list({each.pk: each for each in chosen if each.pk < 0}.values())

    def _really(self, noted: Element) -> int:
        """The id of the element in the books; somebody may have added it meanwhile."""
        nomenclature = Nomenclature.objects.get(pk=noted.nomenclature_id)
        order = places(nomenclature)
        order.hold()
        parent = noted.parent.pk if noted.parent else None
        there = Naming(nomenclature).meant(noted.name)
        if nomenclature.code == client_words.CATEGORIES:
            # One under another category may be called the same.
            there = [each for each in there if each.parent_id == parent]
        if len(there) == 1:
            return there[0].pk
        taken = set(nomenclature.elements.values_list("code", flat=True))
        code = _free_code(noted.name, taken)
        made = Element(nomenclature=nomenclature, name=noted.name, code=code, parent_id=parent)
        made.position = len(order.order()) + 1
        made.save(force_insert=True)
        self.added[noted.nomenclature].append(_path(noted))
        return made.pk

    def words(self) -> list[str]:
        """What was added, a sentence for each nomenclature."""
        return [_words(nomenclature, names) for nomenclature, names in self.added.items()]


def _words(nomenclature: Nomenclature, names: list[str]) -> str:
    sentence = ngettext(
        "“%(nomenclature)s” is given %(number)s element: %(names)s.",
        "“%(nomenclature)s” is given %(number)s elements: %(names)s.",
        len(names),
    )
    named = ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
    return sentence % {"nomenclature": nomenclature.label, "number": len(names), "names": named}


def _path(element: Element) -> str:
    """What it is called, under what it stands."""
    return f"{element.parent.label} › {element.name}" if element.parent else element.name


def _free_code(name: str, taken: set[str]) -> str:
    """A code out of the name, with a number where it is given already."""
    stem = text.code_from(name) or "element"
    code, number = stem, 2
    while code in taken or code == "new":
        ending = f"-{number}"
        code, number = stem[: LONGEST_CODE - len(ending)] + ending, number + 1
    return code
