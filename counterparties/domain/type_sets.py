"""Combinations of types. Only this module makes one or knows more than that a counterparty points to it."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from counterparties.models import CounterpartyType, TypeSet, TypeSetMember


def key_of(ids: Iterable[int]) -> str:
    return ",".join(str(pk) for pk in sorted(set(ids)))


def type_set_of(types: Iterable[CounterpartyType | int]) -> TypeSet:
    """The combination of these types, made when it occurs for the first time; two people at once get the same one."""
    ids: set[int] = {each if isinstance(each, int) else each.pk for each in types}
    if not ids:
        raise ValueError("A counterparty has at least one type.")
    found = TypeSet.objects.filter(key=key_of(ids)).first()
    if found:
        return found
    with transaction.atomic():
        made, is_new = TypeSet.objects.get_or_create(key=key_of(ids))
        if is_new:
            TypeSetMember.objects.bulk_create(TypeSetMember(type_set=made, type_id=pk) for pk in sorted(ids))
    return made


def members() -> dict[int, frozenset[int]]:
    """Every combination: its id → ids of its types. One query."""
    found: dict[int, set[int]] = defaultdict(set)
    for type_set, type_ in TypeSetMember.objects.values_list("type_set", "type"):
        found[type_set].add(type_)
    return {pk: frozenset(types) for pk, types in found.items()}
