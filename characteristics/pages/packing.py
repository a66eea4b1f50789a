"""The three boxes of a characteristic "with package": yes or no, the package, and how much of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from characteristics.domain.packed import Packed, check
from characteristics.models import Nomenclature
from characteristics.pages.choosing import ElementField
from desk.fields import DecimalFormField, FlagFormField
from desk.widgets import Together


class PackedField(forms.Field):
    """One answer out of three boxes; a box that was not sent says what is ``kept``."""

    def __init__(self, nomenclature: Nomenclature, kept: Packed | None, **kwargs: Any) -> None:
        self.boxes = [
            FlagFormField(required=False),
            ElementField(nomenclature, kept=kept.package if kept else None, required=False),
            DecimalFormField(required=False),
        ]
        flag, package, quantity = self.boxes
        parts = [
            ("", _("Yes or no"), flag.widget),
            ("_package", _("Package"), package.widget),
            ("_quantity", _("Quantity in it"), quantity.widget),
        ]
        super().__init__(**{"widget": Together(parts), **kwargs})
        self.kept = kept

    def prepare_value(self, value: Any) -> list[Any]:
        """What stands in the three boxes."""
        if not isinstance(value, list | tuple):
            said = (value.flag, value.package, value.quantity) if value else (None, None, None)
            return [box.prepare_value(each) for box, each in zip(self.boxes, said, strict=True)]
        return [
            stored if each is Together.OMITTED else each
            for each, stored in zip(value, self.prepare_value(self.kept), strict=True)
        ]

    def to_python(self, value: Any) -> Packed | None:
        sent = self.prepare_value(value or None)
        flag, package, quantity = (box.clean(each) for box, each in zip(self.boxes, sent, strict=True))
        if flag is None and package is None and quantity is None:
            return None
        if flag is None:
            raise ValidationError(_("Say yes, or leave package and quantity empty."))
        return check(Packed(flag, package, quantity))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != self.prepare_value(data)
