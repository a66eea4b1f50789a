from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.fields import NOT_SAID, AskedFlagFormField, FlagFormField

from .base import CharacteristicType, types


@types.register
class Checkbox(CharacteristicType):
    """Yes, no, or nothing said."""

    code, label, position, icon = "checkbox", _("Yes/No"), 50, "checkbox"
    storage, order_by, css = "flag", ("flag",), "yes"
    allows_several, has_few_values, takes, parts_into = False, True, ("default",), "flags"

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        return FlagFormField()

    def filter_fields(self, characteristic: Any, decision: Any = None) -> dict[str, forms.Field]:
        return {"": AskedFlagFormField()}

    def asks_for_none(self, asked: dict[str, Any]) -> bool:
        return asked[""] == NOT_SAID

    def matching(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        # A bare yes-or-no column is no comparison to SQLite, and its index is read from the first "no" on.
        return Q(flag__in=[asked[""]])

    def asked_words(self, characteristic: Any, asked: dict[str, Any]) -> str:
        return gettext("Not said") if self.asks_for_none(asked) else self.text(asked[""])

    def spelled_default(self, value: Any) -> str:
        return "yes" if value else "no"

    def preset(self, characteristic: Any, decision: Any = None) -> bool:
        return bool(characteristic.default == "yes")

    def listed(self, characteristic: Any) -> tuple[bool, bool]:
        return True, False

    def text(self, value: Any) -> str:
        return gettext("Yes") if value else gettext("No")
