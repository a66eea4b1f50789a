"""What is told of an account that is noted elsewhere too. It stops nobody: who may share one, the office knows best."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from counterparties.domain import bank_accounts
from counterparties.models import BankAccount

from .card_checks import link


def same_elsewhere(number: str, but: int | None, decision: Any) -> str:
    """Who else has the same account, with the way to those whom the reader may view; nothing where nobody has."""
    found = bank_accounts.elsewhere(number, but, decision)
    told: list[str] = []
    if found.named:
        others = format_html_join(", ", "{}", ((link(each),) for each in found.named))
        told.append(format_html(_("The same account: {others}."), others=others))
    if found.has_hidden:
        told.append(_("A counterparty you may not see has this account too."))
    return format_html_join(" ", "{}", ((each,) for each in told))


def noted_words(same: BankAccount) -> str:
    if same.is_closed:
        return _("This counterparty has this account already, and it is closed. Open it again instead.")
    return _("This counterparty has this account already.")
