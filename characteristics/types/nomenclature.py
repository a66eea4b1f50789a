from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from characteristics.domain import nomenclatures
from characteristics.pages.choosing import ElementField, ElementsField
from desk import text

from .base import CharacteristicType, types


@types.register
class FromNomenclature(CharacteristicType):
    """One element of a nomenclature."""

    code, label, position, icon = "nomenclature", _("Nomenclature"), 60, "list-tree"
    storage, order_by = "element", ("element__position", "element__name", "element_id")
    needs_nomenclature, takes, has_few_values = True, ("nomenclature",), True

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        return ElementField(characteristic.nomenclature, kept=value)

    def filter_fields(self, characteristic: Any, decision: Any = None) -> dict[str, forms.Field]:
        return {"": ElementsField(characteristic.nomenclature)}

    def matching(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        """An element stands for its children too."""
        return Q(element__in=nomenclatures.families(characteristic.nomenclature, asked[""]))

    def asked_words(self, characteristic: Any, asked: dict[str, Any]) -> str:
        return ", ".join(each.label for each in asked[""])

    def text(self, value: Any) -> str:
        return value.label

    def reader(self, characteristic: Any, decision: Any = None) -> Callable[[Any], Any]:
        """Takes a code, or a name in any of the three languages when only one element bears it."""
        by_word: dict[str, list[Any]] = {}
        for element in nomenclatures.elements(characteristic.nomenclature):
            names = {text.key(word) for word in (element.code, *nomenclatures.every_name(element)) if word}
            names.add(text.key(f"{element.code} {element.label}"))
            for word in names:
                by_word.setdefault(word, []).append(element)

        def read(cell: Any) -> Any:
            found = by_word.get(text.key(str(cell)), [])
            exact = [each for each in found if each.code == str(cell).strip().lower()]
            if len(exact or found) == 1:
                return (exact or found)[0]
            named = {"value": cell, "nomenclature": characteristic.nomenclature.label}
            if found:
                raise ValidationError(
                    _("“%(value)s” names several elements of “%(nomenclature)s”; write the code.") % named
                )
            raise ValidationError(_("“%(nomenclature)s” has no element “%(value)s”.") % named)

        return read

    def cell(self, value: Any) -> Any:
        return value.label
