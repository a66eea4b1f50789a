"""Choices written in one go: Django asks a template for every single option, which a card of many selects feels."""

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
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

    def __init__(
        self,
        options: Any,
        attrs: dict[str, Any] | None = None,
        listed: str = "",
        meaning: Callable[[str], str] | None = None,
    ) -> None:
        super().__init__(attrs)
        self.options, self.listed, self.meaning = options, listed, meaning
        self.printed: set[str] | None = None

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        listed = self.listed or f"list-{name}"
        attributes = {"type": "text", "name": name, "list": listed, **self.build_attrs(self.attrs, attrs)}
        if value not in (None, ""):
            attributes["value"] = str(value)
        if self.meaning:
            attributes["data-meant"] = True
        box = mark_safe(f"<input{flatatt(attributes)}>")  # noqa: S308 -- flatatt escapes
        # A code says little: what it stands for is named below its box.
        if meaning := self.meaning and self.meaning(str(value or "")):
            box += format_html('<span class="help meant">{}</span>', meaning)
        if self.printed is not None:
            if listed in self.printed:
                return box
            self.printed.add(listed)
        options = self.options() if callable(self.options) else self.options
        return box + _element("datalist", {"id": listed}, _options(options, None))


class Tree(forms.CheckboxSelectMultiple):
    """Any of some choices that stand under one another: ``above`` says of a code which of the others lead to it."""

    shape = "tree"

    def __init__(self, choices: Iterable[tuple[str, Any]], above: Mapping[str, Iterable[str]]) -> None:
        super().__init__(choices=choices)
        self._above = above

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["data-above"] = " ".join(self._above.get(str(value), ()))
        return option


class Tiles(forms.RadioSelect):
    """One of several pictures, each with its word: ``(code, word, address of the picture or nothing)``."""

    shape, span = "group", 6

    def __init__(self, tiles: Sequence[tuple[str, Any, str]], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, choices=[(code, word) for code, word, _address in tiles])
        self.tiles = tiles

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen, base = "" if value is None else str(value), (attrs or {}).get("id") or f"id_{name}"
        picture = '<img src="{}" alt="" width="48" height="48" loading="lazy">'
        parts = []
        for number, (code, word, address) in enumerate(self.tiles):
            own: dict[str, Any] = {"type": "radio", "class": "form-check-input", "name": name, "value": code}
            own |= {"id": f"{base}_{number}", "checked": code == chosen}
            shown = format_html(picture, address) if address else ""
            parts.append((mark_safe(flatatt(own)), shown, word))  # noqa: S308 -- flatatt escapes
        return format_html(
            '<div class="tiles">{}</div>',
            format_html_join("", '<label class="tile"><input{}>{}<span>{}</span></label>', parts),
        )


class Together(forms.MultiWidget):
    """Several boxes that answer one question: ``(ending of the name, word, widget)``. What was not sent is OMITTED."""

    shape, span = "group", 4
    OMITTED = object()

    def __init__(self, parts: Sequence[tuple[str, Any, forms.Widget]], attrs: dict[str, Any] | None = None) -> None:
        super().__init__({ending.removeprefix("_"): quick(widget) for ending, _word, widget in parts}, attrs)
        self.words = [word for _ending, word, _widget in parts]

    def decompress(self, value: Any) -> list[Any]:
        return list(value) if value else [None] * len(self.widgets)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return [
            self.OMITTED
            if widget.value_omitted_from_data(data, files, f"{name}{ending}")
            else widget.value_from_datadict(data, files, f"{name}{ending}")
            for ending, widget in zip(self.widgets_names, self.widgets, strict=True)
        ]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        base = (attrs or {}).get("id") or f"id_{name}"
        is_wrong = "is-invalid" in (attrs or {}).get("class", "")
        parts = []
        for number, (ending, word, widget) in enumerate(zip(self.widgets_names, self.words, self.widgets, strict=True)):
            look = "form-select" if isinstance(widget, forms.Select) else "form-control"
            own = {"id": f"{base}_{number}", "class": f"{look} is-invalid" if is_wrong else look}
            box = widget.render(f"{name}{ending}", self.decompress(value)[number], own, renderer)
            parts.append((own["id"], word, box))
        return format_html(
            '<div class="together">{}</div>',
            format_html_join("", '<div><label class="form-label" for="{}">{}</label>{}</div>', parts),
        )


def tick(option: Mapping[str, Any]) -> SafeString:
    """One tick or radio button, letter by letter as Django's own three templates write it, in a tenth of their time."""
    said = {"type": option["type"], "name": option["name"], "value": option["value"], **option["attrs"]}
    written = "".join(
        f" {name}" if value is True else f' {name}="{escaped(value)}"'
        for name, value in said.items()
        if value is not False and value is not None
    )
    return mark_safe(f"<input{written}>")  # noqa: S308 -- every part was escaped


def escaped(value: Any) -> str:
    """For the thousand texts of a panel of filters: Django's own function asks of each whether it is a lazy one."""
    return value if isinstance(value, SafeString) else html.escape(str(value))


def escaped_together(texts: Sequence[str]) -> list[str]:
    """Many texts, escaped as one: a column of a list has fifty. A NUL stands in no text that was kept."""
    parts = html.escape("\0".join(texts)).split("\0") if texts else []
    return parts if len(parts) == len(texts) else [html.escape(each) for each in texts]


def _options(choices: Iterable[tuple[Any, Any]], chosen: str | None) -> str:
    parts = []
    for value, label in choices:
        code = "" if value is None else str(value)
        mark = " selected" if code == chosen else ""
        parts.append(f'<option value="{escaped(code)}"{mark}>{escaped(label)}</option>')
    return "".join(parts)


def _element(tag: str, attributes: dict[str, Any], inside: str) -> SafeString:
    return mark_safe(f"<{tag}{flatatt(attributes)}>{inside}</{tag}>")  # noqa: S308 -- every part was escaped
