"""The arrows and drags of a reference list: dense places, safe under two people at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class Places:
    """A list whose order the office decides: the things in it, and the rows to lock while somebody moves one."""

    siblings: QuerySet
    lock: QuerySet

    def hold(self) -> None:
        """From now to the end of the transaction nobody else moves anything here."""
        # Without the key: whoever only points at one of these rows need not wait.
        list(self.lock.order_by("pk").select_for_update(no_key=True).values_list("pk"))

    def order(self) -> list[int]:
        """Ids in their order."""
        return list(self.siblings.order_by("position", "pk").values_list("pk", flat=True))


def place(siblings: QuerySet, item: Any, where: int) -> None:
    """Put an item to the place ``where`` (from 0) among its siblings and number all of them densely from 1.

    The caller holds the lock of one parent row or settings row, inside an operation; each moved row is saved with
    its history.
    """
    order: Sequence[Any] = [each for each in siblings.order_by("position", "pk") if each.pk != item.pk]
    number([*order[:where], item, *order[where:]])


def close_up(siblings: QuerySet) -> None:
    """Number what is left densely, after one was taken out; under the same lock."""
    number(siblings.order_by("position", "pk"))


def number(order: Any) -> None:
    """Give these things the places 1, 2, 3 …"""
    for position, each in enumerate(order, start=1):
        if each.position != position:
            each.position = position
            each.save()
