"""Giving and taking rights, one by one; each change leaves its line in history."""

from collections.abc import Iterable

from django.contrib.auth.models import Group

from counterparties.models import CounterpartyType
from rights.models import Grant


def grant(role: Group, type_: CounterpartyType, rights: Iterable[str]) -> int:
    """Give a role rights on a type; every right works only together with *view*. Tells how many were new."""
    wanted = set(rights)
    if wanted:
        wanted.add("view")
    held = set(Grant.objects.filter(role=role, type=type_).values_list("right", flat=True))
    for right in sorted(wanted - held):
        Grant(role=role, type=type_, right=right).save()
    return len(wanted - held)


def revoke(role: Group, type_: CounterpartyType, rights: Iterable[str]) -> int:
    """Take rights on a type from a role; with *view* go all. Tells how many were taken."""
    unwanted = set(rights)
    held = Grant.objects.filter(role=role, type=type_)
    if "view" not in unwanted:
        held = held.filter(right__in=unwanted)
    taken = list(held)
    for each in taken:
        each.delete()
    return len(taken)
