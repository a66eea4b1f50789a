"""What hangs on a counterparty and comes along when it is joined with another one.

A dangerous act moves nothing it does not understand: whatever points at a counterparty stands in one of the lists
below, and a test walks all of it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model, Q

from counterparties.domain.clients import PLACE, PLACES
from counterparties.models import Address, BankAccount, Contact, Contract, Counterparty, Document, Note, Project
from files.models import StoredFile
from trail.domain import in_bulk
from trail.domain.undoing.writing import keep

#: What comes along as it is, with its files, and by which name it is counted.
HANGING: dict[str, Any] = {
    "contacts": Contact,
    "addresses": Address,
    "accounts": BankAccount,
    "projects": Project,
    "contracts": Contract,
    "documents": Document,
    "notes": Note,
}
#: Everything else that points at a counterparty, and what becomes of it.
ELSEWHERE = {
    "counterparties.Client.counterparty": "its facts are asked about",
    "counterparties.Value.counterparty": "its answers are asked about",
    "counterparties.Value.target": "links",
    "counterparties.Membership.holding": "members",
    "counterparties.Membership.member": "members",
    "counterparties.Contract.company": "own companies are not joined",
    "counterparties.BankAccount.company": "own companies are not joined",
    "counterparties.BankAccount.bank": "banked",
    "counterparties.Joining.counterparty": "says what was joined",
    "counterparties.Joining.into": "says what was joined",
    "counterparties.Erasure.counterparty": "who was erased is not joined",
    "files.StoredFile.counterparty": "goes with what bears it",
    "portal.Access.counterparty": "the log-in is closed, as by archiving",
    "portal.Letter.counterparty": "was sent to whom it was sent",
    "portal.Proposal.counterparty": "stays as it was written",
}


def hanging(counterparty: Counterparty, *, is_held: bool = False) -> dict[str, list[Any]]:
    """All of it, by what it is; one query each."""
    found = {}
    for name, model in HANGING.items():
        rows = model._base_manager.filter(counterparty=counterparty.pk).order_by("pk")
        found[name] = list(rows.select_for_update(of=("self",)) if is_held else rows)
    return found


def addresses_of(counterparty: Counterparty) -> list[Address]:
    return list(Address.objects.filter(counterparty=counterparty.pk))


def accounts_of(counterparty: Counterparty) -> list[BankAccount]:
    return list(BankAccount.objects.filter(counterparty=counterparty.pk))


def moving_addresses(theirs: Sequence[Address], mine: Iterable[Address]) -> list[Address]:
    """An address that both have stays where it is; a second company or delivery address becomes another one."""
    there = {_place(each) for each in mine}
    taken = {each.kind for each in mine}
    found = []
    for each in theirs:
        if _place(each) in there:
            continue
        if each.kind in PLACES and each.kind in taken:
            each.kind = "other"
        found.append(each)
    return found


def moving_accounts(theirs: Sequence[BankAccount], mine: Iterable[BankAccount]) -> list[BankAccount]:
    """An account that both have stays where it is; into the main ones of the one that stays one goes on paying."""
    kept = list(mine)
    there = {(each.number_key, each.currency) for each in kept}
    paid_in = {each.currency for each in kept if each.is_main}
    found = [each for each in theirs if (each.number_key, each.currency) not in there]
    for each in found:
        each.is_main = each.is_main and each.currency not in paid_in
    return found


def _place(address: Address) -> tuple[str, ...]:
    return tuple(getattr(address, name) for name in PLACE)


def move(things: Iterable[Any], to: Counterparty) -> None:
    """They hang on the other one from now on, each with its history. Stale when somebody changed one meanwhile."""
    by_model: dict[type[Model], list[Any]] = {}
    for each in things:
        each.counterparty_id = to.pk
        by_model.setdefault(type(each), []).append(each)
    for model, those in by_model.items():
        keep(those, is_guarded=any(field.name == "version" for field in model._meta.concrete_fields))


def files_of(things: Iterable[Any]) -> set[int]:
    """The files that these things bear."""
    columns = ("file_id", "picture_id", "logo_id")
    return {pk for each in things for name in columns if (pk := getattr(each, name, None))}


def give_files(ids: Iterable[int], giver: Counterparty, to: Counterparty) -> None:
    """Whose rights decide about a file is whoever bears it from now on."""
    those = list(StoredFile.objects.filter(pk__in=list(ids), counterparty=giver.pk).order_by("pk"))
    for each in those:
        each.counterparty_id = to.pk
    in_bulk.change(those)


def codes_of_both(stays: Counterparty, theirs: Iterable[Project]) -> list[str]:
    """Codes that a project of each of them bears: of one counterparty no two may have the same."""
    keys = {str(each.code_key): each.code for each in theirs if each.code_key}
    if not keys:
        return []
    same = Project.objects.filter(Q(counterparty=stays.pk), code_key__in=keys).values_list("code_key", flat=True)
    return sorted(keys[str(each)] for each in same)
