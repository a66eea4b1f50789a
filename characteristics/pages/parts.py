"""The bridge from characteristics to the card: fields for what may be typed, words for what may only be read."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from characteristics.domain import nomenclatures
from characteristics.domain.values import Said
from characteristics.models import Characteristic
from desk.widgets import Suggested, quick


def form_fields(
    characteristics: Iterable[Characteristic], said: Said, decision: Any = None, *, is_new: bool = False
) -> dict[str, forms.Field]:
    """The fields of a card by their names, ``c-CODE``; what is stored now is their initial value.

    A new card begins with the preset answers. ``decision`` is about the user who fills the card in.
    """
    asked = list(characteristics)
    nomenclatures.read(each.nomenclature for each in asked if each.nomenclature_id)
    printed: set[str] = set()
    fields = {each.field_name: form_field(each, said.get(each.pk, []), printed, decision) for each in asked}
    for each in asked if is_new else ():
        if each.default and (value := each.type.preset(each, decision)) is not None:
            fields[each.field_name].initial = [value] if each.is_multiple else value
    return fields


def form_field(
    characteristic: Characteristic, values: list[Any], printed: set[str], decision: Any = None
) -> forms.Field:
    """One field with the characteristic's words: name and unit, definition as help, required or not.

    ``printed`` are the lists of suggestions that the form has brought already: one serves all its boxes.
    """

    def one(value: Any) -> forms.Field:
        field = characteristic.type.form_field(characteristic, value, decision)
        field.widget = quick(field.widget)
        for box in getattr(field.widget, "widgets", [field.widget]):
            if isinstance(box, Suggested):
                box.printed = printed
        field.required = field.widget.is_required = False
        return field

    first = values[0] if values else None
    single = one(first)
    field: Any = characteristic.type.several_field(one, values, decision) if characteristic.is_multiple else single
    field.initial = values if characteristic.is_multiple else first
    field.label = title(characteristic)
    limits = characteristic.type.limits_told(characteristic)
    field.help_text = _help(characteristic.definition, *limits, str(single.help_text))
    field.required = field.widget.is_required = characteristic.is_required
    field.span = getattr(field.widget, "span", 6 if isinstance(field.widget, forms.Textarea) else 2)
    return field


def _help(*told: str) -> str:
    """What is meant, what is taken, how to write it: sentences, though the office may have left out a full stop."""
    said = [each for each in told if each]
    ended = [f"{each}." if each[-1].isalnum() else each for each in said[:-1]]
    return " ".join([*ended, *said[-1:]])


def title(characteristic: Characteristic) -> str:
    """*Credit limit, EUR*."""
    return f"{characteristic.label}, {characteristic.unit}" if characteristic.unit else characteristic.label


def words(characteristic: Characteristic, values: Iterable[Any]) -> str:
    """Values in the reader's language, for sentences and comparisons."""
    return "; ".join(characteristic.type.text(each) for each in values)


def shown(characteristic: Characteristic, values: Iterable[Any]) -> SafeString:
    """Values on a page."""
    sign = "" if characteristic.type.is_block else "; "
    return format_html_join(sign, "{}", ((characteristic.type.html(each),) for each in values))
