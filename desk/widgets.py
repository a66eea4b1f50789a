"""Choices written in one go: Django asks a template for every single option, which a card of many selects feels."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


def quick(widget: forms.Widget) -> forms.Widget:
    """The same select as a fast one; every other widget stays what it is."""
    if type(widget) is not forms.Select or any(isinstance(label, list | tuple) for _value, label in widget.choices):
        return widget
    return Select(attrs=widget.attrs, choices=widget.choices)


class Select(forms.Select):
    """A plain list of choices, without groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = {"name": name, **self.build_attrs(self.attrs, attrs)}
        if self._required_is_meaningless(attributes):
            del attributes["required"]
        return _element("select", attributes, _options(self.choices, "" if value is None else str(value)))

    def _required_is_meaningless(self, attributes: dict[str, Any]) -> bool:
        """HTML allows ``required`` only where the first choice is the empty one."""
        first = next(iter(self.choices), None)
        return bool(attributes.get("required")) and (first is None or first[0] not in ("", None))


class Suggested(forms.TextInput):
    """A text box that suggests codes: what a choice of more than a select's worth of options is.

    Boxes with the same options name one list by its id, ``listed``; the first of those that share a set ``printed``
    brings it, the others refer to it.
    """

    def __init__(self, options: Any, attrs: dict[str, Any] | None = None, listed: str = "") -> None:
        super().__init__(attrs)
        self.options, self.listed = options, listed
        self.printed: set[str] | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        listed = self.listed or f"list-{name}"
        attributes = {"type": "text", "name": name, "list": listed, **self.build_attrs(self.attrs, attrs)}
        if value not in (None, ""):
            attributes["value"] = str(value)
        box = mark_safe(f"<input{flatatt(attributes)}>")  # noqa: S308 -- flatatt escapes
        if self.printed is not None:
            if listed in self.printed:
                return box
            self.printed.add(listed)
        options = self.options() if callable(self.options) else self.options
        return box + _element("datalist", {"id": listed}, _options(options, None))


def _options(choices: Iterable[tuple[Any, Any]], chosen: str | None) -> str:
    parts = []
    for value, label in choices:
        code = "" if value is None else str(value)
        mark = " selected" if code == chosen else ""
        parts.append(f'<option value="{conditional_escape(code)}"{mark}>{conditional_escape(label)}</option>')
    return "".join(parts)


def _element(tag: str, attributes: dict[str, Any], inside: str) -> SafeString:
    return mark_safe(f"<{tag}{flatatt(attributes)}>{inside}</{tag}>")  # noqa: S308 -- every part was escaped
