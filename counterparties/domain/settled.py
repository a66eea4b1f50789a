"""The settings that decide what a list shows: types with their ties, statuses, combinations of types.

A process reads them once and keeps them (docs/decisions/0022-settings-are-kept.md). Each request gets objects of its
own: whatever is set on them or fetched through them, the kept ones stay as they were read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.db.models import Model
from django.db.models.base import ModelState

from characteristics.models import Characteristic, Nomenclature
from counterparties.domain import type_sets
from counterparties.domain.inheritance import Inherited, TypeTree
from counterparties.models import CounterpartyType, Status, TypeCharacteristic, TypeSetMember
from trail.domain.kept import Kept

M = TypeVar("M", bound=Model)

#: Everything that is read here: with each change of one of these tables the settings carry another stamp.
STAMPED = (CounterpartyType, TypeCharacteristic, Characteristic, Nomenclature, Status, TypeSetMember)


@dataclass(frozen=True)
class Reading:
    """The settings as they stood at one moment; nobody changes anything of it."""

    tree: TypeTree
    statuses: list[Status]
    type_sets: dict[int, frozenset[int]]


def _read() -> Reading:
    return Reading(TypeTree().read(), list(Status.objects.all()), type_sets.members())


_kept = Kept(_read)


class Settled:
    """The settings as they stand now, for one request or one chunk of a job."""

    def __init__(self) -> None:
        self._kept = _kept.now()

    @cached_property
    def tree(self) -> TypeTree:
        return OwnTree(self._kept.tree)

    @cached_property
    def statuses(self) -> dict[int, Status]:
        """Every status by its id, in the order of the settings."""
        return owned(self._kept.statuses)

    @cached_property
    def type_sets(self) -> dict[int, frozenset[int]]:
        """Every combination of types that occurs: its id → ids of its types."""
        return dict(self._kept.type_sets)


class OwnTree(TypeTree):
    """A tree that was read before, in objects of one's own."""

    def __init__(self, tree: TypeTree) -> None:
        self._tree = tree
        self._families, self._carriers = tree._families, tree._carriers

    @cached_property
    def types(self) -> list[CounterpartyType]:
        return [*owned(self._tree.types).values()]

    @cached_property
    def characteristics(self) -> dict[int, Characteristic]:
        """Those of one nomenclature share it, so that its elements are read once."""
        found = owned(self._tree.characteristics.values())
        homes = {each.nomenclature_id: each.nomenclature for each in self._tree.characteristics.values()}
        nomenclatures = owned(each for each in homes.values() if each)
        for each in found.values():
            home = each.nomenclature_id
            each._state.fields_cache["nomenclature"] = nomenclatures[home] if home else None
        return found

    @cached_property
    def _own(self) -> dict[int, list[Characteristic]]:
        mine = self.characteristics
        return {
            type_: [mine[each.pk] for each in characteristics if each.pk in mine]
            for type_, characteristics in self._tree._own.items()
        }

    @cached_property
    def asked(self) -> list[Inherited]:
        mine, types = self.characteristics, self.by_id
        return [
            Inherited(mine[each.characteristic.pk], types[each.type.pk])
            for each in self._tree.asked
            if each.characteristic.pk in mine
        ]


def owned(records: Iterable[M]) -> dict[int, M]:
    """The same records as objects of one's own, by id; nothing that they point at comes along."""
    found = {}
    for each in records:
        mine = object.__new__(type(each))
        mine.__dict__.update(each.__dict__)
        # Not by copy(): that packs and unpacks each of them, six times as long.
        mine._state = ModelState()
        mine._state.adding, mine._state.db = False, each._state.db
        found[each.pk] = mine
    return found
