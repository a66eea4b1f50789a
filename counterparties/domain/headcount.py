"""How many counterparties each type and each status has: of all, and of those one person may view."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
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

#: Under which keys one cell of the counts stands, and under which of them the reader may see it.
Keys = Callable[[Any, Any], tuple[Iterable[Any], Iterable[Any]]]


def of_types(decision: Any) -> dict[int, Headcount]:
    """Type → its counterparties, those of its subtypes included, each counted once."""
    tree, sets, granted = decision.tree, decision.type_sets, decision.type_ids("view")

    def keys(type_set: int, status: Any) -> tuple[set[int], set[int]]:
        types = sets.get(type_set, frozenset())
        return _with_ancestors(tree, types), _with_ancestors(tree, types & granted)

    return _counted(keys)


def of_statuses(decision: Any) -> dict[int, Headcount]:
    """Status → its counterparties."""
    visible = set(decision.set_ids("view"))

    def keys(type_set: int, status: Any) -> tuple[list[int], list[int]]:
        return [status], [status] if type_set in visible else []

    return _counted(keys)


def _counted(keys: Keys) -> dict[Any, Headcount]:
    seen: dict[bool, Counter] = defaultdict(Counter)
    everybody: Counter = Counter()
    for (type_set, status, is_archived), number in counting.of_everybody().items():
        all_keys, visible_keys = keys(type_set, status)
        for key in all_keys:
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
