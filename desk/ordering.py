"""The arrows and drags of a reference list: dense places, safe under two people at once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet


def place(siblings: QuerySet, item: Any, where: int) -> None:
    """Put an item to the place ``where`` (from 0) among its siblings and number all of them densely from 1.

    The caller holds the lock of one parent row or settings row, inside an operation; each moved row is saved with
    its history.
    """
    order: Sequence[Any] = [each for each in siblings.order_by("position", "pk") if each.pk != item.pk]
    order = [*order[:where], item, *order[where:]]
    for position, each in enumerate(order, start=1):
        if each.position != position:
            each.position = position
            each.save()
