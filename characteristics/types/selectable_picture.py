from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from characteristics.pages.choosing import ElementField, PictureField, picture_url

from .base import types
from .nomenclature import OneElement

#: So many pictures stand on a card; of more, the names are offered in a list.
MOST_PICTURES = 60


@types.register
class SelectablePicture(OneElement):
    """One element, chosen by its picture."""

    code, label, position, icon = "selectable_picture", _("Selectable picture"), 100, "photo"
    implementer_only, allows_several = True, False

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        field = ElementField(characteristic.nomenclature, kept=value)
        return PictureField(characteristic.nomenclature, kept=value) if len(field.offered) <= MOST_PICTURES else field

    def html(self, value: Any) -> SafeString:
        return self._pictured(value, 96, 40)

    def line(self, value: Any) -> SafeString:
        return self._pictured(value, 48, 20)

    def _pictured(self, value: Any, size: int, side: int) -> SafeString:
        if not value.picture_id:
            return format_html("{}", value.label)
        return format_html(
            '<span class="pictured"><img src="{}" alt="" width="{}" height="{}" loading="lazy">{}</span>',
            picture_url(value, size), side, side, value.label,
        )  # fmt: skip
