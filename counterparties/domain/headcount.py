"""How many counterparties each type and each status has: of all, and of those one person may view."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from counterparties.domain import counting
from counterparties.domain.inheritance import TypeTree


@dataclass(frozen=True)
class Headcount:
    """Numbers of one type or status."""

    current: int = 0
    archived: int = 0
    others: int = 0  # those the reader may not view

    @property
    def is_empty(self) -> bool:
        return not (self.current or self.archived or self.others)


NOBODY = Headcount()

#: Under which keys a number stands, under which of them the reader may see it, is it of the archive, and the number.
Cell = tuple[Iterable[Any], Iterable[Any], bool, int]


def of_types(decision: Any) -> dict[int, Headcount]:
    """Type → its counterparties, those of its subtypes included, each counted once."""
    tree, sets, granted = decision.tree, decision.type_sets, decision.type_ids("view")

    def cells() -> Iterator[Cell]:
        for (type_set, is_archived), number in counting.of_everybody_by_type_sets().items():
            types = sets.get(type_set, frozenset())
            yield _with_ancestors(tree, types), _with_ancestors(tree, types & granted), is_archived, number

    return _added_up(cells())


def of_statuses(decision: Any) -> dict[int, Headcount]:
    """Status → its counterparties."""
    visible = set(decision.set_ids("view"))

    def cells() -> Iterator[Cell]:
        for (type_set, status, is_archived), number in counting.of_everybody().items():
            yield [status], [status] if type_set in visible else [], is_archived, number

    return _added_up(cells())


def _added_up(cells: Iterable[Cell]) -> dict[Any, Headcount]:
    seen: dict[bool, Counter] = defaultdict(Counter)
    everybody: Counter = Counter()
    for keys, visible_keys, is_archived, number in cells:
        for key in keys:
            everybody[key] += number
        for key in visible_keys:
            seen[is_archived][key] += number
    return {
        key: Headcount(current, archived, total - current - archived)
        for key, total in everybody.items()
        for current, archived in [(seen[False][key], seen[True][key])]
    }


def _with_ancestors(tree: TypeTree, types: Iterable[int]) -> set[int]:
    return {each.pk for pk in types if pk in tree.by_id for each in tree.lineage(tree.by_id[pk])}
