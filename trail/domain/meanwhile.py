"""What was changed after somebody looked, told by the numbers of operations.

A page that asks before it acts carries the moment it was made at; the act leaves alone what was changed since.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from desk import text
from trail.models import Operation

#: So many of the newest operations are looked through for numbers that are missing.
LOOKED_THROUGH = 2_000


_tellers: list[Callable[[], Iterable[int]]] = []


def goes_on(tell: Callable[[], Iterable[int]]) -> Callable[[], Iterable[int]]:
    """Decorator: an app tells which operations go on in later transactions just now, by their numbers."""
    _tellers.append(tell)
    return tell


def going_on() -> set[int]:
    """Operations of which more is written yet, though they can be seen already."""
    return {number for tell in _tellers for number in tell()}


@dataclass(frozen=True)
class Moment:
    """The newest operation that could be seen, and the numbers before it that could not.

    An operation gets its number when it begins and is seen when it ends: a long import may carry a smaller number than
    a card that was saved while it ran. One that goes on in portions counts as unseen as long as it does.
    """

    newest: int
    unseen: tuple[int, ...] = ()

    def __str__(self) -> str:
        return ".".join(map(str, [self.newest, *self.unseen]))

    @property
    def after(self) -> Q:
        """The rows of history that were written later."""
        return Q(operation__gt=self.newest) | Q(operation__in=self.unseen)


def now() -> Moment:
    seen = list(Operation.objects.order_by("-pk").values_list("pk", flat=True)[:LOOKED_THROUGH])
    if not seen:
        return Moment(0)
    missing = sorted(set(range(seen[-1], seen[0])) - set(seen) | going_on(), reverse=True)
    return Moment(seen[0], tuple(missing[:LOOKED_THROUGH]))


def read(word: str) -> Moment | None:
    """A moment as a form carries it; None when it is none."""
    numbers = [text.number(each) for each in word.split(".", LOOKED_THROUGH)]
    newest, *unseen = [each for each in numbers if each is not None] or [0]
    return None if None in numbers else Moment(newest, tuple(unseen))


def changed_since(moment: Moment, model: Any, owner: str, ids: Collection[int]) -> set[int]:
    """Of these owners, those of which a record of the model was written later. One query."""
    rows = model.history.filter(moment.after, **{f"{owner}__in": list(ids)}).order_by()
    return set(rows.values_list(owner, flat=True).distinct())
