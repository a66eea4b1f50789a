"""The form of a bulk edit: every fact behind its own tick, so that an empty box never wipes anything."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from characteristics.models import Characteristic
from characteristics.pages import parts
from counterparties.models import CounterpartyType
from counterparties.pages.card_fields import StatusField
from counterparties.pages.facts import visible_path
from counterparties.pages.type_tree import tree_of
from desk.pages.filters import CodesField, told
from exchange.domain.change import Change
from trail.pages.reason_field import ReasonField

from .chosen import Chosen


class TypesToChange(CodesField):
    """Types by their codes; one that is not offered is refused."""

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return self.options

    def clean(self, value: Any) -> list[str]:
        codes = super().clean(value)
        if self.unknown:
            sentence = _("There is no type “%(code)s” for you to choose.")
            raise ValidationError(sentence, params={"code": told(self.unknown[0])})
        return codes


class ReasonForm(forms.Form):
    """An act that needs no further word than why."""

    def __init__(self, data: Any, *, chosen: Chosen) -> None:
        super().__init__(data)
        self.fields["reason"] = ReasonField("bulk", help_text=_("Stands in the history of each of them."))

    @property
    def reason(self) -> str:
        return self.cleaned_data.get("reason", "")

    def without_errors(self) -> Any:
        """Shown again with everything that was filled in; nothing is checked yet."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        return self


class ChangeForm(ReasonForm):
    """What is to become of everybody who was chosen."""

    def __init__(self, data: Any, *, chosen: Chosen) -> None:
        super().__init__(data, chosen=chosen)
        self.chosen, self.decision = chosen, chosen.decision
        self.ticked = list(dict.fromkeys(data.getlist("change"))) if data is not None else []
        self.fields["status"] = StatusField(None, label=_("Status"))
        self.fields["types_add"] = self._types(_("Add these types"), self._may_be_added())
        self.fields["types_remove"] = self._types(_("Remove these types"), self._may_be_removed())
        self.characteristics = {each.field_name: each for each in self._asked()}
        self.fields |= parts.form_fields(self.characteristics.values(), {}, self.decision)
        self.taken_one_by_one = self._leave_out_uploads()
        for name in self.characteristics:
            self.fields[name].required = self.fields[name].widget.is_required = False

    # ---- what is offered

    def _types(self, label: Any, types: list[CounterpartyType]) -> TypesToChange:
        paths = [(each.code, visible_path(each, self.decision)) for each in types]
        return TypesToChange(paths, label=label, widget=tree_of(types, self.decision))

    def _may_be_added(self) -> list[CounterpartyType]:
        return [each for each in self.decision.types("edit") if not each.is_stopped]

    def _may_be_removed(self) -> list[CounterpartyType]:
        edited = self.decision.type_ids("edit")
        return [each for each in self.chosen.types if each.pk in edited]

    def _asked(self) -> list[Characteristic]:
        """What the types of those who were chosen ask for, and the types that are to be added, of this user."""
        added = set(self.data.getlist("types_add")) if self.is_bound else set()
        types = {each.pk for each in self.chosen.types}
        types |= {each.pk for each in self._may_be_added() if each.code in added}
        ordered = [each for each in self.decision.tree.types if each.pk in types]
        asked = [each.characteristic for each in self.decision.characteristics("edit", ordered)]
        return [each for each in asked if not each.is_stopped]

    def _leave_out_uploads(self) -> list[str]:
        """A file belongs to one counterparty, so it is given on its card. Their names are told."""
        uploads = [name for name in self.characteristics if self.fields[name].widget.needs_multipart_form]
        return [self._drop(name) for name in uploads]

    def _drop(self, name: str) -> str:
        del self.fields[name]
        return self.characteristics.pop(name).label

    @property
    def facts(self) -> list[tuple[str, Any, list[forms.BoundField]]]:
        """(name of its tick, its label, its boxes): what can be changed, in the order of the page."""
        return [
            ("status", self.fields["status"].label, [self["status"]]),
            ("types", _("Types"), [self[name] for name in ("types_add", "types_remove") if self.fields[name].options]),
            *[(name, self.fields[name].label, [self[name]]) for name in self.characteristics],
        ]

    # ---- what was sent

    def _boxes(self, tick: str) -> list[str]:
        return ["types_add", "types_remove"] if tick == "types" else [tick]

    def _is_filled(self, name: str) -> bool:
        return _says_something(
            self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        )

    def clean(self) -> dict[str, Any]:
        offered = ["status", "types", *self.characteristics]
        for tick in offered:
            if tick not in self.ticked:
                self._check_unticked(tick)
        for name in [each for each in self.ticked if each not in offered][:3]:
            self.add_error(None, _("“%(name)s” cannot be changed here.") % {"name": told(name)})
        if not self.ticked and not self.errors:
            self.add_error(None, _("Tick what is to be changed."))
        if "types" in self.ticked:
            self._check_types()
        for name, characteristic in self.characteristics.items():
            if name in self.ticked and characteristic.is_required and not _listed(self.cleaned_data.get(name, True)):
                self.add_error(name, _("“%(name)s” is required, so it cannot be emptied.") % {"name": characteristic})
        return self.cleaned_data

    def _check_unticked(self, tick: str) -> None:
        """What is not ticked is not changed; something written there all the same was surely meant."""
        for name in self._boxes(tick):
            self.errors.pop(name, None)
            if self._is_filled(name):
                self.add_error(name, _("Tick this to change it, or leave it empty."))

    def _check_types(self) -> None:
        added, removed = (self.cleaned_data.get(name) for name in self._boxes("types"))
        if added == [] and removed == []:
            self.add_error("types_add", _("Choose the types to add or to remove."))
        if added and removed and (both := set(added) & set(removed)):
            named = self.fields["types_add"].labels[sorted(both)[0]]
            self.add_error("types_remove", _("“%(type)s” cannot be added and removed at once.") % {"type": named})

    def change(self) -> Change:
        """What to do, once the form is valid."""
        said, by_code = self.cleaned_data, self.decision.tree.by_code
        added, removed = (
            [by_code[code] for code in said[name]] if "types" in self.ticked else [] for name in self._boxes("types")
        )
        return Change(
            facts={"status": said["status"]} if "status" in self.ticked else {},
            added=added,
            removed=removed,
            answers={each: _listed(said[name]) for name, each in self.characteristics.items() if name in self.ticked},
        )


def _listed(answer: Any) -> list[Any]:
    return list(answer) if isinstance(answer, list | tuple) else [] if answer is None else [answer]


def _says_something(said: Any) -> bool:
    if isinstance(said, list | tuple):
        return any(map(_says_something, said))
    return bool(isinstance(said, str) and said.strip())
