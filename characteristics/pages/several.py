"""Several values of one characteristic: its own field repeated, with an empty one to write the next value into."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from characteristics.domain.limits import MOST_VALUES


class Stored:
    """What is stored now: it stays possible, even if it was stopped since."""

    def __init__(self, one: Callable[[Any], forms.Field], kept: Sequence[Any]) -> None:
        self.one, self.kept = one, kept

    @cached_property
    def _by_word(self) -> dict[str, Any]:
        return {str(self.one(each).prepare_value(each)): each for each in reversed(self.kept)}

    def find(self, said: Any) -> Any:
        """The stored value that was said, as itself or as its box sends it; else None."""
        if said in (None, ""):
            return None
        return said if said in self.kept else self._by_word.get(str(said))


class Repeated(forms.Widget):
    """One widget under the other, all of one name."""

    def __init__(self, one: Callable[[Any], forms.Field], stored: Stored) -> None:
        super().__init__()
        self.one, self.stored = one, stored

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = dict(attrs or {})
        base = attributes.get("id") or f"id_{name}"
        parts = []
        for number, each in enumerate([*(value or []), None]):
            field = self.one(self.stored.find(each))
            own = attributes | {"id": f"{base}_{number}" if number else base}
            own.pop("required", None)
            if isinstance(field.widget, forms.Select):
                own["class"] = own.get("class", "").replace("form-control", "form-select")
            parts.append(field.widget.render(name, field.prepare_value(each), own, renderer))
        return format_html('<div class="repeated">{}</div>', format_html_join("", "{}", ((part,) for part in parts)))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        if hasattr(data, "getlist"):
            return data.getlist(name)
        said = data.get(name)
        return list(said) if isinstance(said, list | tuple) else [said]


class SeveralField(forms.Field):
    """Any number of values; ``one(value)`` makes the field of a single one."""

    def __init__(self, one: Callable[[Any], forms.Field], kept: list[Any], **kwargs: Any) -> None:
        self.one, self.stored = one, Stored(one, kept)
        super().__init__(**{"widget": Repeated(one, self.stored), **kwargs})

    def to_python(self, value: Any) -> list[Any]:
        # Below the last value stands an empty box.
        written = [each for each in value or [] if each not in (None, "")]
        if len(written) > MOST_VALUES:
            raise ValidationError(_("At most %(limit)d values are kept."), params={"limit": MOST_VALUES})
        blank = self.one(None)
        found = []
        for raw in written:
            said = self.stored.find(raw)
            said = blank.clean(raw) if said is None else said
            if said is not None and said not in found:
                found.append(said)
        return found
