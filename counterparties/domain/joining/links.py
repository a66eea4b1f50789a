"""Others that point at the one that goes point at the one that stays."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from characteristics.models import Characteristic
from counterparties.domain.in_bulk.allowed import Allowed
from counterparties.domain.in_bulk.differing import Differences
from counterparties.models import Counterparty, Value

#: (counterparty, characteristic)
Asked = tuple[int, int]


@dataclass
class Links:
    """Answers that name the one that goes: those that move, and whether there are others the user may not change."""

    rows: list[Value] = field(default_factory=list)
    owners: set[int] = field(default_factory=set)
    hides: bool = False


def links_to(goes: Counterparty, allowed: Allowed) -> Links:
    """What is asked of nobody any more, a stopped characteristic or one that no type carries, stays as it was said."""
    found = Links()
    rows = list(Value.objects.filter(target=goes.pk).select_related("counterparty").order_by("counterparty", "place"))
    living: dict[Any, set[int]] = {}
    for row in rows:
        types = allowed.types_of(row.counterparty)
        if types not in living:
            asked = allowed.tree.asked_of([allowed.tree.by_id[pk] for pk in types if pk in allowed.tree.by_id])
            living[types] = {each.characteristic.pk for each in asked if not each.characteristic.is_stopped}
        if row.characteristic_id not in living[types] or row.counterparty_id == goes.pk:
            continue
        may_see = allowed.may_see(types) and row.characteristic_id in allowed.characteristics("edit", types)
        found.hides = found.hides or not may_see
        found.rows.append(row)
        found.owners.add(row.counterparty_id)
    return found


def said_of_both(links: Links, stays: Counterparty) -> Characteristic | None:
    """What nobody shares and somebody says of the one that stays already, another of the one that goes."""
    theirs = {(row.characteristic_id, row.counterparty_id) for row in links.rows}
    asked = {characteristic for characteristic, _owner in theirs}
    if not asked:
        return None
    mine = Value.objects.filter(target=stays.pk, characteristic__in=asked, characteristic__is_unique=True)
    for row in mine.select_related("characteristic").order_by("pk"):
        if {owner for characteristic, owner in theirs if characteristic == row.characteristic_id} - {
            row.counterparty_id
        }:
            return row.characteristic
    return None


def differences(links: Links, stays: Counterparty, goes: Counterparty, but: set[int]) -> Differences:
    """What becomes of them: nobody points at one counterparty twice, and nobody at itself.

    ``but``: characteristics of the one that stays that are answered anew anyway. Answers are counted without a gap.
    """
    asked = {(row.counterparty_id, row.characteristic_id) for row in links.rows}
    asked -= {(stays.pk, pk) for pk in but}
    if not asked:
        return Differences()
    owners, characteristics = {owner for owner, _pk in asked}, {pk for _owner, pk in asked}
    there: dict[Asked, list[Value]] = defaultdict(list)
    rows = Value.objects.filter(counterparty__in=owners, characteristic__in=characteristics)
    for row in rows.order_by("counterparty", "characteristic", "place").select_for_update(of=("self",)):
        if (row.counterparty_id, row.characteristic_id) in asked:
            there[row.counterparty_id, row.characteristic_id].append(row)
    found = Differences()
    for (owner, _characteristic), those in there.items():
        meant = [stays.pk if row.target_id == goes.pk else row.target_id for row in those]
        final = list(dict.fromkeys(pk for pk in meant if pk != owner))
        for row, target in zip(those, final, strict=False):
            if row.target_id != target:
                row.target_id = target
                found.changed.append(row)
        found.gone += those[len(final) :]
    return found
