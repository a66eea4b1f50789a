"""What is checked of a card's facts together: numbers by their country; codes and numbers must be nobody else's."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from counterparties.domain import duplicates, identifiers
from counterparties.models import Counterparty
from desk import text

Facts = dict[str, Any]


def country(facts: Facts, card: Any) -> str:
    """Nothing said means the office's own country, unless the counterparty is foreign.

    It is stored, because company numbers are unique within a country. Only what came into the books without a country
    keeps none until somebody chooses one.
    """
    if facts["country"] or facts.get("is_foreign") or (card.counterparty and not card.counterparty.country):
        return facts["country"]
    return settings.OFFICE_COUNTRY


def code(facts: Facts, card: Any) -> str:
    said = facts["code"]
    if said and not text.key(said):
        raise ValidationError(_("A code holds at least one letter or digit. Leave it empty to be given one."))
    if said and (other := duplicates.holder_of_code(said, _own(card))):
        raise ValidationError(_code_used_by(other, card))
    return said


def registration_number(facts: Facts, card: Any) -> str:
    said, home = facts["registration_number"], _home(facts)
    if not _stands(card, facts, "registration_number", "country", "is_person", "is_foreign"):
        said = identifiers.check_registration_number(
            said, country=home, is_person=facts.get("is_person", False), is_foreign=facts.get("is_foreign", False)
        )
    if said and (other := duplicates.holder_of_number(said, facts.get("country") or "", _own(card))):
        raise ValidationError(_number_used_by(other, card))
    return said


def vat_number(facts: Facts, card: Any) -> str:
    said = facts["vat_number"]
    if _stands(card, facts, "vat_number", "country"):
        return said
    return identifiers.check_vat_number(said, country=_home(facts))


def email(facts: Facts, card: Any) -> str:
    return facts["email"] if _stands(card, facts, "email") else identifiers.check_email(facts["email"])


def phone(facts: Facts, card: Any) -> str:
    return facts["phone"] if _stands(card, facts, "phone") else identifiers.check_phone(facts["phone"])


def mobile(facts: Facts, card: Any) -> str:
    said = facts["mobile"]
    return said if _stands(card, facts, "mobile", "country") else identifiers.check_mobile(said, _home(facts))


def website(facts: Facts, card: Any) -> str:
    return facts["website"] if _stands(card, facts, "website") else identifiers.check_website(facts["website"])


#: In this order: the country comes first, the numbers are checked by it.
CHECKS: dict[str, Callable[[Facts, Any], Any]] = {
    "country": country,
    "code": code,
    "registration_number": registration_number,
    "vat_number": vat_number,
    "email": email,
    "phone": phone,
    "mobile": mobile,
    "website": website,
}


def within_limit(value: str, field: Any) -> str:
    """A check may write a value out in full: https:// is put in front, letters of the country too."""
    limit = field.max_length
    if limit and len(value) > limit:
        message = _("Written out in full (%(value)s) this has %(count)d characters; at most %(limit)d are kept.")
        raise ValidationError(message, params={"value": value[:60] + "…", "count": len(value), "limit": limit})
    return value


def _home(facts: Facts) -> str:
    """The country whose rules count."""
    return facts.get("country") or ("" if facts.get("is_foreign") else settings.OFFICE_COUNTRY)


def _stands(card: Any, facts: Facts, *names: str) -> bool:
    """Is it as it is stored? What came into the books long ago must not keep anybody from correcting a phone."""
    stored = card.counterparty
    return stored is not None and all(facts.get(name) == getattr(stored, name) for name in names)


def _own(card: Any) -> int | None:
    return card.counterparty.pk if card.counterparty else None


def _code_used_by(other: Counterparty, card: Any) -> str:
    if not card.decision.may("view", other):
        return _("Another counterparty you may not see has this code. Write another one, or leave the field empty.")
    words = _("{other} has this code already. Write another one, or leave the field empty to be given one.")
    return format_html(words, other=link(other))


def _number_used_by(other: Counterparty, card: Any) -> str:
    """Names the other one to those who may see it."""
    if not card.decision.may("view", other):
        return _("Another counterparty you may not see has this number.")
    if not other.is_archived:
        return format_html(_("Already used by {other}. Open that one, or correct the number."), other=link(other))
    day = date_format(localtime(other.archived_at))
    words = _("Already used by {other}, archived on {day}. Restore that one, or correct the number.")
    return format_html(words, other=link(other), day=day)


def link(other: Counterparty) -> str:
    """*Danube Agro (C8127)*, leading to its dossier."""
    address = reverse("counterparty", args=[other.pk])
    return format_html('<a href="{}">{} ({})</a>', address, other.name, other.code)
