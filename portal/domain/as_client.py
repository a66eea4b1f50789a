"""Counterparties as clients: what a client is written and what he proposes is for those who know him as one."""

from typing import Any

from counterparties.models import Counterparty
from counterparties.models.counterparty import CounterpartyQuerySet
from rights.domain import policy


def knows_clients(decision: Any, right: str = "view") -> bool:
    """Does any type of clients grant the reader the right?"""
    return bool(_types(decision, right))


def is_granted(decision: Any, right: str, counterparty: Counterparty) -> bool:
    """Does a type that makes it a client grant the right?"""
    granting = decision.type_ids(right)
    return any(each.kind.is_client and each.pk in granting for each in decision.visible_types(counterparty))


def require(decision: Any, right: str, counterparty: Counterparty) -> None:
    """Go on only where a type that makes it a client grants the right; the refusal tells who has it."""
    if not is_granted(decision, right, counterparty):
        as_one = [each for each in decision.visible_types(counterparty) if each.kind.is_client]
        raise policy.Refused(decision.explain(right, as_one[0] if as_one else counterparty), counterparty)


def clients(decision: Any, right: str = "view") -> CounterpartyQuerySet:
    """Those of whom a type that makes them clients grants the right."""
    wanted = _types(decision, right)
    return Counterparty.objects.of_type_sets(pk for pk, types in decision.type_sets.items() if types & wanted)


def _types(decision: Any, right: str) -> set[int]:
    return {each.pk for each in decision.types(right) if each.kind.is_client}
