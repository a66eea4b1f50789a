"""The checks of a card's facts, with the words for a reader: codes and numbers must be nobody else's."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from counterparties.domain import checking, duplicates, log_ins
from counterparties.models import Counterparty

Facts = dict[str, Any]


def code(facts: Facts, card: Any) -> str:
    said = checking.code(facts, card.counterparty)
    # The books themselves see to it that nobody else has what is stored.
    is_same = checking.stands(card.counterparty, facts, "code")
    if said and not is_same and (other := duplicates.holder_of_code(said, _own(card))):
        raise ValidationError(_code_used_by(other, card))
    return said


def registration_number(facts: Facts, card: Any) -> str:
    said = checking.registration_number(facts, card.counterparty)
    is_same = checking.stands(card.counterparty, facts, "registration_number", "country")
    if said and not is_same and (other := duplicates.holder_of_number(said, facts.get("country") or "", _own(card))):
        raise ValidationError(_number_used_by(other, card))
    return said


def email(facts: Facts, card: Any) -> str:
    """Whoever may log in needs one to do so; what was taken once is asked no more until it is changed."""
    said, is_same = checking.email(facts, card.counterparty), checking.stands(card.counterparty, facts, "email")
    if is_same and not facts.get("login_allowed"):
        return said
    may_log_in, did = facts.get("login_allowed"), card.client.stored.login_allowed
    if (did if may_log_in is None else may_log_in) and not (did and is_same):
        return log_ins.check_email(said, card.counterparty)
    return said


def _of_facts_alone(check: checking.Check) -> Callable[[Facts, Any], Any]:
    return lambda facts, card: check(facts, card.counterparty)


#: In the order of the checks that every way into the books shares.
CHECKS: dict[str, Callable[[Facts, Any], Any]] = {
    **{name: _of_facts_alone(check) for name, check in checking.CHECKS.items()},
    "code": code,
    "registration_number": registration_number,
    "email": email,
}


def within_limit(value: str, field: Any) -> str:
    return checking.within_limit(value, field.max_length)


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
