"""The form of one type: where it stands, what it is called, and what it asks of its counterparties."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from characteristics.models import Characteristic
from counterparties.domain.inheritance import Inherited, TypeTree
from counterparties.domain.placing import check_place
from counterparties.models import CounterpartyType, TypeCharacteristic
from desk.pages.filters import CodesField
from desk.pages.settings_form import NAMES, SHOWN_AT_ONCE, SettingsForm
from desk.widgets import Select, Suggested


class CharacteristicsField(CodesField):
    """Codes of characteristics; a wrong one is refused."""

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return self.options

    def clean(self, value: Any) -> list[str]:
        codes = super().clean(value)
        if self.unknown:
            sentence = _("There is no characteristic with the code “%(code)s” to choose here.")
            raise ValidationError(sentence % {"code": self.unknown[0][:40]})
        return codes

    def has_changed(self, initial: Any, data: Any) -> bool:
        return set(initial or []) != {self.fold(str(each).strip()) for each in data or []}


class TypeForm(SettingsForm):
    """A root type has no parent; a subtype always has one, of its own kind."""

    position = forms.IntegerField(
        label=gettext_lazy("Order"),
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        help_text=gettext_lazy("Smaller numbers stand first; empty is 0."),
    )

    class Meta:
        model = CounterpartyType
        fields = ["position", "code", "name", *NAMES]

    def __init__(self, *args: Any, tree: TypeTree, parent: str = "", when: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tree, self.when = tree, when
        self.fields["position"].span = 1
        self.own = tree.own(self.instance) if self.instance.pk else []
        if not self.is_root:
            self.fields["parent"] = self._parent_field()
            above = tree.by_id.get(self.instance.parent_id)
            self.initial["parent"] = above.code if above else parent
        self.given = self._given(self._parent_now())
        self.fields["characteristics"] = self._characteristics_field()
        self.initial["characteristics"] = [each.code for each in self._own_then()]

    @property
    def is_root(self) -> bool:
        return bool(self.instance.pk) and self.instance.parent_id is None

    def at(self, thing: Any, when: Any = None) -> "TypeForm":
        return TypeForm(instance=thing, tree=TypeTree(), when=when)

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0

    def clean_parent(self) -> CounterpartyType:
        parent = self.tree.by_code.get(self.cleaned_data["parent"].strip().lower())
        if parent is None:
            raise ValidationError(_("There is no type with this code. Choose one of the list."))
        if parent.is_stopped and parent.pk != self.instance.parent_id:
            raise ValidationError(_("%(type)s is stopped. Start it first, or choose another type.") % {"type": parent})
        with transaction.atomic():
            check_place(self.tree.by_id.get(self.instance.pk) or self.instance, parent)
        return parent

    @property
    def parent(self) -> CounterpartyType | None:
        """Whose successor it is to be."""
        return self.cleaned_data.get("parent")

    @property
    def chosen(self) -> list[Characteristic]:
        """The characteristics of its own. What its ancestors give already is not tied a second time."""
        codes = self.cleaned_data["characteristics"]
        given = {each.characteristic.pk for each in self._given(self.parent)} - {each.pk for each in self.own}
        found = [each for each in self.tree.characteristics.values() if each.code in codes and each.pk not in given]
        return sorted(found, key=lambda each: (each.position, each.name, each.pk))

    def says_same(self, there: CounterpartyType) -> bool:
        return super().says_same(there) and {each.pk for each in self.chosen} == {
            each.pk for each in self.tree.own(there)
        }

    def facts(self) -> dict[str, Any]:
        return super().facts() | ({} if self.is_root else {"parent": self.parent})

    @property
    def must_be_asked(self) -> bool:
        """Would it hide fields that counterparties have? Moved, or a characteristic taken off."""
        return "parent" in self.changed_data or bool({each.pk for each in self.own} - {each.pk for each in self.chosen})

    def _parent_now(self) -> CounterpartyType | None:
        """The parent as the page shows it: as typed, else as it is."""
        if self.is_root:
            return None
        code = self.data.get("parent", "") if self.is_bound else self.initial["parent"]
        return self.tree.by_code.get(str(code).strip().lower())

    def _given(self, parent: CounterpartyType | None) -> list[Inherited]:
        return self.tree.asked_of([parent]) if parent else []

    def _parent_field(self) -> forms.CharField:
        kind = self.instance.kind_code if self.instance.pk else None
        below = self.tree.family(self.tree.by_id[self.instance.pk]) if self.instance.pk in self.tree.by_id else set()
        offered = [
            each
            for each in self.tree.types
            if (kind is None or each.kind_code == kind)
            and each.pk not in below
            and (not each.is_stopped or each.pk == self.instance.parent_id)
        ]
        options = [(each.code, self.tree.path(each)) for each in offered]
        few = len(options) <= SHOWN_AT_ONCE
        widget = Select(choices=[("", "—"), *options]) if few else Suggested(options)
        field = forms.CharField(label=_("Successor of"), widget=widget, max_length=60)
        field.help_text = _("It inherits the kind and the characteristics of all its ancestors.")
        field.choices = options
        field.span = 3
        return field

    def _characteristics_field(self) -> CharacteristicsField:
        own, given = {each.pk for each in self.own}, {each.characteristic.pk for each in self.given}
        known = sorted(self.tree.characteristics.values(), key=lambda each: (each.position, each.name, each.pk))
        # Those its ancestors give are shown apart; sent all the same, they are no mistake.
        possible = [each for each in known if not each.is_stopped or each.pk in own]
        offered = [each for each in possible if each.pk in own or each.pk not in given]
        field = CharacteristicsField(
            [(each.code, each.label) for each in offered], label=_("Characteristics of its own")
        )
        field.labels = {each.code: each.label for each in possible} | {
            each.characteristic.code: each.characteristic.label for each in self.given
        }
        field.span = 6
        return field

    def _own_then(self) -> list[Characteristic]:
        """What hung on the type at the moment the form speaks of."""
        if self.when is None:
            return self.own
        ties = TypeCharacteristic.history.as_of(self.when).filter(type=self.instance.pk)
        ids = {each.characteristic_id for each in ties}
        return [each for pk, each in self.tree.characteristics.items() if pk in ids]
