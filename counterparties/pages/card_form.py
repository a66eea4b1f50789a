"""The form of the card: its fields follow the types, and what was not sent stays as it is."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from characteristics.domain import values
from characteristics.models import Characteristic
from characteristics.pages import parts
from counterparties.domain import keeping
from counterparties.domain.clients import Known
from counterparties.domain.inheritance import Inherited
from counterparties.models import Counterparty, CounterpartyType
from desk.places import country_meant
from trail.pages.reason_field import ReasonField

from . import card_checks, card_unshared
from .card_client import ClientPart
from .card_fields import FACTS, fact_fields
from .card_places import PlacesPart
from .card_types import TypesField, TypesOffered


class Kept(forms.BoundField):
    """A field that was not sent at all, or whose stored value was chosen, says what is stored."""

    @property
    def data(self) -> Any:
        stored_is_chosen = self.name in self.form.take_stored
        if stored_is_chosen or self.field.widget.value_omitted_from_data(
            self.form.data, self.form.files, self.html_name
        ):
            return self.field.prepare_value(self.initial)
        return super().data

    def value(self) -> Any:
        if self.form.is_bound:
            return self.field.prepare_value(self.field.bound_data(self.data, self.initial))
        return self.field.prepare_value(self.initial)


class CardForm(forms.Form):
    """Facts, types and characteristics of one counterparty, as one user may write them."""

    bound_field_class = Kept

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    opened = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        decision: Any,
        counterparty: Counterparty | None = None,
        ticked: list[CounterpartyType] | None = None,
    ) -> None:
        super().__init__(data, files)
        self.decision = decision
        self.counterparty = counterparty
        self.take_stored = set(data.getlist("theirs")) if data is not None else set()
        self.offered = TypesOffered(decision, counterparty)
        self.fields["types"] = TypesField(self.offered, initial=ticked or self.offered.carried)
        self.fields["types"].span = 4
        self.fields |= fact_fields(counterparty)
        self.client = ClientPart(self)
        self.places = PlacesPart(self)
        self.fields |= self.client.fields | self.places.fields
        asked = [each.characteristic for each in self.asked]
        self.fields |= parts.form_fields(asked, self.said, decision, is_new=counterparty is None)
        if ticked and not counterparty and not self.is_bound:
            # Whose type is chosen already begins with the name.
            self.fields["name"].widget.attrs["data-first"] = True
        if counterparty:
            self.fields["reason"] = ReasonField("card")
            self.fields["reason"].span = 6
        self.initial = self._initial()
        self._name_the_country()
        if self.is_reload:
            # Only the fields were asked for: nothing is checked yet.
            self._errors, self.cleaned_data = ErrorDict(), {}
            self._look_at_files()

    def _initial(self) -> dict[str, Any]:
        opened = {"opened": timezone.now().isoformat()}
        if self.counterparty:
            facts = {fact: getattr(self.counterparty, fact) for fact in FACTS}
            return opened | facts | {"version": str(self.counterparty.version)}
        return opened | {"country": settings.OFFICE_COUNTRY, "status": self.fields["status"].default}

    def _name_the_country(self) -> None:
        """Where the country is named below its box, nobody has to be told how to write one."""
        box = self["country"]
        if country_meant(str(box.value() or "")):
            box.help_text = ""

    def _look_at_files(self) -> None:
        """A file that cannot be kept until the card is saved is told at once: no browser sends it again."""
        for name, field in self.fields.items():
            if field.widget.needs_multipart_form:
                try:
                    field.clean(self[name].data)
                except ValidationError as error:
                    # What is missing yet is no fault before the card is saved.
                    if any(each.code != "required" for each in error.error_list):
                        self.add_error(name, error)

    @property
    def is_reload(self) -> bool:
        """Sent to see the fields of other types, not to be saved."""
        return self.is_bound and "show_fields" in self.data

    @cached_property
    def types(self) -> list[CounterpartyType]:
        """What the counterparty's types are by this form, those the user may not see included."""
        if not self.is_bound:
            initial = [each.code for each in self.fields["types"].initial]
            return self.offered.chosen(initial)
        return self.offered.chosen(self["types"].data or [])

    @cached_property
    def readable(self) -> list[Inherited]:
        """The characteristics of these types that the user may see."""
        return self.decision.characteristics("view", self.types)

    @cached_property
    def said(self) -> values.Said:
        """What is stored for them."""
        if self.counterparty is None:
            return {}
        return values.of(self.counterparty, [each.characteristic for each in self.readable], self.decision)

    @cached_property
    def asked(self) -> list[Inherited]:
        """Those the user may answer; a stopped characteristic is asked of nobody."""
        mine = {each.characteristic.pk for each in self.decision.characteristics(self.offered.right, self.types)}
        return [each for each in self.readable if each.characteristic.pk in mine and not each.characteristic.is_stopped]

    @cached_property
    def told(self) -> list[Inherited]:
        """Those with an answer that can only be read here: stopped ones, and ones of types that are not the user's."""
        asked = {each.characteristic.pk for each in self.asked}
        return [
            each
            for each in self.readable
            if each.characteristic.pk not in asked and each.characteristic.pk in self.said
        ]

    @property
    def seen(self) -> str:
        """The version this card was read as."""
        return self.data.get("version", "") if self.is_bound else self.initial["version"]

    @property
    def opened_at(self) -> datetime | None:
        """When this card was read, if it says so."""
        try:
            said = parse_datetime(self.data.get("opened") or "")
            return said.astimezone(UTC) if said is not None and timezone.is_aware(said) else None
        except (ValueError, OverflowError):
            return None

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        for name, check in card_checks.CHECKS.items():
            if name not in cleaned:
                continue
            try:
                cleaned[name] = card_checks.within_limit(check(cleaned, self), self.fields[name])
            except ValidationError as error:
                self.add_error(name, error)
        card_unshared.clean(self)
        self.client.clean()
        self.places.clean()
        return cleaned

    def add(self) -> Counterparty:
        """Take the new counterparty into the books."""
        return keeping.add(
            self.facts(),
            self.types,
            self.answers(),
            by=self.decision.user,
            opened_at=self.opened_at,
            **self._as_client(),
        )

    def keep(self, counterparty: Counterparty) -> Counterparty | None:
        """Keep what was changed; None when nothing was."""
        return keeping.keep(
            counterparty,
            self.facts(),
            self.types,
            self.answers(),
            by=self.decision.user,
            seen=self.seen,
            reason=self.reason,
            known=Known(self.client.stored if self.client.is_asked else None, self.places.stored),
            **self._as_client(),
        )

    def _as_client(self) -> dict[str, Any]:
        return {"client": self.client.facts(), "places": self.places.said(), "note": self.client.note}

    def facts(self) -> dict[str, Any]:
        """What to store of the facts."""
        return {fact: self.cleaned_data[fact] for fact in FACTS}

    def answers(self) -> dict[Characteristic, Any]:
        """What to store of the characteristics."""
        return {each.characteristic: self.cleaned_data[each.characteristic.field_name] for each in self.asked}

    @property
    def reason(self) -> str:
        return self.cleaned_data.get("reason", "")
