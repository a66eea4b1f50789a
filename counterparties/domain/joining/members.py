"""Memberships of holdings, when the holding or the company in it is joined with another counterparty."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from counterparties.domain import holdings
from counterparties.models import Counterparty, CounterpartyType, Membership
from trail.domain import in_bulk
from trail.domain.undoing.writing import keep


@dataclass
class Memberships:
    """Those of the one that goes, and whether there are others the user may not change."""

    rows: list[Membership] = field(default_factory=list)
    hides: bool = False
    is_holding: bool = False


def memberships_of(goes: Counterparty, decision: Any) -> Memberships:
    """Whoever may edit the holding as one keeps them, as far as they may view the companies."""
    found = Memberships()
    rows = Membership.objects.filter(Q(holding=goes.pk) | Q(member=goes.pk)).select_related("holding", "member")
    for each in rows.order_by("pk"):
        may = holdings.as_holding(decision, "edit", each.holding) and decision.may("view", each.member)
        found.hides = found.hides or not may
        found.is_holding = found.is_holding or each.holding_id == goes.pk
        found.rows.append(each)
    return found


def belong_together(one: Counterparty, other: Counterparty) -> bool:
    """Is one of them, at any time and by whatever way, a company in the holding that the other is?"""
    return holdings.goes_round(one.pk, other.pk, None, None) or holdings.goes_round(other.pk, one.pk, None, None)


def join(theirs: Iterable[Membership], stays: Counterparty, goes: Counterparty) -> None:
    """Days on which both belonged to one holding are told once: as long as either did. Within the operation."""
    # Everybody who changes who belongs to whom waits here (domain/holdings.py).
    list(CounterpartyType.objects.select_for_update(no_key=True).filter(parent=None, kind_code="holding"))
    moving = list(theirs)
    if not moving:
        return
    there: dict[tuple[int, int], list[Membership]] = defaultdict(list)
    for each in Membership.objects.filter(Q(holding=stays.pk) | Q(member=stays.pk)).order_by("pk"):
        there[each.holding_id, each.member_id].append(each)
    changed: dict[int, Membership] = {}
    gone: dict[int, Membership] = {}
    for each in moving:
        each.holding_id = stays.pk if each.holding_id == goes.pk else each.holding_id
        each.member_id = stays.pk if each.member_id == goes.pk else each.member_id
        beside = there[each.holding_id, each.member_id]
        same = [other for other in beside if holdings.meet(each, other)]
        if not same:
            beside.append(each)
            changed[each.pk] = each
            continue
        first, *others = same
        for other in (each, *others):
            first.since, first.until = _earlier(first.since, other.since), _later(first.until, other.until)
            gone[other.pk] = other
            changed.pop(other.pk, None)
            beside[:] = [one for one in beside if one.pk != other.pk]
        changed[first.pk] = first
    # Whoever goes is remembered as it stood.
    in_bulk.remove(list(gone.values()))
    keep(list(changed.values()), is_guarded=True)


def _earlier(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else min(one, other)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
