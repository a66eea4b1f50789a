"""Accounts that the one that goes holds as a bank: they are held by the one that stays."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from counterparties.domain.in_bulk.allowed import Allowed
from counterparties.models import BankAccount, Counterparty
from trail.domain.undoing.writing import keep


@dataclass
class Banked:
    """Accounts at the bank that goes, and whether there are others the user may not change."""

    rows: list[BankAccount] = field(default_factory=list)
    owners: set[int] = field(default_factory=set)
    hides: bool = False


def banked_at(goes: Counterparty, allowed: Allowed) -> Banked:
    found = Banked()
    rows = BankAccount.objects.filter(bank=goes.pk).exclude(counterparty=goes.pk)
    for each in rows.select_related("counterparty").order_by("pk"):
        types = allowed.types_of(each.counterparty)
        found.hides = found.hides or not (allowed.may_see(types) and allowed.may_edit(types))
        found.rows.append(each)
        found.owners.add(each.counterparty_id)
    return found


def move(rows: Iterable[BankAccount], own: Iterable[BankAccount], stays: Counterparty, goes: Counterparty) -> None:
    """They are held at the one that stays; so are those of its ``own`` that come along. Within the operation."""
    for each in own:
        if each.bank_id == goes.pk:
            each.bank_id = stays.pk
    those = list(rows)
    for each in those:
        each.bank_id = stays.pk
    keep(those, is_guarded=False)
