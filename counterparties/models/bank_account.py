import re
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from desk import text
from desk.fields import KeyField, Line
from trail.history import Recorded

from .counterparty import Counterparty

#: How an IBAN is kept: its country, two check digits, and what the bank calls the account. No other number is kept so.
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


def account_key(number: str) -> str:
    """Under what an account is found, whichever way its number is grouped: its letters and digits."""
    return "".join(sign for sign in text.key(text.clean(number)) if sign.isalnum())


def account_words(number: str) -> str:
    """As it is printed: an IBAN in groups of four, any other number as its bank writes it."""
    if not IBAN.fullmatch(number):
        return number
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


class BankAccount(Recorded):
    """Where a counterparty is paid, and pays from. Guarded by the counterparty's version."""

    not_recorded = ("number_key",)
    history_without_index = ("company", "bank")
    history_by = "counterparty"

    # The index of the constraint below begins with it.
    counterparty = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="bank_accounts", db_index=False, verbose_name=_("counterparty")
    )
    number = Line(_("account number"), max_length=34)
    number_key = KeyField(editable=False)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    holder = Line(_("holder"), max_length=200, blank=True)
    # Its index leads on to the accounts in the order of the bank's own list.
    bank = models.ForeignKey(
        Counterparty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="held_accounts",
        db_index=False,
        verbose_name=_("bank"),
    )
    bank_name = Line(_("name of the bank"), max_length=200, blank=True)
    bic = Line(_("BIC"), max_length=11, blank=True)
    company = models.ForeignKey(
        Counterparty,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accounts_used",
        verbose_name=_("own company"),
    )
    purpose = Line(_("what it is for"), max_length=300, blank=True)
    is_main = models.BooleanField(_("main account"), default=False)
    closed_on = models.DateField(_("closed since"), null=True, blank=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        constraints = [
            # Some banks give one number for several currencies.
            models.UniqueConstraint(
                fields=["counterparty", "number_key", "currency"], name="bank_account_once_per_counterparty"
            ),
            models.UniqueConstraint(
                fields=["counterparty", "currency"], condition=Q(is_main=True), name="one_main_account_per_currency"
            ),
        ]
        indexes = [
            models.Index(fields=["number_key", "counterparty"], name="bank_account_by_number"),
            models.Index(fields=["bank", "number_key", "counterparty"], name="bank_account_by_bank"),
        ]

    def __str__(self) -> str:
        return account_words(self.number)

    @property
    def is_iban(self) -> bool:
        return bool(IBAN.fullmatch(self.number))

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    def derive(self) -> None:
        self.number_key = account_key(self.number)


def closed(day: date) -> dict[str, Any]:
    """What is said of an account that is closed: nobody is to pay into it, so it is no main one."""
    return {"closed_on": day, "is_main": False}
