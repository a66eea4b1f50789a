from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, ExpressionWrapper, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from characteristics.domain import nomenclatures
from characteristics.domain.naming import Naming
from characteristics.pages.choosing import ElementField, ElementsField
from desk.databases import Owners
from desk.databases.of_each import known_of_each
from desk.said import gettext

from .base import CharacteristicType, types

#: From so many elements on an index of elements is asked in more places than it saves.
MANY = 4


class OneElement(CharacteristicType):
    """One element of a nomenclature, however it is shown."""

    storage, order_by = "element", ("element__position", "element__name", "element_id")
    needs_nomenclature, takes, has_few_values, is_ranked = True, ("nomenclature", "default"), True, True
    parts_into = "elements"

    def holds(self, other: CharacteristicType) -> bool:
        """With or without its picture, an element is the same."""
        return isinstance(other, OneElement)

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        return ElementField(characteristic.nomenclature, kept=value)

    def filter_fields(self, characteristic: Any, decision: Any = None) -> dict[str, forms.Field]:
        return {"": ElementsField(characteristic.nomenclature)}

    def matching(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        """An element stands for its children too."""
        return Q(element__in=nomenclatures.families(characteristic.nomenclature, asked[""]))

    def owners(self, rows: QuerySet, owner: str, characteristic: Any, asked: dict[str, Any]) -> Owners:
        """Of many elements, a record is asked for its own, and not each element for the record (10 ms, so 8)."""
        elements = nomenclatures.families(characteristic.nomenclature, asked[""])
        if len(elements) < MANY:
            return super().owners(rows, owner, characteristic, asked)
        own = ExpressionWrapper(F("element_id") + 0, BigIntegerField())
        of_one = known_of_each(rows, "element").annotate(own=own).filter(own__in=elements)
        return Owners(rows.filter(element__in=elements), owner, of_one)

    def asked_words(self, characteristic: Any, asked: dict[str, Any]) -> str:
        return ", ".join(each.label for each in asked[""])

    def listed(self, characteristic: Any) -> list[Any]:
        """In the order of the nomenclature, without those that are stopped."""
        return [each for each in nomenclatures.elements(characteristic.nomenclature) if not each.is_stopped]

    def read_default(self, characteristic: Any, decision: Any) -> Any:
        found = super().read_default(characteristic, decision)
        if found.is_stopped:
            raise ValidationError(gettext("“%(value)s” is stopped. Choose another one.") % {"value": found})
        return found

    def spelled_default(self, value: Any) -> str:
        return str(value.code)

    def preset(self, characteristic: Any, decision: Any = None) -> Any:
        return next((each for each in self.listed(characteristic) if each.code == characteristic.default), None)

    def chosen(self, value: Any) -> list[Any]:
        return [value]

    def text(self, value: Any) -> str:
        return value.label

    def reader(self, characteristic: Any, decision: Any = None) -> Callable[[Any], Any]:
        """Takes a code, or a name in any of the three languages when only one element bears it."""
        return Naming(characteristic.nomenclature).read

    def writer(self, characteristic: Any) -> Callable[[Any], Any]:
        return Naming(characteristic.nomenclature).write


@types.register
class FromNomenclature(OneElement):
    """One element, chosen by its name."""

    code, label, position, icon = "nomenclature", _("Nomenclature"), 60, "list-tree"
