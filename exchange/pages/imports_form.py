"""How a sheet is to be read: which column fills which field, how rows are known, what is done with them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain.importing import Fields
from counterparties.pages.facts import visible_path
from counterparties.pages.type_tree import tree_of
from exchange.domain import field_words
from exchange.models import Import
from exchange.pages.imports_fields import choices_for, groups_of

#: Days as Americans write them, for which a column is asked whether the month stands first.
LIKE_A_DAY = re.compile(r"\s*[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{4}|[0-9]{2})\s*")


@dataclass(frozen=True)
class ColumnRow:
    """One column of the sheet on the page: its head, its first cells, its field."""

    header: str
    examples: list[str]
    field: BoundField
    month_first: BoundField | None


class MappingForm(forms.Form):
    """Everything that is asked before the preview."""

    key = forms.ChoiceField(
        label=gettext_lazy("Rows are known by"),
        help_text=gettext_lazy("A row that means somebody in the books changes them; any other is added."),
    )
    mode = forms.ChoiceField(
        label=gettext_lazy("What is done"),
        choices=[
            ("upsert", gettext_lazy("Add new ones and change known ones")),
            ("create", gettext_lazy("Only add new ones")),
            ("update", gettext_lazy("Only change known ones")),
        ],
    )
    is_whole = forms.ChoiceField(
        label=gettext_lazy("When rows are refused"),
        choices=[("", gettext_lazy("Take in the good rows")), ("1", gettext_lazy("Take in nothing at all"))],
        required=False,
    )
    types = forms.MultipleChoiceField(
        label=gettext_lazy("Types"),
        required=False,
        help_text=gettext_lazy("New counterparties are given these types, known ones get them besides their own."),
    )
    empty_clears = forms.BooleanField(
        label=gettext_lazy("An empty cell empties the fact"),
        required=False,
        help_text=gettext_lazy("Otherwise what is kept there stays."),
    )
    overwrites = forms.BooleanField(
        label=gettext_lazy("Overwrite what was changed since the sheet was made"),
        required=False,
        help_text=gettext_lazy(
            "Otherwise such rows are left out as conflicts. Our own sheets know when they were made."
        ),
    )
    creates_elements = forms.BooleanField(
        label=gettext_lazy("Create elements that are missing"),
        required=False,
        help_text=gettext_lazy(
            "A word that no element of the characteristic's nomenclature bears becomes a new one. "
            "So do categories of clients; a subcategory stands under the category of its client."
        ),
    )

    def __init__(self, *sent: Any, of: Import, decision: Any, fields: Fields) -> None:
        super().__init__(*sent, initial=_said(of))
        self.of, self.known = of, fields
        self.fields["key"].choices = _keys(fields)
        self._types(decision)
        if not decision.may_manage_settings:
            del self.fields["creates_elements"]
        for place, widget in enumerate(choices_for(groups_of(fields), len(of.header))):
            said = of.mapping[place] if place < len(of.mapping) else ""
            is_shared = not said and fields.is_shared(of.header[place])
            self.fields[f"column-{place}"] = forms.CharField(
                required=False,
                widget=widget,
                initial=said,
                label=of.header[place],
                help_text=_("Several facts are called so: choose which one.") if is_shared else "",
            )
            if any(LIKE_A_DAY.fullmatch(each) for each in self._examples(place)):
                self.fields[f"month_first-{place}"] = forms.BooleanField(
                    required=False, initial=place in of.month_first, label=_("The month stands first: 12/31/99")
                )

    def _types(self, decision: Any) -> None:
        mine = decision.type_ids("add") | decision.type_ids("edit")
        offered = [each for each in decision.types("view") if each.pk in mine and not each.is_stopped]
        options = [(each.code, visible_path(each, decision)) for each in offered]
        field = self.fields["types"]
        field.widget = tree_of(offered, decision)
        field.choices, field.span = options, 6
        if len(options) == 1 and not self.of.types:
            self.initial["types"] = [options[0][0]]

    def _examples(self, place: int) -> list[str]:
        return [str(each) for each in self.of.examples[place]] if place < len(self.of.examples) else []

    # ---- on the page

    @property
    def rows(self) -> Iterator[ColumnRow]:
        for place, header in enumerate(self.of.header):
            month_first = f"month_first-{place}"
            asked = self[month_first] if month_first in self.fields else None
            yield ColumnRow(header, self._examples(place), self[f"column-{place}"], asked)

    @property
    def how(self) -> list[BoundField]:
        """What is asked besides the columns."""
        for name in ("key", "mode", "is_whole"):
            self.fields[name].span = 2
        for name in ("empty_clears", "overwrites", "creates_elements"):
            if name in self.fields:
                self.fields[name].span = 6
        order = ("key", "mode", "is_whole", "types", "empty_clears", "overwrites", "creates_elements")
        return [self[name] for name in order if name in self.fields]

    # ---- what was sent

    @property
    def mapping(self) -> list[str]:
        """The field of each column, as it was sent; where one types, its words are as good as its code."""
        said = [self.cleaned_data.get(f"column-{place}", "") for place in range(len(self.of.header))]
        return [each if each in self.known.names else self.known.named(each) or each for each in said]

    def clean(self) -> dict[str, Any]:
        first: dict[str, int] = {}
        for place, name in enumerate(self.mapping):
            if name and name not in self.known.names:
                self.add_error(f"column-{place}", _("There is no such field. Choose one of the list."))
            elif name in first:
                told = {"column": self.of.header[first[name]]}
                self.add_error(f"column-{place}", _("“%(column)s” fills this field already. Choose another.") % told)
            elif name:
                first[name] = place
        self._check_key(set(first))
        self._check_rest(set(first))
        return self.cleaned_data

    def _check_key(self, filled: set[str]) -> None:
        key, mode = self.cleaned_data.get("key"), self.cleaned_data.get("mode")
        # Without a code a row is known by its number or its name, or is given a code.
        if key and mode and key not in filled and not (key == "code" and mode != "update"):
            told = {"field": dict(self.fields["key"].choices)[key]}
            self.add_error("key", _("No column fills “%(field)s”. Choose its column, or another key.") % told)

    def _check_rest(self, filled: set[str]) -> None:
        key, mode = self.cleaned_data.get("key"), self.cleaned_data.get("mode")
        if "name" not in filled and (mode == "create" or key not in filled):
            self.add_error(None, _("Choose which column holds the name."))
        if mode != "update" and "types" not in filled and not self.cleaned_data.get("types"):
            self.add_error("types", _("Choose the types that new counterparties are given."))

    def tell(self) -> None:
        """Write down what was said; nothing is saved yet."""
        said, of = self.cleaned_data, self.of
        of.mapping = self.mapping
        of.month_first = [place for place in range(len(of.header)) if said.get(f"month_first-{place}")]
        for name in ("key", "mode", "types", "empty_clears", "overwrites"):
            setattr(of, name, said[name])
        of.is_whole = bool(said["is_whole"])
        of.creates_elements = said.get("creates_elements", False)


def _said(of: Import) -> dict[str, Any]:
    names = ("key", "mode", "types", "empty_clears", "overwrites", "creates_elements")
    return {name: getattr(of, name) for name in names} | {"is_whole": "1" if of.is_whole else ""}


def _keys(fields: Fields) -> list[tuple[str, str]]:
    """Facts by which rows are known, and texts of the office's own."""
    facts = [(name, field_words.label(fields, name)) for name in ("code", "registration_number", "email")]
    texts = [
        (name, field_words.label(fields, name))
        for name, each in fields.characteristics.items()
        if each.type.can_be_key and not each.is_multiple
    ]
    return [*facts, *texts]
