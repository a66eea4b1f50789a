"""Who points at a counterparty, by which characteristic, as far as a reader may know it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from characteristics.models import Characteristic
from counterparties.domain.scope import Scope
from counterparties.models import Counterparty, Value

#: So many are listed for each characteristic; all of them stand in the register.
FIRST = 20


@dataclass
class Group:
    """Those who point by one characteristic: how many there are, and the first of them by name."""

    characteristic: Characteristic
    url: str
    total: int = 0
    first: list[Counterparty] = field(default_factory=list)

    @property
    def has_more(self) -> bool:
        return self.total > len(self.first)


def characteristics(decision: Any) -> list[Characteristic]:
    """Those by which somebody may be pointed at, in settings order."""
    asked = [each.characteristic for each in decision.characteristics("view")]
    return [each for each in asked if each.type.points]


def values_of(decision: Any) -> QuerySet:
    """The values that point, each where its counterparty and the characteristic in it may be seen."""
    scope, seen = Scope(decision), Q(pk__in=[])
    for each in characteristics(decision):
        seen |= Q(characteristic=each.pk, counterparty__type_set__in=sorted(scope.carrying(each)))
    return Value.objects.filter(seen)


def at(counterparty: Counterparty, decision: Any) -> list[Group]:
    """Two statements, however many characteristics there are and however many point."""
    found = {
        each.pk: Group(each, f"/counterparties/?{each.field_name}={counterparty.pk}&archived=all")
        for each in characteristics(decision)
    }
    by_name = Window(
        RowNumber(), partition_by=F("characteristic"), order_by=["counterparty__name_key", "counterparty", "place"]
    )
    rows = values_of(decision).filter(target=counterparty.pk)
    rows = rows.annotate(by_name=by_name, total=Window(Count("pk"), partition_by=F("characteristic")))
    rows = rows.filter(by_name__lte=FIRST).select_related("counterparty__status").order_by("by_name")
    for row in rows:
        group = found[row.characteristic_id]
        group.total = row.total
        group.first.append(row.counterparty)
    return [group for group in found.values() if group.first]
