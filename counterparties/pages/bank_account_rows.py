"""Accounts as a dossier shows them: those of a counterparty, its main ones at a glance, and those that a bank holds."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from counterparties.domain import bank_accounts
from counterparties.models import BankAccount, Counterparty
from counterparties.pages.facts import Fact
from desk.pages.portion import Portion


def rows_of(counterparty: Counterparty, decision: Any) -> list[dict[str, Any]]:
    """All of it, with the banks and own companies that the reader may view; others are hidden ones."""
    listed = list(bank_accounts.in_order(counterparty))
    named = _named(listed, decision)
    return [{"thing": each, "bank": named.get(each.bank_id), "company": named.get(each.company_id)} for each in listed]


def main_facts(counterparty: Counterparty, decision: Any) -> list[Fact]:
    """Where to pay: the main account of each currency, with the bank, as far as the reader may view it."""
    mains = [each for each in bank_accounts.in_order(counterparty) if each.is_main]
    named = _named(mains, decision)
    return [Fact(_("Bank account"), _at_a_glance(each, named.get(each.bank_id)), "words") for each in mains]


def _at_a_glance(account: BankAccount, bank: Counterparty | None) -> str:
    context = {"account": account, "bank": bank.name if bank else account.bank_name}
    return render_to_string("counterparties/account_number.html", context)


def held(request: HttpRequest, bank: Any) -> Portion:
    """The accounts a bank holds, a portion at a time."""
    those = bank_accounts.held_at(bank.pk, request.decision).select_related("counterparty")
    return Portion(request, those, bank.counts["held_accounts"])


def _named(accounts: Iterable[BankAccount], decision: Any) -> dict[int, Counterparty]:
    """One query, and none where nobody is named."""
    ids = {pk for each in accounts for pk in (each.bank_id, each.company_id)} - {None}
    return decision.counterparties("view").in_bulk(ids) if ids else {}
