"""With which answers a card begins, as the fixture ``presets`` sets them."""

from decimal import Decimal

from django.utils import timezone

from characteristics.domain import values
from characteristics.domain.packed import Packed
from characteristics.models import Element


def said_by(counterparty, made):
    """Code of a characteristic → what the counterparty says; None for nothing."""
    said = values.of(counterparty, made.values())
    return {code: said.get(each.pk) for code, each in made.items()}


def whole(house):
    """What a card says that nobody touched."""
    gold, silver = Element.objects.filter(nomenclature__code="grade").order_by("position")
    return {
        "motto": ["Onward"],
        "size": [Decimal("12.5")],
        "born": [timezone.localdate()],
        "vip": [True],
        "grade": [silver],
        "house": [house],
        "packed": [Packed(True, gold, Decimal(12))],
    }
