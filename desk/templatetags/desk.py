"""What every template of the office may say: an icon, a field in our clothes, a person's initials."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, widgets
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from desk.columns import Column
from desk.widgets import escaped, tick

register = template.Library()

#: Up to this many radio buttons stand side by side as one control; more become a list.
SIDE_BY_SIDE = 3


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing beside its word; the word says it all, so screen readers skip the drawing."""
    return _drawing(static("vendor/icons/sprite.svg"), name)


@lru_cache(500)
def _drawing(sprite: str, name: str) -> SafeString:
    """The same dozen stand on every page."""
    return format_html('<svg class="ico" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name)


@register.simple_tag(takes_context=True)
def same_for_all(context: Any, part: str) -> SafeString:
    """A part of every page that says the same to everybody of a language and theme: made once for a process."""
    if settings.DEBUG:
        _part.cache_clear()
    # A file of ours is called otherwise in each release.
    return _part(part, get_language(), context.get("theme", ""), static("desk/mark.svg"))


@lru_cache(100)
def _part(part: str, language: str | None, theme: str, _release: str) -> SafeString:
    return render_to_string(part, {"LANGUAGE_CODE": language, "theme": theme})


@register.filter
def shape(field: BoundField) -> str:
    """How a bound field is laid out: ``hidden``, ``tick``, ``choice``, ``ticks``, ``tree``, ``group`` or ``box``."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if own := getattr(widget, "shape", ""):
        return own
    if isinstance(widget, widgets.CheckboxInput):
        return "tick"
    if isinstance(widget, widgets.CheckboxSelectMultiple):
        return "ticks"
    if isinstance(widget, widgets.RadioSelect):
        return "choice" if len(list(widget.choices)) <= SIDE_BY_SIDE else "ticks"
    return "box"


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The widget of a bound field with the classes of our look; what a form set itself stays."""
    widget = field.field.widget
    if isinstance(widget, widgets.CheckboxInput):
        own = "form-check-input"
    elif isinstance(widget, widgets.Select):
        own = "form-select"
    else:
        own = "form-control"
    wrong = "is-invalid" if field.errors else ""
    return field.as_widget(attrs={"class": " ".join(filter(None, [widget.attrs.get("class"), own, wrong]))})


@register.filter
def must_be_filled(field: BoundField) -> bool:
    """Whether "required" is worth saying: a list that has no empty choice is answered as it stands."""
    required, widget = field.field.required, field.field.widget
    if shape(field) in ("hidden", "ticks") or not isinstance(widget, widgets.ChoiceWidget):
        return required
    return required and any(value in ("", None) for value, _label in widget.choices)


@register.filter
def options(field: BoundField) -> Iterator[tuple[str, str, bool]]:
    """The ticks or radio buttons of a field, one by one: ``(input, label, is_off)``."""
    for option in field.subwidgets:
        attributes = option.data["attrs"]
        attributes.setdefault("class", "form-check-input")
        # Not wrapped in its own label: ours holds the word too.
        yield tick(option.data), option.choice_label, attributes.get("disabled", False)


@register.filter
def in_tree(field: BoundField) -> Iterator[tuple[str, str, str, int, bool]]:
    """The ticks of a tree: ``(input, path before it, word, depth, is_off)``. Its widget says what stands above each."""
    for option, (box, path, is_off) in zip(field.subwidgets, options(field), strict=True):
        depth = len(option.data["attrs"].get("data-above", "").split())
        before, arrow, word = str(path).rpartition(" › ") if depth else ("", "", str(path))
        yield box, before + arrow, word, depth, is_off


@register.filter
def branches(field: BoundField) -> list[list[tuple[str, str, str, int, bool]]]:
    """The same, each root with what stands under it: columns are broken between branches, not within a small one."""
    found: list[list[tuple[str, str, str, int, bool]]] = []
    for each in in_tree(field):
        if not found or each[3] == 0:
            found.append([])
        found[-1].append(each)
    return found


@register.filter
def ticks(field: BoundField) -> SafeString:
    """All of them, each in its label with its word: a panel of filters has hundreds."""
    labels = [f'<label class="tick">{box}{escaped(word)}</label>' for box, word, _is_off in options(field)]
    return mark_safe("".join(labels))  # noqa: S308 -- every part was escaped


@register.filter
def offered(columns: Iterable[Column]) -> SafeString:
    """The columns that a chooser offers, each as a tick in its line; every list has dozens."""
    before = '<li><label class="tick"><input class="form-check-input" type="checkbox" name="columns" value="'
    lines = [f'{before}{escaped(each.key)}">{escaped(each.title)}</label></li>' for each in columns]
    return mark_safe("".join(lines))  # noqa: S308 -- every part was escaped


@register.filter
def chosen(field: BoundField) -> list[str]:
    """The labels of what is ticked, for the closed form of a long list of ticks."""
    # Alone, a word of a tree stands at no depth.
    return [str(option.choice_label).strip() for option in field.subwidgets if option.data["selected"]]


@register.filter
def alone(field: BoundField) -> list[BoundField]:
    """One field where a list of them is shown."""
    return [field]


@register.filter
def troubles(forms: BaseForm | list[BaseForm]) -> list[BoundField]:
    """The fields in error of one form or of several, in their order on the page."""
    return [field for form in _together(forms) for field in form if field.errors]


@register.filter
def initials(person: Any) -> str:
    """Anna Dimitrova is AD; a login alone gives its first two letters. Quotation marks are no letters."""
    called = str(person.get_full_name() or person.get_username())
    words = re.sub(r"(?<!\w)\W+", " ", f" {called}").split() or [called]
    letters = words[0][:2] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()


@register.filter
def wrong_count(fields: Iterable[BoundField]) -> int:
    """How many of these bound fields are in error."""
    return sum(1 for field in fields if field.errors)


@register.filter
def general_errors(forms: BaseForm | list[BaseForm]) -> list[Any]:
    """What is wrong with a form as a whole, of one form or of several."""
    return [error for form in _together(forms) for error in form.non_field_errors()]


@register.filter
def hidden_of(forms: BaseForm | list[BaseForm]) -> list[BoundField]:
    """The hidden fields of one form or of several, wherever their visible ones stand."""
    return [field for form in _together(forms) for field in form.hidden_fields()]


def _together(forms: BaseForm | list[BaseForm]) -> list[BaseForm] | tuple[BaseForm, ...]:
    return forms if isinstance(forms, (list, tuple)) else [forms]
