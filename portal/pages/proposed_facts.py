"""The contact data a client may propose to change, in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain import identifiers
from counterparties.models import Address, Client, Counterparty
from desk.places import COUNTRY_CODES, country_name
from portal.domain.proposed_facts import OF_CLIENT, OF_PLACES, OWN


def _of(kind: str) -> list[str]:
    return [fact for fact, (of, _name) in OF_PLACES.items() if of == kind]


#: The facts as pages lay them out.
GROUPS = (
    ("contact", gettext_lazy("Contact"), [*OWN, *OF_CLIENT]),
    ("company", gettext_lazy("Company address"), _of("company")),
    ("delivery", gettext_lazy("Delivery address"), _of("delivery")),
)


def name(fact: str) -> str:
    """What it is called on its own form."""
    field: Any
    if fact in OF_PLACES:
        field = Address._meta.get_field(OF_PLACES[fact][1])
    else:
        field = (Client if fact in OF_CLIENT else Counterparty)._meta.get_field(fact)
    return str(capfirst(field.verbose_name))


def label(fact: str) -> str:
    """What it is called alone; of an address, which one, and what of it."""
    if fact not in OF_PLACES:
        return name(fact)
    address = _address(fact)
    if fact.endswith("-line1"):
        return address
    return _("%(address)s: %(part)s") % {"address": address, "part": name(fact).lower()}


def summary(facts: Iterable[str]) -> str:
    """What they are about, in a line; of an address only which one."""
    return ", ".join(dict.fromkeys(_address(fact) if fact in OF_PLACES else name(fact) for fact in facts))


def _address(fact: str) -> str:
    return str(next(title for code, title, _facts in GROUPS if code == OF_PLACES[fact][0]))


def words(fact: str, said: str) -> str:
    """A fact as people read it."""
    if said and fact.endswith("-country"):
        return country_name(said) if said in COUNTRY_CODES else said
    return identifiers.show_phone(said, "") if fact == "mobile" else said
