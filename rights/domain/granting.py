"""Giving and taking rights, one by one or many at once; each change leaves its line in history."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.contrib.auth.models import Group
from django.db import transaction

from counterparties.models import CounterpartyType
from rights.catalog import RIGHTS
from rights.models import Grant
from trail.domain import in_bulk


class Cell(NamedTuple):
    """One tick of the matrix, by the ids of its role and type."""

    role: int
    type: int
    right: str


def hold(types: Iterable[int]) -> None:
    """Nobody else changes rights on these types until the transaction is over."""
    # In the order of their ids: two who hold several never wait for each other in a ring.
    rows = CounterpartyType.objects.select_for_update(no_key=True).filter(pk__in=set(types)).order_by("pk")
    list(rows.values_list("pk"))


def grant(role: Group, type_: CounterpartyType, rights: Iterable[str]) -> list[str]:
    """Give a role rights on a type; every right works only together with *view*. Tells which were new."""
    wanted = set(rights)
    if wanted:
        wanted.add("view")
    with transaction.atomic():
        hold([type_.pk])
        new = in_order(wanted - held_by(role, type_))
        in_bulk.add([Grant(role=role, type=type_, right=right) for right in new])
    return new


def revoke(role: Group, type_: CounterpartyType, rights: Iterable[str]) -> list[str]:
    """Take rights on a type from a role; with *view* go all. Tells which were taken."""
    unwanted = set(rights)
    with transaction.atomic():
        hold([type_.pk])
        held = Grant.objects.filter(role=role, type=type_)
        if "view" not in unwanted:
            held = held.filter(right__in=unwanted)
        taken = list(held)
        for each in taken:
            each.delete()
    return in_order(each.right for each in taken)


def change(given: Collection[Cell], taken: Collection[Cell]) -> None:
    """Many cells at once, their types held, with the same rows of history that saving them one by one would leave."""
    made = [Grant(role_id=cell.role, type_id=cell.type, right=cell.right) for cell in given]
    in_bulk.add(made)
    unwanted = set(taken)
    held = Grant.objects.filter(type__in={cell.type for cell in unwanted}, role__in={cell.role for cell in unwanted})
    going = [each for each in held if Cell(each.role_id, each.type_id, each.right) in unwanted]
    in_bulk.remove(going)


def copy_rights(parent: CounterpartyType | None, child: CounterpartyType) -> int:
    """A new subtype starts with a copy of its parent's rights; afterwards they live apart. Tells how many."""
    held = set(Grant.objects.filter(type=child).values_list("role", "right"))
    given = Grant.objects.filter(type=parent).order_by("role", "pk").values_list("role", "right")
    copied = [Grant(role_id=role, type=child, right=right) for role, right in given if (role, right) not in held]
    in_bulk.add(copied)
    return len(copied)


def held_by(role: Group, type_: CounterpartyType) -> set[str]:
    """Codes of the rights a role has on a type."""
    return set(Grant.objects.filter(role=role, type=type_).values_list("right", flat=True))


def in_order(rights: Iterable[str]) -> list[str]:
    """Codes of rights as the matrix shows them, left to right."""
    wanted = set(rights)
    return [right.code for right in RIGHTS if right.code in wanted]
