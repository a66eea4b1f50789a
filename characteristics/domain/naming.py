"""The words by which elements are known in sheets: read in three languages, written so that they are read."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from characteristics.domain.nomenclatures import elements, every_name
from characteristics.models import Element, Nomenclature
from desk import text
from desk.said import gettext as _

#: So much of a wrong word is repeated.
REPEATED = 60
#: How the error of a word that names nothing is told from the others.
UNKNOWN = "unknown"


class Naming:
    """One nomenclature: which word means which element. A code always means its own element."""

    def __init__(self, nomenclature: Nomenclature) -> None:
        self.nomenclature = nomenclature
        self._words: dict[int, str] = {}

    @cached_property
    def _by_word(self) -> dict[str, list[Element]]:
        found: dict[str, list[Element]] = {}
        for element in elements(self.nomenclature):
            names = [name for name in every_name(element) if name]
            words = [element.code, *names, *(f"{element.code} {name}" for name in names)]
            for word in {text.key(word) for word in words}:
                found.setdefault(word, []).append(element)
        return found

    def meant(self, word: str) -> list[Element]:
        """The elements that a word may mean: one, several of the same name, or none."""
        found = self.named(word)
        return [each for each in found if each.code == word.strip().lower()] or found

    def named(self, word: str) -> list[Element]:
        """Those that bear the word as code or name."""
        return self._by_word.get(text.key(word), [])

    def read(self, cell: Any) -> Element:
        """The element that a cell names; ValidationError says why none."""
        found = self.meant(str(cell))
        if len(found) == 1:
            return found[0]
        if found:
            raise ambiguous(str(cell), self.nomenclature)
        named = {"value": str(cell)[:REPEATED], "nomenclature": self.nomenclature.label}
        raise ValidationError(_("“%(nomenclature)s” has no element “%(value)s”.") % named, code=UNKNOWN)

    def spellings(self, element: Element) -> list[str]:
        """What may be written for it, the most readable first; the last one cannot be mistaken."""
        return [element.label, f"{element.code} {element.label}", element.code]

    def write(self, element: Element) -> str:
        """Its name; where others bear the same, with its code."""
        if element.pk not in self._words:
            self._words[element.pk] = next(
                word for word in self.spellings(element) if self.meant(word) in ([element], []) or word == element.code
            )
        return self._words[element.pk]


def ambiguous(word: str, nomenclature: Nomenclature) -> ValidationError:
    """One word for several elements."""
    named = {"value": word[:REPEATED], "nomenclature": nomenclature.label}
    return ValidationError(_("“%(value)s” names several elements of “%(nomenclature)s”; write the code.") % named)
