"""The company and the delivery address on the card: shared facts, for whoever may edit it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain import earlier
from counterparties.domain.clients import PLACE, PLACES, places_of
from counterparties.models import Address
from desk import places
from desk.widgets import Suggested

from .card_fields import CountryField

SAME = "delivery_same"
SPANS = {"line1": 3, "line2": 3, "postal_code": 1, "city": 2, "region": 2, "country": 1}
#: The list of countries that the card's own country brings.
COUNTRIES = "list-country"


def name_of(kind: str, fact: str) -> str:
    return f"{kind}-{fact}"


def fields_of(stored: dict[str, Address]) -> dict[str, forms.Field]:
    """The fields of both addresses, and the tick that makes one of them."""
    fields: dict[str, forms.Field] = {}
    for kind in PLACES:
        if kind == "delivery":
            fields[SAME] = forms.BooleanField(
                label=gettext_lazy("Same as the company address"), required=False, initial=are_same(stored)
            )
            fields[SAME].span = 6
        for name, field in _of_one(stored.get(kind)).items():
            fields[name_of(kind, name)] = field
    return fields


def _of_one(address: Address | None) -> dict[str, forms.Field]:
    fields = forms.fields_for_model(Address, fields=PLACE)
    box = Suggested(places.countries, listed=COUNTRIES, meaning=places.country_meant)
    box.printed = {COUNTRIES}
    fields["country"] = CountryField(label=Address._meta.get_field("country").verbose_name, widget=box)
    for name, field in fields.items():
        field.span, field.initial = SPANS[name], getattr(address, name) if address else ""
    return {name: fields[name] for name in PLACE}


def are_same(stored: dict[str, Address]) -> bool:
    """Do they deliver to where the company sits?"""
    company, delivery = (stored.get(kind) for kind in PLACES)
    return bool(company and delivery) and all(getattr(company, name) == getattr(delivery, name) for name in PLACE)


class PlacesPart:
    """Both addresses on one card."""

    def __init__(self, card: Any) -> None:
        self.card = card
        self.stored = places_of(card.counterparty)
        self.fields = fields_of(self.stored)

    def fields_at(self, kind: str) -> list[str]:
        """What is asked of one of the two, in the order of the page."""
        return [*([SAME] if kind == "delivery" else []), *(name_of(kind, name) for name in PLACE)]

    def is_empty(self, kind: str) -> bool:
        """Nothing is written there, and nothing is wrong with it."""
        boxes = [self.card[name] for name in self.fields_at(kind)]
        return not any(box.value() or box.errors for box in boxes)

    def clean(self) -> None:
        """A country alone is no address."""
        cleaned = self.card.cleaned_data
        for kind in PLACES:
            said = {name: cleaned.get(name_of(kind, name)) for name in PLACE}
            if said.pop("country") and not any(said.values()) and not self._is_untouched(kind):
                self.card.add_error(name_of(kind, "line1"), _("Write at least the street or the town."))
        nowhere = not any(cleaned.get(name_of("company", name)) for name in PLACE)
        if cleaned.get(SAME) and nowhere and not self.fields[SAME].initial:
            self.card.add_error(SAME, _("Write the company address first, or take the tick away."))

    def said(self) -> dict[str, dict[str, str]]:
        """Both addresses as the card has them; neither where nothing was touched.

        The tick makes the delivery address the company's. Whoever leaves the tick and writes another address beside
        it, which only a card without scripts lets one do, means what was written.
        """
        if not self.fields.keys() & set(self.card.changed_data):
            return {}
        cleaned = self.card.cleaned_data
        found = {kind: {name: cleaned[name_of(kind, name)] for name in PLACE} for kind in PLACES}
        is_new_tick = cleaned[SAME] and not self.fields[SAME].initial
        if is_new_tick or (cleaned[SAME] and self._is_untouched("delivery")):
            found["delivery"] = dict(found["company"])
        return found

    def _is_untouched(self, kind: str) -> bool:
        return not any(name_of(kind, name) in self.card.changed_data for name in PLACE)

    # ---- for two versions to be compared

    def words(self, name: str, value: Any) -> str:
        """A value as people read it."""
        if name == SAME:
            return _("Yes") if value else _("No")
        return places.country_name(value) if name.endswith("-country") else str(value)

    def as_opened(self, moment: Any) -> dict[str, Any]:
        """What the card showed then."""
        stood = earlier.places_at(self.card.counterparty, moment)
        was: dict[str, Any] = {SAME: are_same(stood)}
        for kind in PLACES:
            for name in PLACE:
                was[name_of(kind, name)] = getattr(stood[kind], name) if kind in stood else ""
        return was
