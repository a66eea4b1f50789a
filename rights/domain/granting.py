"""Giving and taking rights, one by one; each change leaves its line in history."""

from collections.abc import Iterable

from django.contrib.auth.models import Group

from counterparties.models import CounterpartyType
from rights.catalog import RIGHTS
from rights.models import Grant


def grant(role: Group, type_: CounterpartyType, rights: Iterable[str]) -> list[str]:
    """Give a role rights on a type; every right works only together with *view*. Tells which were new."""
    wanted = set(rights)
    if wanted:
        wanted.add("view")
    new = in_order(wanted - held_by(role, type_))
    for right in new:
        Grant(role=role, type=type_, right=right).save()
    return new


def revoke(role: Group, type_: CounterpartyType, rights: Iterable[str]) -> list[str]:
    """Take rights on a type from a role; with *view* go all. Tells which were taken."""
    unwanted = set(rights)
    held = Grant.objects.filter(role=role, type=type_)
    if "view" not in unwanted:
        held = held.filter(right__in=unwanted)
    taken = list(held)
    for each in taken:
        each.delete()
    return in_order(each.right for each in taken)


def copy_rights(parent: CounterpartyType | None, child: CounterpartyType) -> int:
    """A new subtype starts with a copy of its parent's rights; afterwards they live apart. Tells how many."""
    held = set(Grant.objects.filter(type=child).values_list("role", "right"))
    copied = 0
    for role, right in Grant.objects.filter(type=parent).order_by("role", "pk").values_list("role", "right"):
        if (role, right) not in held:
            Grant(role_id=role, type=child, right=right).save()
            copied += 1
    return copied


def held_by(role: Group, type_: CounterpartyType) -> set[str]:
    """Codes of the rights a role has on a type."""
    return set(Grant.objects.filter(role=role, type=type_).values_list("right", flat=True))


def in_order(rights: Iterable[str]) -> list[str]:
    """Codes of rights as the matrix shows them, left to right."""
    wanted = set(rights)
    return [right.code for right in RIGHTS if right.code in wanted]
