"""What a change of a type would do to counterparties, told before it is done. Nothing is destroyed by it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass

from django.db.models import Count

from characteristics.models import Characteristic
from counterparties.domain import type_sets
from counterparties.domain.inheritance import TypeTree
from counterparties.models import Counterparty, CounterpartyType, Value


@dataclass(frozen=True)
class Effect:
    """What happens to one characteristic: for how many counterparties, and how many of them have said something."""

    characteristic: Characteristic
    counterparties: int
    filled: int


@dataclass(frozen=True)
class Foreseen:
    """Characteristics that hide, appear, and become required, and the number of counterparties this touches."""

    hidden: list[Effect]
    appearing: list[Effect]
    required: list[Effect]
    touched: int


def foresee(
    type_: CounterpartyType, parent: CounterpartyType | None, characteristics: Iterable[Characteristic]
) -> Foreseen:
    """If the type had this parent and these characteristics of its own. A counterparty with several types keeps what
    another of its types still asks for. Archived ones count too.
    """
    before, after = TypeTree(), supposed(type_, parent, characteristics)
    hidden: dict[int, set[int]] = defaultdict(set)  # characteristic → type sets
    appearing: dict[int, set[int]] = defaultdict(set)
    family = before.family(type_)
    # 0 stands for a counterparty that is still to come, of this type alone.
    for pk, types in {0: frozenset({type_.pk}), **type_sets.members()}.items():
        if types & family:
            had, has = _asked(before, types), _asked(after, types)
            for gone in had - has:
                hidden[gone].add(pk)
            for new in has - had:
                appearing[new].add(pk)
    sizes = _sizes(set().union(*hidden.values(), *appearing.values()))
    said = _said(hidden, appearing)
    known = after.characteristics

    def effects(of: dict[int, set[int]]) -> list[Effect]:
        found = [(known[pk], sets) for pk, sets in of.items()]
        return [
            Effect(each, sum(sizes[pk] for pk in sets), sum(said[each.pk, pk] for pk in sets))
            for each, sets in sorted(found, key=lambda pair: (pair[0].position, pair[0].name, pair[0].pk))
        ]

    comes = effects(appearing)
    return Foreseen(
        effects(hidden), comes, [each for each in comes if each.characteristic.is_required], sum(sizes.values())
    )


def supposed(
    type_: CounterpartyType, parent: CounterpartyType | None, characteristics: Iterable[Characteristic]
) -> TypeTree:
    """The tree as it would be."""
    tree = TypeTree()
    own = {each.pk: tree.own(each) for each in tree.types}
    own[type_.pk] = list(characteristics)
    types = [copy(each) for each in tree.types]
    for each in types:
        if each.pk == type_.pk:
            each.parent_id = parent.pk if parent else None
    imagined = TypeTree()
    imagined.__dict__.update(types=types, _own=own)
    return imagined


def _asked(tree: TypeTree, types: Iterable[int]) -> set[int]:
    asked = tree.asked_of([tree.by_id[pk] for pk in types])
    return {each.characteristic.pk for each in asked if not each.characteristic.is_stopped}


def _sizes(sets: set[int]) -> Counter:
    """Type set → its counterparties, archived ones included."""
    rows = Counterparty.objects.filter(type_set__in=sets).order_by().values_list("type_set").annotate(Count("pk"))
    return Counter(dict(rows))


def _said(*moving: dict[int, set[int]]) -> Counter:
    """(characteristic, type set) → counterparties that have said something for it."""
    characteristics = set().union(*moving)
    sets = set().union(*[each for of in moving for each in of.values()])
    rows = (
        Value.objects.filter(characteristic__in=characteristics, counterparty__type_set__in=sets, place=0)
        .order_by()
        .values_list("characteristic", "counterparty__type_set")
        .annotate(Count("pk"))
    )
    return Counter({(characteristic, type_set): number for characteristic, type_set, number in rows})
