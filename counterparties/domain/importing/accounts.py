"""What rows say of the account into which a counterparty is paid: shared facts, for whoever may edit it.

A number that is not noted yet is one more account, which becomes the main one; the one before stays on the dossier.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError

from counterparties.domain import identifiers
from counterparties.domain.banks import Banks
from counterparties.domain.hidden import HIDDEN, place_of
from counterparties.domain.in_bulk.allowed import Allowed
from counterparties.models import BankAccount, Counterparty
from counterparties.models.bank_account import account_key, account_words
from desk.said import gettext as _

from .plan import Draft, Plan

CHECKS = {"number": identifiers.check_account_number, "bic": identifiers.check_bic}


class Accounts:
    """Decides what the columns of accounts say, a chunk at a time."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def begin(self, ids: Sequence[int], drafts: Iterable[Draft], allowed: Allowed) -> None:
        """Read what is stored of a whole chunk at once, as far as the sheet speaks of it."""
        self._allowed, spoken = allowed, [each for each in drafts if each.account]
        self._stored: dict[int, list[BankAccount]] = defaultdict(list)
        self._facts: dict[int, dict[str, Any]] = {each.number: self._checked(each) for each in spoken}
        if not spoken:
            return
        for each in BankAccount.objects.filter(counterparty__in=ids).order_by("pk"):
            self._stored[each.counterparty_id].append(each)
        banks, said = Banks(allowed.decision), list(self._facts.values())
        words = {each["bank"] for each in said if each.get("bank")}
        self._called = banks.called(words) if words else {}
        self._told_of = banks.holding(
            (each["number"], each.get("bic", "")) for each in said if each.get("number") and not each.get("bank")
        )
        pointed = {each.bank_id for those in self._stored.values() for each in those} - {None}
        self._seen = allowed.decision.counterparties("view").in_bulk(pointed) if pointed else {}

    def _checked(self, draft: Draft) -> dict[str, Any]:
        facts = dict(draft.account)
        for part, check in CHECKS.items():
            try:
                facts |= {part: check(facts[part])} if part in facts else {}
            except ValidationError as error:
                self._refuse(draft, part, error)
        return facts

    def said(
        self, draft: Draft, owner: Counterparty | None, tells: Any = None
    ) -> tuple[list[BankAccount], list[BankAccount]]:
        """The account to be kept, and those that are the main ones no more."""
        if not draft.account or draft.reasons:
            return [], []
        facts, stored = self._facts[draft.number], self._stored.get(owner.pk, []) if owner else []
        main = next((each for each in stored if each.is_main and not each.is_closed), None)
        account = self._meant(draft, facts, stored, main, owner)
        if account is None:
            return [], []
        before = self._parts(main) if main else {}
        self._say(account, facts, draft)
        account.derive()
        if draft.reasons or not (account.pk is None or account.changed_fields()):
            return [], []
        # Whoever is new is added by the right to add; that is asked elsewhere.
        if owner and not self._allowed.may_edit(self._allowed.types_of(owner)):
            self._refuse(draft, next(iter(facts)), _("You may not edit this counterparty."))
            return [], []
        now = self._parts(account)
        for part in facts if tells else ():
            if before.get(part, "") != now[part]:
                tells(draft, f"account-{part}", before.get(part, ""), now[part])
        released = [
            each for each in stored if each.is_main and each.currency == account.currency and each.pk != account.pk
        ]
        for each in released:
            each.is_main = False
        return [account], released

    def _meant(
        self,
        draft: Draft,
        facts: dict[str, Any],
        stored: Sequence[BankAccount],
        main: BankAccount | None,
        owner: Counterparty | None,
    ) -> BankAccount | None:
        """The account with this number, or one more; where no number is said, the main one."""
        if number := facts.get("number"):
            same = [each for each in stored if each.number_key == account_key(number)]
            fitting = [each for each in same if each.currency == facts.get("currency", each.currency)] or same
            found = main if main in fitting else next(iter(fitting), None)
            if found and found.is_closed:
                self._refuse(draft, "number", _("This account is closed. Open it again on the dossier first."))
                return None
            return found or BankAccount(counterparty=owner, number=number)
        if "number" in facts and main:
            self._refuse(draft, "number", _("An account is closed, or deleted, on the dossier."))
            return None
        if main is None and (part := next((part for part, said in facts.items() if said), None)):
            self._refuse(draft, part, _("Say the number of the account too."))
        return main

    def _say(self, account: BankAccount, facts: dict[str, Any], draft: Draft) -> None:
        account.is_main = True
        for part in ("bic", "currency"):
            setattr(account, part, facts.get(part, getattr(account, part)))
        if "bank" in facts and facts["bank"] != self._bank_words(account):
            self._say_bank(account, facts["bank"], draft)
        elif account.bank_id is None and not account.bank_name and account.pk is None:
            self._hold(account, self._told_of.get((account.number, account.bic)))
        if not (account.is_iban or account.bank_id or account.bank_name or account.bic):
            words = _("Say at which bank: unlike an IBAN, such a number does not tell.")
            self._refuse(draft, "bank" if self._plan.column_of("account-bank") else "number", words)

    def _say_bank(self, account: BankAccount, said: str, draft: Draft) -> None:
        """A bank of the office, or the name of another one. A hidden one stays."""
        if place_of(said) is not None:
            return
        found = self._called.get(said, [])
        if account.bank_id in {each.pk for each in found}:
            return
        if len(found) > 1:
            self._refuse(draft, "bank", _("Several banks are called “%(name)s”. Write the code.") % {"name": said[:60]})
            return
        self._hold(account, found[0] if found else None)
        account.bank_name = "" if found else said

    def _hold(self, account: BankAccount, bank: Counterparty | None) -> None:
        account.bank = bank
        if bank:
            self._seen[bank.pk] = bank

    def _parts(self, account: BankAccount) -> dict[str, str]:
        """As a sheet would say it."""
        number = account_words(account.number)
        return {"number": number, "bic": account.bic, "bank": self._bank_words(account), "currency": account.currency}

    def _bank_words(self, account: BankAccount) -> str:
        if account.bank_id is None:
            return account.bank_name
        return self._seen[account.bank_id].name if account.bank_id in self._seen else str(HIDDEN)

    def _refuse(self, draft: Draft, part: str, why: str | ValidationError) -> None:
        draft.refuse(why, self._plan.column_of(f"account-{part}"))
