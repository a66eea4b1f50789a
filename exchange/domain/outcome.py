"""What comes of a bulk edit: how many counterparties share each fate, and the first of them by name."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from characteristics.models import Characteristic
from counterparties.models import Counterparty

#: So many of each fate are named; the others are counted.
NAMED = 5


@dataclass
class Pile:
    """Counterparties that share a fate."""

    count: int = 0
    first: list[Counterparty] = field(default_factory=list)

    def add(self, one: Counterparty) -> None:
        self.count += 1
        if len(self.first) < NAMED:
            self.first.append(one)


def _piles() -> dict[str, Pile]:
    return defaultdict(Pile)


@dataclass
class Outcome:
    """Every chosen counterparty is counted once; those left out and refused under the sentence that says why."""

    changed: Pile = field(default_factory=Pile)
    same: Pile = field(default_factory=Pile)
    left_out: dict[str, Pile] = field(default_factory=_piles)
    refused: dict[str, Pile] = field(default_factory=_piles)
    #: Chosen, but not there (any more) for this user.
    unknown: int = 0
    #: Characteristics that hide with a type that is removed, and how many counterparties have said something.
    hidden: Counter[Characteristic] = field(default_factory=Counter)
    operation: int | None = None

    @property
    def left_out_count(self) -> int:
        return sum(pile.count for pile in self.left_out.values())

    @property
    def refused_count(self) -> int:
        return sum(pile.count for pile in self.refused.values())
