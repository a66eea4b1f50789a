"""The tree of types: who descends from whom, and what each inherits. Read once, asked often."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from characteristics.models import Characteristic
from counterparties.models import CounterpartyType, TypeCharacteristic

NONE: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Inherited:
    """A characteristic asked of a counterparty, and the type it comes from."""

    characteristic: Characteristic
    type: CounterpartyType


class TypeTree:
    """All types of the office with their characteristics, in three queries, each at its first use."""

    @cached_property
    def types(self) -> list[CounterpartyType]:
        """Every type, parents before children, siblings by position."""
        children: dict[int | None, list[CounterpartyType]] = defaultdict(list)
        for each in CounterpartyType.objects.order_by("position", "name", "pk"):
            children[each.parent_id].append(each)
        found: list[CounterpartyType] = []
        waiting = list(reversed(children[None]))
        while waiting:
            each = waiting.pop()
            found.append(each)
            waiting.extend(reversed(children[each.pk]))
        return found

    @cached_property
    def by_id(self) -> dict[int, CounterpartyType]:
        return {each.pk: each for each in self.types}

    @cached_property
    def by_code(self) -> dict[str, CounterpartyType]:
        return {each.code: each for each in self.types}

    def lineage(self, type_: CounterpartyType) -> list[CounterpartyType]:
        """The ancestors of a type, the root first, and the type itself last."""
        line = [type_]
        while (parent := line[0].parent_id) is not None and len(line) <= len(self.by_id):
            line.insert(0, self.by_id[parent])
        return line

    def path(self, type_: CounterpartyType) -> str:
        """*Client › Wholesale*."""
        return " › ".join(each.label for each in self.lineage(type_))

    def depth(self, type_: CounterpartyType) -> int:
        return len(self.lineage(type_)) - 1

    @cached_property
    def _families(self) -> dict[int, frozenset[int]]:
        families: dict[int, set[int]] = defaultdict(set)
        for each in self.types:
            for ancestor in self.lineage(each):
                families[ancestor.pk].add(each.pk)
        return {pk: frozenset(types) for pk, types in families.items()}

    def family(self, type_: CounterpartyType) -> frozenset[int]:
        """Ids of a type and all its descendants."""
        return self._families.get(type_.pk, NONE)

    def without_ancestors(self, types: Iterable[CounterpartyType]) -> list[CounterpartyType]:
        """Ticking a subtype clears its ancestors."""
        chosen = {each.pk: each for each in types}
        above = {a.pk for each in chosen.values() for a in self.lineage(each)[:-1]}
        return [each for each in self.types if each.pk in chosen and each.pk not in above]

    @cached_property
    def characteristics(self) -> dict[int, Characteristic]:
        """Every characteristic there is, those too that hang on no type."""
        return {each.pk: each for each in Characteristic.objects.select_related("nomenclature")}

    @cached_property
    def _own(self) -> dict[int, list[Characteristic]]:
        """One query; a characteristic that hangs on several types is one object."""
        own: dict[int, list[Characteristic]] = defaultdict(list)
        known: dict[int, Characteristic] = {}
        ties = TypeCharacteristic.objects.select_related("characteristic__nomenclature").order_by("position", "pk")
        for tie in ties:
            own[tie.type_id].append(known.setdefault(tie.characteristic_id, tie.characteristic))
        return dict(own)

    def own(self, type_: CounterpartyType) -> list[Characteristic]:
        """What hangs on this type itself."""
        return self._own.get(type_.pk, [])

    def asked_of(self, types: Iterable[CounterpartyType]) -> list[Inherited]:
        """What is asked of a counterparty of these types: ancestors' questions first, each once, stopped ones too."""
        found: dict[int, Inherited] = {}
        for each in types:
            for ancestor in self.lineage(each):
                for characteristic in self.own(ancestor):
                    found.setdefault(characteristic.pk, Inherited(characteristic, ancestor))
        return list(found.values())

    @cached_property
    def asked(self) -> list[Inherited]:
        """What all types of the office together ask for."""
        return self.asked_of(self.types)

    @cached_property
    def _carriers(self) -> dict[int, frozenset[int]]:
        carriers: dict[int, set[int]] = defaultdict(set)
        for type_id, owned in self._own.items():
            for each in owned:
                carriers[each.pk] |= self._families.get(type_id, NONE)
        return {pk: frozenset(types) for pk, types in carriers.items()}

    def read(self) -> "TypeTree":
        """Whole and at once, for whoever keeps it."""
        for part in ("_families", "_carriers", "asked", "characteristics"):
            getattr(self, part)
        return self

    def carriers(self, characteristic: Characteristic) -> frozenset[int]:
        """Ids of the types that carry a characteristic, their own or inherited."""
        return self._carriers.get(characteristic.pk, NONE)
