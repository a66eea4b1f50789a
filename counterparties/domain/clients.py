"""What is kept of a counterparty because it is a client, with its two addresses; its version guards all of it."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from counterparties.models import Address, Client, Counterparty, Note
from files.domain.drafts import Draft

#: What a card and a sheet may say of a client.
PERSONAL = ("salutation", "gender")
SETTINGS = ("login_allowed", "email_notifications", "message_language", "payment_term", "credit_limit", "currency")
FACTS = (
    *PERSONAL, "language", "category", "subcategory", "picture", "company_name", "tax_name", "office_phone", "logo",
    "electronic_address_scheme", "electronic_address", *SETTINGS,
)  # fmt: skip
#: The addresses of which there is one of each kind, and what is said of one.
PLACES = ("company", "delivery")
PLACE = ("line1", "line2", "postal_code", "city", "region", "country")

Place = Mapping[str, str]


def client_of(counterparty: Counterparty | None) -> Client:
    """What is stored of it as a client; one with nothing said where nothing is."""
    if counterparty is None:
        return Client()
    rows = Client.objects.select_related("category", "subcategory", "picture", "logo")
    found = rows.filter(counterparty=counterparty.pk).first()
    if found is None:
        return Client()
    found.counterparty = counterparty  # whose it is need not be read again
    return found


def places_of(counterparty: Counterparty | None) -> dict[str, Address]:
    """Its company and its delivery address, as far as they are noted."""
    if counterparty is None:
        return {}
    return {each.kind: each for each in Address.objects.filter(counterparty=counterparty.pk, kind__in=PLACES)}


@dataclass(frozen=True)
class Known:
    """What was read of it already, after the counterparty itself: while that has its version, nobody wrote anything."""

    client: Client | None
    places: Mapping[str, Address]


class Differences:
    """What of the given facts and places is another than what is stored. What is not given stays as it is.

    A place of which nothing is said any more is taken away. A ``note`` is a new one, unless the same ``author`` wrote
    the same before: a card may be sent twice. What is ``known`` need not be read again, and stays as it is.
    """

    def __init__(
        self,
        stored: Counterparty | None,
        facts: Mapping[str, Any],
        places: Mapping[str, Place],
        note: str = "",
        author: Any = None,
        known: Known | None = None,
    ) -> None:
        self._client = _client_to_change(stored, known) if facts else Client()
        self._facts = {name: said for name, said in facts.items() if said != getattr(self._client, name)}
        self._stored = _places_to_change(stored, known) if places else {}
        self._places = {kind: said for kind, said in places.items() if self._is_another(kind, said)}
        written = Note.objects.filter(counterparty=stored, author=author, text=note) if stored and note else None
        self._note = Note(text=note, author=author) if note and not (written and written.exists()) else None

    def _is_another(self, kind: str, said: Place) -> bool:
        stored = self._stored.get(kind)
        return any(word != (getattr(stored, name) if stored else "") for name, word in said.items())

    def __bool__(self) -> bool:
        return bool(self._facts or self._places or self._note)

    @property
    def allows_log_in(self) -> bool | None:
        """Whether he may log in from now on; None when that stays as it is."""
        said: bool | None = self._facts.get("login_allowed")
        return said

    def save(self, counterparty: Counterparty) -> None:
        """Inside the operation that has claimed the counterparty's version."""
        if self._facts:
            self._client.counterparty = counterparty
            for name, said in self._facts.items():
                setattr(self._client, name, _taken(name, said, counterparty))
            self._client.save()
        for kind, said in self._places.items():
            self._place(counterparty, kind, said)
        if self._note:
            self._note.counterparty = counterparty
            self._note.save()

    def _place(self, counterparty: Counterparty, kind: str, said: Place) -> None:
        place = self._stored.get(kind) or Address(counterparty=counterparty, kind=kind)
        for name, word in said.items():
            setattr(place, name, word)
        if any(getattr(place, name) for name in PLACE):
            place.save()
        elif place.pk:
            place.delete()


def _client_to_change(stored: Counterparty | None, known: Known | None) -> Client:
    return copy(known.client) if known and known.client else client_of(stored)


def _places_to_change(stored: Counterparty | None, known: Known | None) -> dict[str, Address]:
    return {kind: copy(each) for kind, each in known.places.items()} if known else places_of(stored)


def _taken(name: str, said: Any, counterparty: Counterparty) -> Any:
    """What a card brings, ready to be stored; refused beside its field."""
    if not isinstance(said, Draft):
        return said
    try:
        return said.keep(counterparty)
    except ValidationError as error:
        raise ValidationError({name: error.messages}) from None
