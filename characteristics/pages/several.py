"""Several values of one characteristic: its own field repeated, with an empty one to write the next value into."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

#: So many places of one characteristic are kept.
MOST = 100


class Repeated(forms.Widget):
    """One widget under the other, all of one name."""

    def __init__(self, one: Callable[[Any], forms.Field]) -> None:
        super().__init__()
        self.one = one

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = dict(attrs or {})
        base = attributes.get("id") or f"id_{name}"
        parts = []
        for number, each in enumerate([*(value or []), None]):
            field = self.one(each)
            own = attributes | {"id": f"{base}_{number}" if number else base}
            own.pop("required", None)
            parts.append(field.widget.render(name, field.prepare_value(each), own, renderer))
        return format_html_join("", "{}", ((part,) for part in parts))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        if hasattr(data, "getlist"):
            return data.getlist(name)
        said = data.get(name)
        return list(said) if isinstance(said, list | tuple) else [said]


class SeveralField(forms.Field):
    """Any number of values; ``one(value)`` makes the field of a single one."""

    def __init__(self, one: Callable[[Any], forms.Field], kept: list[Any], **kwargs: Any) -> None:
        super().__init__(**{"widget": Repeated(one), **kwargs})
        self.one, self.kept = one, kept

    def to_python(self, value: Any) -> list[Any]:
        if len(value or []) > MOST:
            raise ValidationError(_("At most %(limit)d values are kept."), params={"limit": MOST})
        blank = self.one(None)
        found = []
        for raw in value or []:
            # What was stored before stays possible, even if it was stopped since.
            same = [each for each in self.kept if str(self.one(each).prepare_value(each)) == str(raw)]
            said = same[0] if same else blank.clean(raw)
            if said is not None and said not in found:
                found.append(said)
        return found
