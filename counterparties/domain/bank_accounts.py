"""Accounts of counterparties: which one is the main one, who else has the same number, which ones a bank holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from counterparties.domain import belongings
from counterparties.domain.keeping import claim_card
from counterparties.domain.targets import Targets
from counterparties.models import BankAccount, Counterparty
from counterparties.models.bank_account import account_key, closed

#: So many others with the same number are named.
NAMED = 5
#: So many accounts of a bank are counted and listed; who looks for one searches by its number.
LISTED = 1_000


# ---- acts, each one operation


def add(made: BankAccount, *, by: Any, opened_at: Any = None) -> Any:
    """Note one more account; a new main one takes the place of the one before."""
    return belongings.add(made, by=by, first=claim_card, settle=make_room, opened_at=opened_at)


def close(account: BankAccount, *, by: Any) -> None:
    """Nobody pays into it from today on; that it was there stays known."""
    owner = account.counterparty
    belongings.keep(account, closed(timezone.localdate()), guard=owner, seen=owner.version, by=by)


def open_again(account: BankAccount, *, by: Any) -> None:
    owner = account.counterparty
    belongings.keep(account, {"closed_on": None}, guard=owner, seen=owner.version, by=by)


def make_room(account: BankAccount) -> None:
    """One account of a currency is the main one. Within the operation that keeps it, the card claimed before."""
    if account.is_main:
        for each in beside(account):
            each.is_main = False
            each.save()


def beside(account: BankAccount) -> QuerySet:
    """The main account that this one is about to follow."""
    those = BankAccount.objects.filter(counterparty=account.counterparty_id, currency=account.currency, is_main=True)
    return those.exclude(pk=account.pk)


# ---- questions


def main_of(owners: Iterable[int]) -> dict[int, BankAccount]:
    """The account into which each of these is paid: of several currencies that which was noted first. One query."""
    mains = BankAccount.objects.filter(counterparty__in=list(owners), is_main=True, closed_on=None).order_by("-pk")
    return {each.counterparty_id: each for each in mains}


def in_order(counterparty: Any) -> QuerySet:
    """Its accounts: the main ones first, the closed ones last."""
    return BankAccount.objects.filter(counterparty=counterparty.pk).order_by(
        F("closed_on").desc(nulls_first=True), "-is_main", "currency", "pk"
    )


def noted_before(account: BankAccount) -> BankAccount | None:
    """The same account of the same counterparty, noted before."""
    same = BankAccount.objects.filter(
        counterparty=account.counterparty_id, number_key=account_key(account.number), currency=account.currency
    )
    return same.exclude(pk=account.pk).first()


@dataclass(frozen=True)
class Elsewhere:
    """Other counterparties with the same account: those the reader may view, and whether there are more."""

    named: list[Counterparty]
    has_hidden: bool

    def __bool__(self) -> bool:
        return bool(self.named) or self.has_hidden


def elsewhere(number: str, but: int | None, decision: Any) -> Elsewhere:
    """It stops nobody: members of a family, and companies of a group, may share an account."""
    key = account_key(number)
    owners = BankAccount.objects.filter(number_key=key).exclude(counterparty=but) if key else BankAccount.objects.none()
    those = Counterparty.objects.filter(pk__in=owners.order_by().values("counterparty"))
    found, targets = list(those.order_by("name_key", "pk")[: NAMED + 1]), Targets.of(decision)
    seen = [each for each in found if targets.knows(each)]
    return Elsewhere(seen[:NAMED], len(seen) < len(found))


def held_at(bank: Any, decision: Any) -> QuerySet:
    """Accounts that a bank holds, as far as the reader may view whose they are; the first by their numbers."""
    found = BankAccount.objects.filter(bank=bank).order_by("number_key", "pk")
    if not decision.has_everything("view"):
        found = found.filter(counterparty__type_set__among=frozenset(decision.set_ids("view")))
    return found[:LISTED]
