"""Categories and subcategories of clients as a sheet names them, where those that are missing are to be created."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from characteristics.domain.naming import UNKNOWN, ambiguous
from characteristics.models import Element, Nomenclature
from counterparties.domain import client_words
from desk.said import gettext as _

#: Notes an element under another one, or under none, and gives it.
Note = Callable[[Nomenclature, str, Element | None], Element]
LEVELS = ("category", "subcategory")


@dataclass(frozen=True)
class Wished:
    """A subcategory as a cell calls it. Which one it is, the category of its client says."""

    word: str
    named: client_words.OfLevel

    def under(self, category: Element | None, note: Note) -> Element:
        """The one of this name under the category, a new one where there is none; ValidationError says why not."""
        if category is None:
            message = _("Choose the category to which “%(name)s” belongs.")
            raise ValidationError(message, params={"name": self.word})
        here = [each for each in self.named.named(self.word) if each.parent_id == category.pk]
        here = [each for each in here if each.code == self.word.strip().lower()] or here
        if len(here) > 1:
            raise ambiguous(self.word, self.named.nomenclature)
        # One under another category may bear the word, be it as its code: that one is not meant.
        return here[0] if here else note(self.named.nomenclature, self.word, category)


def reader(name: str, note: Note) -> Callable[[Any], Any] | None:
    """Reads the column of a level; None in an office without categories."""
    named = client_words.categories(name)
    if named is None:
        return None

    def category(cell: Any) -> Element:
        try:
            return named.read(cell)
        except ValidationError as error:
            if error.code != UNKNOWN:
                raise
            return note(named.nomenclature, str(cell), None)

    return category if name == "category" else lambda cell: Wished(str(cell), named)


def told_by(verdict: Any) -> list[tuple[Any, str]]:
    """The clients of the rows that are taken in, with each level that they are given."""
    clients = [said.client for _one, said in verdict.as_clients if said.client]
    return [(client, level) for client in clients for level in LEVELS]
