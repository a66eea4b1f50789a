"""Choosing elements of a nomenclature by code: in a select up to 200, above that in a text box with suggestions."""

from collections import Counter
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from characteristics.domain import nomenclatures
from characteristics.domain.naming import REPEATED, Naming, ambiguous
from characteristics.models import Element, Nomenclature
from desk import text
from desk.pages.filters import SuggestedMany, many_of
from desk.widgets import Suggested, Tiles

#: So many options are offered in a select; the house's rule for every choice.
MOST_IN_A_SELECT = 200


def _options(elements: list[Element]) -> list[tuple[str, str]]:
    return [(each.code, "\u2003" * each.depth + each.label) for each in elements]


def _names(elements: list[Element]) -> dict[str, str]:
    """By code what a text box shows: the name, where it can be read back; a comma would part it in two."""
    labels = {each.code: each.label.strip() for each in elements}
    alike = Counter(text.key(label) for label in labels.values())
    return {code: label for code, label in labels.items() if "," not in label and alike[text.key(label)] == 1}


def picture_url(element: Element, size: int) -> str:
    """Where its picture is shown, small; empty when it has none."""
    return f"/files/{element.picture_id}/?size={size}" if element.picture_id else ""


class ElementField(forms.Field):
    """One element by its code, or by a name that only one bears. A stopped one is offered only where it is ``kept``."""

    def __init__(self, nomenclature: Nomenclature, kept: Element | None = None, **kwargs: Any) -> None:
        every = nomenclatures.elements(nomenclature)
        held = kept.pk if kept else None
        self.offered = [each for each in every if not each.is_stopped or each.pk == held]
        self.by_code = {each.code: each for each in self.offered}
        self.nomenclature = nomenclature
        super().__init__(**{"widget": self._box(), **kwargs})

    @cached_property
    def _naming(self) -> Naming:
        return Naming(self.nomenclature)

    def _box(self) -> forms.Widget:
        if len(self.offered) <= MOST_IN_A_SELECT:
            return forms.Select(choices=[("", "—"), *_options(self.offered)])
        # What is kept stands in the box, so that one list serves every box of the nomenclature.
        return Suggested(
            lambda: _options([each for each in self.offered if not each.is_stopped]),
            listed=f"list-of-{self.nomenclature.code}",
            meaning=lambda code: self.by_code[code].label if code in self.by_code else "",
        )

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Element) else value

    def to_python(self, value: Any) -> Element | None:
        said = str(value or "").strip()
        if not said:
            return None
        if said.lower() in self.by_code:
            return self.by_code[said.lower()]
        meant = self._naming.meant(said)
        offered = [each for each in meant if each.code in self.by_code]
        if len(offered) == 1:
            return offered[0]
        if offered:
            raise ambiguous(said, self.nomenclature)
        named = {"value": said[:REPEATED], "nomenclature": self.nomenclature.label}
        if meant:
            raise ValidationError(_("“%(value)s” of “%(nomenclature)s” is stopped. Choose another one.") % named)
        raise ValidationError(_("“%(nomenclature)s” has no element “%(value)s”. Choose one from the list.") % named)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or None)


class PictureField(ElementField):
    """One element, all of them side by side with their pictures."""

    def _box(self) -> forms.Widget:
        return Tiles([("", "—", ""), *((each.code, each.label, picture_url(each, 96)) for each in self.offered)])


class ElementsField(forms.Field):
    """Any number of elements by their codes, for filters; stopped ones too, because old values bear them."""

    def __init__(self, nomenclature: Nomenclature, **kwargs: Any) -> None:
        every = nomenclatures.elements(nomenclature)
        self.by_code = {each.code: each for each in every}
        self.nomenclature = nomenclature
        widget = many_of(len(every), lambda: _options(every))
        if isinstance(widget, SuggestedMany):
            widget.names = lambda: _names(every)
        super().__init__(widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return [getattr(each, "code", each) for each in value or []]

    def to_python(self, value: Any) -> list[Element]:
        words = [str(each).strip() for each in value or [] if str(each).strip()]
        if all(word.lower() in self.by_code for word in words):
            return [self.by_code[word] for word in dict.fromkeys(word.lower() for word in words)]
        naming = Naming(self.nomenclature)
        return list(dict.fromkeys(naming.read(word) for word in words))
