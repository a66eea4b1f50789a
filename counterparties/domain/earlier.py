"""What a card said at an earlier moment, out of its history."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Max

from characteristics.domain.values import Said
from characteristics.models import Characteristic
from counterparties.domain.clients import PLACES
from counterparties.models import Address, Client, Counterparty, Value
from trail.domain.changes import recorded
from trail.models import Operation


def facts_at(counterparty: Counterparty, moment: datetime) -> Any | None:
    """The facts as they stood (a row of history, with the same names), or None before the counterparty was added."""
    rows = counterparty.history.filter(history_date__lte=moment)
    return rows.order_by("-history_date", "-history_id").first()


def answers_at(
    counterparty: Counterparty, characteristics: Iterable[Characteristic], moment: datetime, decision: Any
) -> Said:
    """The answers as they stood, as this reader may know them: id of a characteristic → values in their places."""
    asked = {each.pk: each for each in characteristics}
    rows = Value.history.filter(counterparty=counterparty.pk, characteristic__in=list(asked), history_date__lte=moment)
    last = {
        (row.characteristic_id, row.place): row
        for row in rows.select_related("element", "file", "target").order_by("history_date", "history_id")
    }
    said: Said = {}
    for (characteristic, place), row in sorted(last.items()):
        if row.history_type != "-":
            type_ = asked[characteristic].type
            said.setdefault(characteristic, []).append(type_.in_sight(type_.value(row), decision, place))
    return said


def client_at(counterparty: Counterparty, moment: datetime) -> Client:
    """What it was as a client."""
    rows = Client.history.filter(counterparty=counterparty.pk, history_date__lte=moment)
    row = rows.order_by("-history_date", "-history_id").first()
    return row.instance if row else Client()


def places_at(counterparty: Counterparty, moment: datetime) -> dict[str, Address]:
    """Its company and delivery address, as they stood."""
    places = Address.history.filter(counterparty=counterparty.pk, kind__in=PLACES, history_date__lte=moment)
    last = {each.kind: each for each in places.order_by("history_date", "history_id")}
    # A row's own ``instance`` would read today's key of the town for each.
    fields = [each.attname for each in recorded(Address)]
    return {
        kind: Address(**{name: getattr(each, name) for name in fields})
        for kind, each in last.items()
        if each.history_type != "-"
    }


def last_operation(counterparty: Counterparty) -> Operation | None:
    """The operation that changed the card last: its facts, its answers, what it is as a client, its addresses."""
    ids = [
        counterparty.history.aggregate(last=Max("operation"))["last"],
        *(
            model.history.filter(counterparty=counterparty.pk).aggregate(last=Max("operation"))["last"]
            for model in (Value, Client, Address)
        ),
    ]
    known = [each for each in ids if each is not None]
    return Operation.objects.select_related("user").filter(pk=max(known)).first() if known else None
