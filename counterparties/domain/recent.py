"""What lately happened to the counterparties somebody may view."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from counterparties.models import Address, Client, Counterparty, Value
from trail.models import Operation

#: Beyond this nobody calls it recent, and the database need not look.
DAYS = 30


@dataclass(frozen=True)
class Recent:
    """One operation, a counterparty it changed, and whether it changed others beside it."""

    operation: Operation
    counterparty: Counterparty
    has_others: bool


def recent_operations(decision: Any, how_many: int = 15) -> list[Recent]:
    """The newest operations that changed something the reader may view: two queries, however much there is."""
    changes = [changed.filter(operation=OuterRef("pk")) for changed in _changes(decision)]
    since = timezone.now() - timedelta(days=DAYS)
    operations = (
        Operation.objects.filter(at__gte=since)
        # Two separate looks by index (`history_by` of the models), no aggregate: an import may have changed a million.
        .annotate(lowest=_first(changes, "counterparty_pk"), highest=_first(changes, "-counterparty_pk"))
        .filter(lowest__isnull=False)
        .select_related("user")
        .order_by("-at", "-pk")[:how_many]
    )
    found = list(operations)
    things = decision.counterparties("view").in_bulk([each.highest for each in found])
    return [Recent(each, things[each.highest], each.lowest != each.highest) for each in found if each.highest in things]


def _first(changes: list[QuerySet], order: str) -> Coalesce:
    looks = [Subquery(each.order_by(order).values("counterparty_pk")[:1]) for each in changes]
    return Coalesce(*looks, output_field=BigIntegerField())


def _changes(decision: Any) -> list[QuerySet]:
    """Rows of history the reader may know of; a client's facts only where a type of that kind may be viewed."""
    rows = [
        Counterparty.history.annotate(counterparty_pk=F("id")),
        Value.history.annotate(counterparty_pk=F("counterparty_id")),
        Client.history.annotate(counterparty_pk=F("counterparty_id")),
        Address.history.annotate(counterparty_pk=F("counterparty_id")),
    ]
    if decision.has_everything("view"):
        return rows
    clients = [each.pk for each in decision.types("view") if each.kind.is_client]
    seen, seen_clients = frozenset(decision.set_ids("view")), frozenset(decision.set_ids("view", clients))
    cores, values, *of_clients = [each.alias(carried=_carried()) for each in rows]
    return [
        cores.filter(carried__among=seen),
        values.filter(_known_answers(decision)),
        *[each.filter(carried__among=seen_clients) for each in of_clients],
    ]


def _carried() -> Subquery:
    """The types a counterparty has now, asked of one row at a time: joined, a database would read a million for it."""
    return Subquery(Counterparty.objects.filter(pk=OuterRef("counterparty_pk")).order_by().values("type_set")[:1])


def _known_answers(decision: Any) -> Q:
    """A characteristic, but only of counterparties that carry it by a type the reader may view."""
    by_carriers: dict[frozenset[int], list[int]] = defaultdict(list)
    for each in decision.characteristics("view"):
        carriers = decision.tree.carriers(each.characteristic) & decision.type_ids("view")
        by_carriers[frozenset(carriers)].append(each.characteristic.pk)
    known = Q(pk__in=[])
    for carriers, characteristics in by_carriers.items():
        sets = frozenset(decision.set_ids("view", carriers))
        known |= Q(characteristic__in=characteristics, carried__among=sets)
    return known
