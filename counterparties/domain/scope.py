"""Which counterparties a list is about, and where in it each characteristic may be seen.

A characteristic is seen, filtered and sorted only in counterparties of which a visible type carries it (product.md,
rule 1); in every other row the list behaves as if nothing were said.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from characteristics.models import Characteristic
from counterparties.models import Counterparty, CounterpartyType
from counterparties.models.counterparty import CounterpartyQuerySet


class Scope:
    """Counterparties of visible types as one person may see them; with ``groups``, those with a type of each group."""

    def __init__(self, decision: Any, *groups: Iterable[int]) -> None:
        self.decision = decision
        visible = decision.type_ids("view")
        self.groups = [set(group) & visible for group in groups]
        self.sets = set(decision.set_ids("view"))
        for group in self.groups:
            self.sets &= set(decision.set_ids("view", group))
        # Most characteristics hang on the same few types, and their columns show the same page.
        self._carrying: dict[frozenset[int], frozenset[int]] = {}
        self._page: Sequence[Any] = ()
        self._shown: dict[frozenset[int], list[bool]] = {}

    @property
    def types(self) -> list[CounterpartyType] | None:
        """The types the list is about; None when it is about all of them."""
        if not self.groups:
            return None
        among = set().union(*self.groups)
        return [each for each in self.decision.tree.types if each.pk in among]

    def narrowed(self, group: Iterable[int]) -> "Scope":
        """Of these counterparties, those that carry one of these types too."""
        return Scope(self.decision, *self.groups, group)

    def counterparties(self, right: str = "view") -> CounterpartyQuerySet:
        """Those that may be seen and for which the right is granted too."""
        return self.of_sets(self.sets - self.without(right))

    def of_sets(self, sets: set[int]) -> CounterpartyQuerySet:
        """Counterparties of these combinations of types; when these are all there are, nothing needs to be asked."""
        if sets >= set(self.decision.type_sets):
            return Counterparty.objects.all()
        return Counterparty.objects.of_type_sets(sets)

    def without(self, right: str) -> set[int]:
        """Combinations of types that may be seen, but without this right."""
        return self.sets - set(self.decision.set_ids(right))

    def carrying(self, characteristic: Characteristic) -> frozenset[int]:
        """Combinations of types in which the characteristic may be seen."""
        types = self.decision.tree.carriers(characteristic) & self.decision.type_ids("view")
        if types not in self._carrying:
            type_sets = self.decision.type_sets
            self._carrying[types] = frozenset(pk for pk in self.sets if not types.isdisjoint(type_sets[pk]))
        return self._carrying[types]

    def shows(self, characteristic: Characteristic, records: Sequence[Any]) -> Sequence[bool]:
        """Tells of each counterparty of a page whether the characteristic may be seen in it."""
        carrying = self.carrying(characteristic)
        if records is not self._page:
            self._page, self._shown = records, {}
        if carrying not in self._shown:
            self._shown[carrying] = [each.type_set_id in carrying for each in records]
        return self._shown[carrying]

    def where(self, characteristic: Characteristic) -> Q:
        """The same for the database; nothing when it may be seen in every row."""
        carrying = self.carrying(characteristic)
        return Q() if carrying >= self.sets else Q(type_set__among=carrying)
