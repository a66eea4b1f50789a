"""The main account in lists of counterparties: the columns that a sheet brings back."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import escape

from counterparties.domain import account_words, bank_accounts
from counterparties.domain.hidden import HIDDEN
from counterparties.models import BankAccount
from desk.columns import Column


class Kept:
    """The main accounts of a page of counterparties, read once for all columns that ask for them."""

    def __init__(self, decision: Any) -> None:
        self._decision = decision
        self._records: Sequence[Any] = ()
        self._accounts: dict[int, BankAccount] | None = None
        self._banks: dict[int, str] | None = None

    def announce(self, records: Sequence[Any]) -> None:
        if records is not self._records:
            self._records, self._accounts, self._banks = records, None, None

    @property
    def accounts(self) -> dict[int, BankAccount]:
        if self._accounts is None:
            self._accounts = bank_accounts.main_of([each.pk for each in self._records])
        return self._accounts

    def bank(self, account: BankAccount) -> str:
        """Its name; of one that the reader may not view, that there is one."""
        if account.bank_id is None:
            return account.bank_name
        if self._banks is None:
            ids = {each.bank_id for each in self.accounts.values()} - {None}
            seen = self._decision.counterparties("view").filter(pk__in=ids)
            self._banks = dict(seen.order_by().values_list("pk", "name"))
        return self._banks.get(account.bank_id, str(HIDDEN))


class OfAccount(Column):
    """One part of the main account."""

    def __init__(self, name: str, kept: Kept) -> None:
        self.key, self.title = name, account_words.title(name)
        self._part, self._kept = account_words.PARTS[name], kept
        self.css = {"bank": "text cut", "number": "iban"}.get(self._part, "phone")

    def prepare(self, records: Sequence[Any]) -> None:
        self._kept.announce(records)

    def value(self, record: Any) -> str | None:
        """As a cell that an import reads as the same: a number without spaces."""
        account = self._kept.accounts.get(record.pk)
        if account is None:
            return None
        said = self._kept.bank(account) if self._part == "bank" else getattr(account, self._part)
        return said or None

    def html(self, record: Any) -> str:
        account = self._kept.accounts.get(record.pk)
        said = str(account) if account and self._part == "number" else self.value(record)
        return f"<span>{escape(said)}</span>" if said else ""


def of_accounts(decision: Any) -> list[Column]:
    """Shared facts: whoever may view the counterparty sees them."""
    kept = Kept(decision)
    return [OfAccount(name, kept) for name in account_words.PARTS]
