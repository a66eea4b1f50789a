"""The choice of a field for a column of a sheet: grouped, and written once for all columns."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from counterparties.domain import account_words, address_words, client_words
from counterparties.domain.importing import Fields
from counterparties.domain.importing.readers import FACTS
from desk.widgets import Suggested
from exchange.domain import field_words

#: (what the group is called, [(field, its words)])
Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]
#: More options than this on one page are typed and suggested.
MOST_OPTIONS = 8_000
#: A choice of more is typed as well, as everywhere in the office.
MOST_IN_ONE = 200


def groups_of(fields: Fields) -> Groups:
    """Every field that a sheet may fill: what all have, what clients have, addresses, the account, what is asked."""
    facts = [name for name in ("code", "name", "types", *FACTS) if name in fields.names]
    facts = list(dict.fromkeys(facts))
    clients = [name for name in fields.names if name in client_words.FACTS]
    places = [name for name in fields.names if name in address_words.PLACES]
    accounts = [name for name in fields.names if name in account_words.PARTS]
    asked = [name for name in fields.names if name in fields.characteristics]
    found = [
        (_("Facts"), facts),
        (_("Of clients"), clients),
        (_("Addresses"), places),
        (_("Bank accounts"), accounts),
        (_("Characteristics"), asked),
    ]
    return [(title, [(name, field_words.label(fields, name)) for name in names]) for title, names in found if names]


class FieldChoice(forms.Select):
    """A grouped select whose options are put together once, however many columns a sheet has."""

    def __init__(self, written: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.written = written

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attributes = {"name": name, **self.build_attrs(self.attrs, attrs)}
        sign = f'value="{escape(value or "")}"'
        options = self.written.replace(f"{sign}>", f"{sign} selected>", 1)
        return mark_safe(f"<select{flatatt(attributes)}>{options}</select>")  # noqa: S308 -- flatatt escapes


def written(groups: Groups) -> str:
    """The options of one choice, as every column shows them."""
    nothing = _("not imported")
    parts = [f'<option value="">{escape(nothing)}</option>']
    for title, options in groups:
        inside = "".join(f'<option value="{escape(name)}">{escape(words)}</option>' for name, words in options)
        parts.append(f'<optgroup label="{escape(title)}">{inside}</optgroup>')
    return "".join(parts)


def choices_for(groups: Groups, columns: int) -> list[forms.Widget]:
    """A widget for each column; where they would be too long for a page, boxes that suggest."""
    options = [each for _title, those in groups for each in those]
    if len(options) <= MOST_IN_ONE and len(options) * columns <= MOST_OPTIONS:
        made = written(groups)
        return [FieldChoice(made) for _number in range(columns)]
    printed: set[str] = set()
    boxes = [Suggested(options, {"autocomplete": "off"}, listed="fields") for _number in range(columns)]
    for box in boxes:
        box.printed = printed
    return list(boxes)
