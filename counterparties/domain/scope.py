"""Which counterparties a list is about, and where in it each characteristic may be seen.

A characteristic is seen, filtered and sorted only in counterparties of which a visible type carries it (product.md,
rule 1); in every other row the list behaves as if nothing were said.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from characteristics.models import Characteristic
from counterparties.models import Counterparty
from counterparties.models.counterparty import CounterpartyQuerySet


class Scope:
    """Counterparties of visible types, optionally only of types ``among``, as one person may see them."""

    def __init__(self, decision: Any, among: Iterable[int] | None = None) -> None:
        self.decision = decision
        self.among = None if among is None else set(among) & decision.type_ids("view")
        self.sets = set(decision.set_ids("view", self.among))

    def counterparties(self, right: str = "view") -> CounterpartyQuerySet:
        """Those that may be seen and for which the right is granted too."""
        sets = self.sets & set(self.decision.set_ids(right))
        if sets >= set(self.decision.type_sets):
            return Counterparty.objects.all()
        return Counterparty.objects.of_type_sets(sorted(sets))

    def left_out(self, right: str) -> CounterpartyQuerySet | None:
        """Those that may be seen without this right; None when there can be none."""
        sets = self.sets - set(self.decision.set_ids(right))
        return Counterparty.objects.of_type_sets(sorted(sets)) if sets else None

    def _carrying(self, characteristic: Characteristic) -> set[int]:
        types = self.decision.tree.carriers(characteristic) & self.decision.type_ids("view")
        return {pk for pk in self.sets if self.decision.type_sets[pk] & types}

    def shows(self, characteristic: Characteristic) -> Callable[[Any], bool]:
        """Tells of a counterparty whether the characteristic may be seen in it."""
        carrying = self._carrying(characteristic)
        return lambda counterparty: counterparty.type_set_id in carrying

    def where(self, characteristic: Characteristic) -> Q:
        """The same for the database; nothing when it may be seen in every row."""
        carrying = self._carrying(characteristic)
        return Q() if carrying >= self.sets else Q(type_set__in=sorted(carrying))
