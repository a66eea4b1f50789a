"""The company and the delivery address on the card of a client."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain.clients import PLACE, PLACES
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


def clean(card: Any) -> None:
    """A country alone is no address."""
    for kind in PLACES:
        said = {name: card.cleaned_data.get(name_of(kind, name)) for name in PLACE}
        if said.pop("country") and not any(said.values()) and not _is_untouched(card, kind):
            card.add_error(name_of(kind, "line1"), _("Write at least the street or the town."))
    nowhere = not any(card.cleaned_data.get(name_of("company", name)) for name in PLACE)
    if card.cleaned_data.get(SAME) and nowhere and not card.fields[SAME].initial:
        card.add_error(SAME, _("Write the company address first, or take the tick away."))


def said(card: Any) -> dict[str, dict[str, str]]:
    """Both addresses as the card has them.

    The tick makes the delivery address the company's. Whoever leaves the tick and writes another address beside it,
    which only a card without scripts lets one do, means what was written.
    """
    found = {kind: {name: card.cleaned_data[name_of(kind, name)] for name in PLACE} for kind in PLACES}
    is_new_tick = card.cleaned_data[SAME] and not card.fields[SAME].initial
    if is_new_tick or (card.cleaned_data[SAME] and _is_untouched(card, "delivery")):
        found["delivery"] = dict(found["company"])
    return found


def _is_untouched(card: Any, kind: str) -> bool:
    return not any(name_of(kind, name) in card.changed_data for name in PLACE)
