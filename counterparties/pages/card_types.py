"""Ticking the types of a counterparty: which are offered, which are mine to tick, and what a tick comes to."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from counterparties.models import Counterparty, CounterpartyType
from desk.widgets import Tree


class TypesOffered:
    """The types as one user may see and tick them on one card.

    A new counterparty asks for the right *add* on each ticked type; ticking or clearing a type of an existing one asks
    for *edit* on that type. What is not the user's to change stays, seen or not.
    """

    def __init__(self, decision: Any, counterparty: Counterparty | None) -> None:
        self.decision = decision
        self.tree = decision.tree
        self.right = "edit" if counterparty else "add"
        self.held = set(decision.type_sets.get(counterparty.type_set_id, ())) if counterparty else set()
        self.seen = decision.type_ids("view")
        self.mine = decision.type_ids(self.right)

    @cached_property
    def offered(self) -> list[CounterpartyType]:
        """What stands on the card: a stopped type only where the counterparty carries it."""
        return [each for each in self.decision.types("view") if not each.is_stopped or each.pk in self.held]

    @property
    def fixed(self) -> list[CounterpartyType]:
        """Those of its types that are not the user's to clear, hidden ones too."""
        return [each for each in self.tree.types if each.pk in self.held - self.mine]

    @property
    def carried(self) -> list[CounterpartyType]:
        """Those of its types that the user may see."""
        return [each for each in self.offered if each.pk in self.held]

    @property
    def has_foreign(self) -> bool:
        """Is any of the shown types not the user's?"""
        return any(each.pk not in self.mine for each in self.offered)

    def path(self, type_: CounterpartyType) -> str:
        """*Client › Wholesale*, without the ancestors the user may not see."""
        line = self.tree.lineage(type_)
        return " › ".join(each.label for each in line if each.pk in self.seen or each.pk == type_.pk)

    def chosen(self, codes: Iterable[str]) -> list[CounterpartyType]:
        """The types that ticks come to; ticks that are not possible count for nothing here."""
        wanted = {each for each in (self._find(code) for code in codes) if each is not None}
        return self._settled(each for each in wanted if self._may_tick(each))

    def read(self, codes: Iterable[str]) -> list[CounterpartyType]:
        """The types that ticks come to; a tick that is not possible is refused with a sentence."""
        wanted = []
        for code in codes:
            found = self._find(code)
            if found is None:
                raise ValidationError(_("There is no type “%(code)s” for you to choose."), params={"code": code[:40]})
            if not self._may_tick(found):
                raise ValidationError(self._why_not(found), params={"type": found.label})
            wanted.append(found)
        chosen = self._settled(wanted)
        if not chosen:
            raise ValidationError(_("Choose at least one type."), code="required")
        return chosen

    def _find(self, code: str) -> CounterpartyType | None:
        found = self.tree.by_code.get(str(code).strip().lower())
        return found if found is not None and found.pk in self.seen else None

    def _may_tick(self, type_: CounterpartyType) -> bool:
        return type_.pk in self.held or (type_.pk in self.mine and not type_.is_stopped)

    def _why_not(self, type_: CounterpartyType) -> Any:
        if type_.is_stopped:
            return _("The type “%(type)s” is stopped: no counterparty is given it any more. Choose another one.")
        if self.right == "add":
            return _("You may not add counterparties of the type “%(type)s”.")
        return _("You may not edit counterparties of the type “%(type)s”, so you cannot tick it.")

    def _settled(self, wanted: Iterable[CounterpartyType]) -> list[CounterpartyType]:
        ticked = [each for each in wanted if each.pk in self.mine]
        # Ticks that were not touched change nothing, even where an ancestor and its subtype stand together.
        if {each.pk for each in ticked} == self.held & self.mine & self.seen:
            settled = {each.pk for each in ticked}
        else:
            settled = {each.pk for each in self.tree.without_ancestors(ticked)}
        return [each for each in self.tree.types if each.pk in settled | (self.held - self.mine)]


class TypeTicks(Tree):
    """Tick boxes as the tree has them, subtypes under their parents; those not the user's are grey."""

    def __init__(self, offered: TypesOffered) -> None:
        above = {
            type_.code: [each.code for each in offered.tree.lineage(type_)[:-1] if each.pk in offered.seen]
            for type_ in offered.offered
        }
        super().__init__([(each.code, offered.path(each)) for each in offered.offered], above)
        self.offered = offered

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if self.offered.tree.by_code[str(value)].pk not in self.offered.mine:
            option["attrs"]["disabled"] = True
        return option


class TypesField(forms.Field):
    """The types of a card by their codes."""

    def __init__(self, offered: TypesOffered, **kwargs: Any) -> None:
        super().__init__(**{"widget": TypeTicks(offered), "required": False, "label": _("Types"), **kwargs})
        self.offered = offered
        self.choices = self.widget.choices

    def to_python(self, value: Any) -> list[CounterpartyType]:
        return self.offered.read(value or [])

    def prepare_value(self, value: Any) -> list[str]:
        return [getattr(each, "code", each) for each in value or []]

    def bound_data(self, data: Any, initial: Any) -> list[str]:
        """Grey boxes are not sent; they are shown as they are."""
        return [each.code for each in self.offered.chosen(data or [])]
