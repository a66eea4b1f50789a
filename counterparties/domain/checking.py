"""What is checked of a counterparty's facts together, whoever brings them: a card, or a row of a sheet.

Each check takes all facts and what is stored now (None for a new counterparty), and gives the form to keep. Whether
a code or a company number is somebody else's already is the caller's to find out and to tell.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from counterparties.domain import identifiers
from counterparties.models import Counterparty
from desk import text
from desk.said import gettext as _

Facts = dict[str, Any]
Stored = Counterparty | None
Check = Callable[[Facts, Stored], Any]


def country(facts: Facts, stored: Stored) -> str:
    """Nothing said means the office's own country, unless the counterparty is foreign.

    It is stored, because company numbers are unique within a country. Only what came into the books without a country
    keeps none until somebody chooses one.
    """
    if facts["country"] or facts.get("is_foreign") or (stored and not stored.country):
        return facts["country"]
    return settings.OFFICE_COUNTRY


def code(facts: Facts, _stored: Stored) -> str:
    said = facts["code"]
    if said and not text.key(said):
        raise ValidationError(_("A code holds at least one letter or digit. Leave it empty to be given one."))
    return said


def registration_number(facts: Facts, stored: Stored) -> str:
    said = facts["registration_number"]
    if stands(stored, facts, "registration_number", "country", "is_person", "is_foreign"):
        return said
    return identifiers.check_registration_number(
        said, country=home(facts), is_person=facts.get("is_person", False), is_foreign=facts.get("is_foreign", False)
    )


def vat_number(facts: Facts, stored: Stored) -> str:
    said = facts["vat_number"]
    return (
        said
        if stands(stored, facts, "vat_number", "country")
        else identifiers.check_vat_number(said, country=home(facts))
    )


def email(facts: Facts, stored: Stored) -> str:
    return facts["email"] if stands(stored, facts, "email") else identifiers.check_email(facts["email"])


def phone(facts: Facts, stored: Stored) -> str:
    return facts["phone"] if stands(stored, facts, "phone") else identifiers.check_phone(facts["phone"])


def mobile(facts: Facts, stored: Stored) -> str:
    said = facts["mobile"]
    return said if stands(stored, facts, "mobile", "country") else identifiers.check_mobile(said, home(facts))


def website(facts: Facts, stored: Stored) -> str:
    return facts["website"] if stands(stored, facts, "website") else identifiers.check_website(facts["website"])


#: In this order: the country comes first, the numbers are checked by it.
CHECKS: dict[str, Check] = {
    "country": country,
    "code": code,
    "registration_number": registration_number,
    "vat_number": vat_number,
    "email": email,
    "phone": phone,
    "mobile": mobile,
    "website": website,
}


def within_limit(value: str, limit: int | None) -> str:
    """A check may write a value out in full: https:// is put in front, letters of the country too."""
    if limit and len(value) > limit:
        message = _("Written out in full (%(value)s) this has %(count)d characters; at most %(limit)d are kept.")
        raise ValidationError(message, params={"value": value[:60] + "…", "count": len(value), "limit": limit})
    return value


def home(facts: Facts) -> str:
    """The country whose rules count."""
    return facts.get("country") or ("" if facts.get("is_foreign") else settings.OFFICE_COUNTRY)


def stands(stored: Stored, facts: Facts, *names: str) -> bool:
    """Is it as it is stored? What came into the books long ago must not keep anybody from correcting a phone."""
    return stored is not None and all(facts.get(name) == getattr(stored, name) for name in names)
