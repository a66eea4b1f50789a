"""What counterparties have said beyond a limit that is about to be drawn.

Counted no further than is told. Ends are found by the index of values; lengths and patterns are read, which of a
million texts takes two seconds, once in the life of a characteristic.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import Count, QuerySet
from django.db.models.functions import Length

from characteristics.domain import patterns, uses
from characteristics.domain.usage import Found
from characteristics.models import Characteristic
from counterparties.models import Value

#: So many of those whose values are in the way are named.
NAMED = 5


def beyond(characteristic: Characteristic, limit: str) -> Found:
    """How much lies beyond one limit of the characteristic, and whose the first of it is."""
    rows = Value.objects.filter(characteristic=characteristic.pk).order_by("counterparty")
    owners = list(islice(_owners(rows, characteristic, limit), uses.COUNTED + 1))
    return Found(len(owners), tuple(dict.fromkeys(owners))[:NAMED])


def _owners(rows: QuerySet, characteristic: Characteristic, limit: str) -> Iterable[int]:
    if limit == "pattern":
        return _unlike(rows, characteristic.pattern)
    if limit == "is_unique":
        return _sharing(rows, characteristic)
    if limit == "max_length":
        found = rows.annotate(length=Length("text")).filter(length__gt=characteristic.max_length)
    else:
        comparison = {"minimum": "lt", "maximum": "gt"}[limit]
        end = characteristic.type.bound(getattr(characteristic, limit))
        found = rows.filter(**{f"{characteristic.type.storage}__{comparison}": end})
    return found.values_list("counterparty", flat=True)[: uses.COUNTED + 1]


def _sharing(rows: QuerySet, characteristic: Characteristic) -> Iterable[int]:
    """Those who say the same as somebody else, beside each other."""
    column = characteristic.type.compared
    said = rows.filter(**{f"{column}__isnull": False}).order_by()
    again = said.values(column).annotate(owners=Count("counterparty", distinct=True)).filter(owners__gt=1)
    among = list(again.values_list(column, flat=True)[: uses.COUNTED + 1])
    return (
        said.filter(**{f"{column}__in": among}).order_by(column, "counterparty").values_list("counterparty", flat=True)
    )


def _unlike(rows: QuerySet, pattern: str) -> Iterator[int]:
    said = rows.filter(text__isnull=False).values_list("counterparty", "text")
    return (owner for owner, text in said.iterator(2_000) if not patterns.matches(pattern, text))
