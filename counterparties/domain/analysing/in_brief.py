"""Some counterparties at a glance: how many there are by status, and what was agreed with them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Count, F, QuerySet
from django.db.models.functions import Cast

from counterparties.domain.agreements import in_state
from counterparties.models import Contract
from desk.databases.gathering import SumOfOnes, SumOfRests, first_rows

from .measures import ONE_OF_MONEY

#: So many currencies are told of at the most.
MOST_CURRENCIES = 50


def by_status(counterparties: QuerySet) -> dict[int | None, int]:
    """Status or None → how many."""
    return dict(counterparties.order_by().values_list("status").annotate(many=Count("pk")))


def agreed(counterparties: QuerySet, today: date) -> list[tuple[str, Decimal]]:
    """Currency and sum of the contracts that are in force, by currency."""
    amount: Any = Cast(F("amount"), BigIntegerField())
    running = Contract.objects.filter(in_state(["running", "soon"], today), amount__isnull=False)
    held = running.filter(counterparty__in=counterparties.order_by().values("pk")).order_by()
    sums = held.values_list("currency").annotate(
        ones=SumOfOnes(amount, ONE_OF_MONEY), rests=SumOfRests(amount, ONE_OF_MONEY)
    )
    found = first_rows(sums, MOST_CURRENCIES)
    return sorted((currency, Decimal(ones) + Decimal(rests) / ONE_OF_MONEY) for currency, ones, rests in found)
