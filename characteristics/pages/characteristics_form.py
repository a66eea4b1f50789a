"""The form of one characteristic: what it is called, of which type it is, who is asked for it."""

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from characteristics.domain import pasting, shaping, usage
from characteristics.domain.limits import NOTHING
from characteristics.domain.narrowing import Beyond
from characteristics.domain.pasting import Line
from characteristics.models import Characteristic, Nomenclature
from characteristics.pages import limits_asked
from characteristics.pages.pasted import LinesField
from characteristics.pages.types_asked import TypeSelect, TypesField
from characteristics.registry import types
from desk.pages.filters import tree_of
from desk.pages.settings_form import NAMES, SHOWN_AT_ONCE, SettingsForm, taken
from desk.widgets import Suggested

#: What only some types are told; each type says which in its ``takes``.
EXTRAS = ("nomenclature", "unit", "target_type", *NOTHING)


class CharacteristicForm(SettingsForm):
    """The same form for new ones and for those that exist; what a type does not take is left out of it."""

    type_code = forms.CharField(label=gettext_lazy("Type"))
    elements = LinesField(label=gettext_lazy("…or the elements of a new nomenclature"))
    types_shown = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Characteristic
        fields = [
            *("code", "type_code", "name", *NAMES, "definition", *EXTRAS),
            *("is_required", "is_multiple", "in_list"),
        ]
        widgets = {"definition": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, decision: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        self.was = copy(self.instance)
        self.tied = [each.code for each in usage.tied([self.was]).get(self.was.pk, [])] if self.was.pk else []
        self._ask_for_type()
        self._ask_for_nomenclature()
        self._ask_for_target()
        limits_asked.dress(self.fields, self.was)
        self._ask_who_is_asked()
        for name, span in (("code", 2), ("type_code", 2), ("name", 2), ("definition", 6), ("elements", 4), ("unit", 2)):
            if name in self.fields:
                self.fields[name].span = span
        for name in ("is_required", "is_multiple", "in_list"):
            self.fields[name].span = 2

    def _ask_for_type(self) -> None:
        offered = list(types)
        field = self.fields["type_code"]
        field.choices = [("", "—"), *[(each.code, each.label) for each in offered]]
        field.widget = TypeSelect(choices=field.choices)
        if any(each.implementer_only for each in offered):
            field.help_text = _(
                "Greyed: only implementers make and change such characteristics, with the command "
                "define_characteristics."
            )
        taken_by_some = {extra for each in offered if not each.implementer_only for extra in each.takes}
        for extra in EXTRAS:
            if extra not in taken_by_some:
                del self.fields[extra]

    def _ask_for_nomenclature(self) -> None:
        if "nomenclature" not in self.fields or self.was.nomenclature_id:
            del self.fields["elements"]
        if "nomenclature" not in self.fields:
            return
        known = list(Nomenclature.objects.all())
        options = [(each.code, each.label) for each in known]
        field = self.fields["nomenclature"]
        field.to_field_name, field.required, field.span = "code", False, 2
        field.choices = [("", "—"), *options]
        field.widget = Suggested(options) if len(options) > SHOWN_AT_ONCE else forms.Select(choices=field.choices)
        chosen = next((each.code for each in known if each.pk == self.was.nomenclature_id), "")
        self.initial["nomenclature"] = chosen
        field.help_text = _("Only for types that choose from one.")

    def _ask_for_target(self) -> None:
        if field := self.fields.get("target_type"):
            options = [(each.code, each.path) for each in usage.carriers()]
            field.to_field_name, field.required, field.span = "code", False, 2
            field.choices = [("", _("Any")), *options]
            field.widget = Suggested(options) if len(options) > SHOWN_AT_ONCE else forms.Select(choices=field.choices)
            field.help_text = _("Only for types that choose a counterparty: of this type or a subtype.")
            self.initial["target_type"] = self.was.target_type.code if self.was.target_type_id else ""

    def _ask_who_is_asked(self) -> None:
        every = usage.carriers()
        offered = [each for each in every if not each.is_stopped or each.code in self.tied]
        paths = [(each.code, each.path) for each in offered]
        field = TypesField(
            paths,
            widget=tree_of(paths, {each.code: each.above for each in offered}),
            label=_("Types whose counterparties are asked for it"),
            help_text=_("Their subtypes inherit it."),
        )
        field.span = 6
        self.fields["types"] = field
        self.initial["types"] = self.tied
        self.initial["types_shown"] = " ".join(self.tied)

    @property
    def type(self) -> Any:
        """The type that was chosen."""
        return types.get(self.cleaned_data["type_code"])

    @property
    def namesake(self) -> str:
        """That lists and sheets will have two columns of one name; nothing where they will not."""
        said = [str(self[name].value() or "") for name in ("name", *NAMES)]
        called = usage.facts_called(said)
        sentence = _("Every counterparty has a fact called “%(name)s” already: sheets could not tell the two apart.")
        return sentence % {"name": called[0]} if called else ""

    @property
    def lines(self) -> list[Line]:
        """The elements of the new nomenclature, if one was typed."""
        return self.cleaned_data.get("elements") or []

    @property
    def chosen(self) -> list[str]:
        """The types that are to ask for it: what was ticked and cleared here, on top of what others did meanwhile."""
        codes, current = self.cleaned_data["types"], set(self.tied)
        if not self.was.pk:
            return codes
        if "types_shown" not in self.data and "types" not in self.data:
            return sorted(current)
        shown = set(self.cleaned_data["types_shown"].split()) if "types_shown" in self.data else current
        return sorted((current - (shown - set(codes))) | (set(codes) - shown))

    def clean_type_code(self) -> str:
        code = self.cleaned_data["type_code"]
        if code == self.was.type_code:
            return code
        if code not in types:
            raise ValidationError(_("There is no such type. Choose one of the list."))
        if types.get(code).implementer_only:
            raise ValidationError(shaping.implementers_only(types.get(code)))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("type_code") in types:
            # What the chosen type does not take was not meant: a unit of a date says nothing.
            for extra in EXTRAS:
                if extra in cleaned and extra not in self.type.takes:
                    cleaned[extra] = NOTHING.get(extra, "" if extra == "unit" else None)
            if not self.type.allows_several:
                cleaned["is_multiple"] = False
            if "nomenclature" not in self.type.takes:
                cleaned["elements"] = []
        if self.lines and cleaned.get("nomenclature"):
            self.add_error("elements", _("Choose a nomenclature or type the elements of a new one, not both."))
        if self.lines and (found := Nomenclature.objects.filter(code=cleaned.get("code")).first()):
            sentence = _("%(taken)s Or choose it here and leave the new elements out.")
            self.add_error("nomenclature", sentence % {"taken": taken(found)})
        return cleaned

    def _post_clean(self) -> None:
        asked_for = "nomenclature" in self.errors
        super()._post_clean()
        if self.lines and not asked_for:
            self.errors.pop("nomenclature", None)  # the one it needs is just being made
        if self.errors:
            return
        try:
            self.type.tidy(self.instance, self.was if self.was.pk else None, self.decision)
            self.cleaned_data |= {name: getattr(self.instance, name) for name in NOTHING}
            if self.was.pk:
                shaping.check_values(self.was, self.facts())
        except Beyond as wrong:
            self.add_error(wrong.name, limits_asked.with_links(wrong, self.decision))
        except ValidationError as wrong:
            self.add_error(None, wrong)

    def says_same(self, there: Characteristic) -> bool:
        """In the one spelling of its type, with the same types and the same list of its own."""
        try:
            self.type.tidy(self.instance, None, self.decision)
        except ValidationError:
            return False
        self.cleaned_data |= {name: getattr(self.instance, name) for name in NOTHING}
        facts, has_own = self.facts(), bool(self.lines)
        if has_own:
            facts.pop("nomenclature", None)
        same = all(getattr(there, name) == value for name, value in facts.items())
        tied = {each.code for each in usage.tied([there]).get(there.pk, [])}
        return same and set(self.chosen) == tied and (not has_own or pasting.stand(there.nomenclature, self.lines))

    def at(self, thing: Any, when: Any = None) -> "CharacteristicForm":
        return type(self)(instance=thing, decision=self.decision)

    @property
    def says_something(self) -> bool:
        typed = set(self.changed_data) - {"version", "opened", "types_shown", "types", "elements"}
        return bool(typed or self.lines or set(self.chosen) != set(self.tied))
