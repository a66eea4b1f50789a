"""Choosing elements of a nomenclature by code: in a select up to 200, above that in a text box with suggestions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from characteristics.domain import nomenclatures
from characteristics.models import Element, Nomenclature
from desk.widgets import Suggested

#: So many options are offered in a select; the house's rule for every choice.
MOST_IN_A_SELECT = 200


def _options(elements: list[Element]) -> list[tuple[str, str]]:
    return [(each.code, "\u2003" * each.depth + each.label) for each in elements]


class ElementField(forms.Field):
    """One element by its code. A stopped one is offered only where it is ``kept``."""

    def __init__(self, nomenclature: Nomenclature, kept: Element | None = None, **kwargs: Any) -> None:
        every = nomenclatures.elements(nomenclature)
        held = kept.pk if kept else None
        self.offered = [each for each in every if not each.is_stopped or each.pk == held]
        self.by_code = {each.code: each for each in self.offered}
        self.stopped = {each.code for each in every} - set(self.by_code)
        self.nomenclature = nomenclature
        super().__init__(**{"widget": self._box(), **kwargs})

    def _box(self) -> forms.Widget:
        if len(self.offered) <= MOST_IN_A_SELECT:
            return forms.Select(choices=[("", "—"), *_options(self.offered)])
        # What is kept stands in the box, so that one list serves every box of the nomenclature.
        return Suggested(
            lambda: _options([each for each in self.offered if not each.is_stopped]),
            listed=f"list-of-{self.nomenclature.code}",
        )

    def prepare_value(self, value: Any) -> Any:
        return value.code if isinstance(value, Element) else value

    def to_python(self, value: Any) -> Element | None:
        code = str(value or "").strip().lower()
        if not code:
            return None
        if code in self.by_code:
            return self.by_code[code]
        named = {"value": value, "nomenclature": self.nomenclature.label}
        if code in self.stopped:
            raise ValidationError(_("“%(value)s” of “%(nomenclature)s” is stopped. Choose another one.") % named)
        raise ValidationError(_("“%(nomenclature)s” has no element “%(value)s”. Choose one from the list.") % named)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or None)


class ElementsField(forms.Field):
    """Any number of elements by their codes, for filters; stopped ones too, because old values bear them."""

    widget = forms.SelectMultiple

    def __init__(self, nomenclature: Nomenclature, **kwargs: Any) -> None:
        every = nomenclatures.elements(nomenclature)
        self.by_code = {each.code: each for each in every}
        self.nomenclature = nomenclature
        super().__init__(**kwargs)
        self.widget.choices = _options(every)

    def prepare_value(self, value: Any) -> Any:
        return [getattr(each, "code", each) for each in value or []]

    def to_python(self, value: Any) -> list[Element]:
        codes = [str(each).strip().lower() for each in value or [] if str(each).strip()]
        unknown = [code for code in codes if code not in self.by_code]
        if unknown:
            named = {"value": ", ".join(unknown), "nomenclature": self.nomenclature.label}
            raise ValidationError(_("“%(nomenclature)s” has no element “%(value)s”.") % named)
        return [self.by_code[code] for code in dict.fromkeys(codes)]
