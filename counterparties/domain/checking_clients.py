"""What is checked of a client's facts together, whoever brings them.

Each check takes all facts and what is stored now (a client with nothing said for a new one), and gives the form to
keep. A fact that is not among the facts was refused already, or was not given.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from counterparties.domain import identifiers
from counterparties.models import Client
from desk.said import gettext as _

Facts = dict[str, Any]
Check = Callable[[Facts, Client], Any]

#: Nobody waits longer for an invoice to be paid, in days.
LONGEST_TERM = 3650


def check_payment_term(days: Decimal) -> int:
    """Whole days, as they are read from a sheet."""
    if days != int(days) or not 0 <= days <= LONGEST_TERM:
        message = _("A payment term is a whole number of days from 0 to %(limit)d.")
        raise ValidationError(message, params={"limit": LONGEST_TERM})
    return int(days)


def office_phone(facts: Facts, stored: Client) -> str:
    said = facts["office_phone"]
    return said if _stands(facts, stored, "office_phone") else identifiers.check_phone(said)


def subcategory(facts: Facts, stored: Client) -> Any:
    """It stands under the category, as the office's list has it."""
    said = facts["subcategory"]
    if said is None or "category" not in facts or _stands(facts, stored, "category", "subcategory"):
        return said
    above = facts["category"]
    if above is None:
        raise ValidationError(_("Choose the category to which “%(name)s” belongs."), params={"name": said})
    if said.parent_id != above.pk:
        message = _("“%(name)s” does not stand under “%(category)s”. Choose one that does, or another category.")
        raise ValidationError(message, params={"name": said, "category": above})
    return said


def electronic_address_scheme(facts: Facts, stored: Client) -> str:
    said = facts["electronic_address_scheme"]
    return said if _stands(facts, stored, "electronic_address_scheme") else identifiers.check_scheme(said)


def electronic_address(facts: Facts, stored: Client) -> str:
    """Checked for its scheme; the one is nothing without the other."""
    said = facts["electronic_address"]
    pair = ("electronic_address", "electronic_address_scheme")
    if "electronic_address_scheme" not in facts or _stands(facts, stored, *pair):
        return said
    scheme = facts["electronic_address_scheme"]
    if scheme and not said:
        raise ValidationError(_("Write the electronic address, or choose no scheme."))
    return identifiers.check_electronic_address(said, scheme)


def credit_limit(facts: Facts, stored: Client) -> Decimal | None:
    said = facts["credit_limit"]
    if said is None or said == stored.credit_limit:
        return said
    if said < 0:
        raise ValidationError(_("A credit limit is not below zero. Leave it empty for none."))
    if said != round(said, 2):
        raise ValidationError(_("Write at most two digits after the decimal sign."))
    return said


def currency(facts: Facts, stored: Client) -> str:
    said = facts["currency"]
    if facts.get("credit_limit") is not None and not said and not _stands(facts, stored, "credit_limit", "currency"):
        raise ValidationError(_("Choose the currency of the credit limit."))
    return said


#: In this order: what another one is checked by comes first.
CHECKS: dict[str, Check] = {
    "office_phone": office_phone,
    "subcategory": subcategory,
    "electronic_address_scheme": electronic_address_scheme,
    "electronic_address": electronic_address,
    "credit_limit": credit_limit,
    "currency": currency,
}


def _stands(facts: Facts, stored: Client, *names: str) -> bool:
    """Is it as it is stored? What was right once keeps nobody from correcting something else."""
    return all(facts.get(name) == getattr(stored, name) for name in names)
