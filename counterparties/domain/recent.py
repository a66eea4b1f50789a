"""What lately happened to the counterparties somebody may view."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from counterparties.models import Address, Client, Counterparty, Value
from desk.databases import Prepared
from desk.databases.shown import shown
from staff.models import User
from trail.models import Operation

#: Beyond this nobody calls it recent, and the database need not look.
DAYS = 30


@dataclass(frozen=True)
class Recent:
    """One operation, a counterparty it changed, and whether it changed others beside it."""

    operation: Operation
    counterparty: Counterparty
    has_others: bool


@dataclass(frozen=True)
class Known:
    """What somebody may know of counterparties; who may know the same asks the same."""

    sets: frozenset[int]  # combinations of types that may be viewed
    as_clients: frozenset[int]  # those that may be viewed as clients
    answers: tuple[tuple[tuple[int, ...], frozenset[int]], ...]  # characteristics, and where they may be viewed


def recent_operations(decision: Any, how_many: int = 15) -> list[Recent]:
    """The newest operations that changed something the reader may view: two queries, however much there is."""
    known = None if decision.has_everything("view") else _known(decision)
    rows = _newest(known, how_many).rows(timezone.now() - timedelta(days=DAYS))
    things = decision.counterparties("view").in_bulk([highest for *_facts, highest in rows])
    return [
        Recent(_operation(row), things[highest], lowest != highest)
        for *row, lowest, highest in rows
        if highest in things
    ]


#: What an operation and the name of the person are read from.
_OPERATION = ["id", "kind", "user_id", "at"]
_PERSON = ["id", "first_name", "last_name", "username"]


def _operation(row: Sequence[Any]) -> Operation:
    (operation,) = shown(Operation, _OPERATION, [row])
    (person,) = shown(User, _PERSON, [row[len(_OPERATION) :]])
    operation.user = person if person.pk else None
    return operation


@lru_cache(200)
def _newest(known: Known | None, how_many: int) -> Prepared:
    """The question for them, put together once for all who know the same (5 ms of Django's work, its answer 1)."""

    def question(since: datetime) -> QuerySet:
        changes = [changed.filter(operation=OuterRef("pk")) for changed in _changes(known)]
        return (
            Operation.objects.filter(at__gte=since)
            # Two separate looks by index (`history_by` of the models), no aggregate: an import may have changed a
            # million.
            .annotate(lowest=_first(changes, "counterparty_pk"), highest=_first(changes, "-counterparty_pk"))
            .filter(lowest__isnull=False)
            .order_by("-at", "-pk")
            .values_list(*_OPERATION, *[f"user__{name}" for name in _PERSON], "lowest", "highest")[:how_many]
        )

    return Prepared(question, datetime)


def _first(changes: list[QuerySet], order: str) -> Coalesce:
    looks = [Subquery(each.order_by(order).values("counterparty_pk")[:1]) for each in changes]
    return Coalesce(*looks, output_field=BigIntegerField())


def _changes(known: Known | None) -> list[QuerySet]:
    """Rows of history the reader may know of; a client's facts only where a type of that kind may be viewed."""
    rows = [
        Counterparty.history.annotate(counterparty_pk=F("id")),
        Value.history.annotate(counterparty_pk=F("counterparty_id")),
        Client.history.annotate(counterparty_pk=F("counterparty_id")),
        Address.history.annotate(counterparty_pk=F("counterparty_id")),
    ]
    if known is None:
        return rows
    cores, values, *of_clients = [each.alias(carried=_carried()) for each in rows]
    answers = Q(pk__in=[])
    for characteristics, sets in known.answers:
        answers |= Q(characteristic__in=characteristics, carried__among=sets)
    return [
        cores.filter(carried__among=known.sets),
        values.filter(answers),
        *[each.filter(carried__among=known.as_clients) for each in of_clients],
    ]


def _carried() -> Subquery:
    """The types a counterparty has now, asked of one row at a time: joined, a database would read a million for it."""
    return Subquery(Counterparty.objects.filter(pk=OuterRef("counterparty_pk")).order_by().values("type_set")[:1])


def _known(decision: Any) -> Known:
    """A characteristic is known, but only of counterparties that carry it by a type the reader may view."""
    by_carriers: dict[frozenset[int], list[int]] = defaultdict(list)
    for each in decision.characteristics("view"):
        carriers = decision.tree.carriers(each.characteristic) & decision.type_ids("view")
        by_carriers[frozenset(carriers)].append(each.characteristic.pk)
    clients = [each.pk for each in decision.types("view") if each.kind.is_client]
    return Known(
        frozenset(decision.set_ids("view")),
        frozenset(decision.set_ids("view", clients)),
        tuple(
            (tuple(characteristics), frozenset(decision.set_ids("view", carriers)))
            for carriers, characteristics in by_carriers.items()
        ),
    )
