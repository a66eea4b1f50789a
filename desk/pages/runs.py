"""What a list in its order is made of, and what a place in it says."""

import operator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

#: (number of the run, number of its part, key, …, id of the record)
Place = tuple[Any, ...]


@dataclass(frozen=True)
class Run:
    """Rows in the order of ``keys``, of which the last is the record's id.

    With several ``parts``, all rows of the first part come before all of the second; the order inside a part stays.
    ``by_another``: the first key is a text of another table, through which the way leads in that order.
    ``steps``: rows of another table in which the way leads to all these, and the same keys as they say them.
    ``said``: the first key, which is the same in all rows of a part; a place then needs no number of its part, for
    there may be others by the time that the next page is asked for. ``whole``: all of these parts. ``known``: the
    same where whoever answers is known by his id, and what is said need not be asked again.
    ``about``: whoever stands here answers what is asked about it.
    """

    keys: tuple[Any, ...]
    parts: tuple[Q, ...] = (Q(),)
    descending: bool = False
    by_another: bool = False
    steps: tuple[QuerySet, tuple[Any, ...]] | None = None
    said: tuple[Any, ...] = ()
    whole: Q | None = None
    known: Q | None = None
    about: Any = None

    def number_of(self, part: int) -> int:
        """The part as places name it."""
        return 0 if self.said else part

    def behind(self, here: Place, backwards: bool) -> list[int]:
        """The parts that may have something behind a place, that in which it stands among them."""
        numbers = range(len(self.parts))
        if self.said:
            is_behind = operator.ge if self.descending == backwards else operator.le
            return [each for each in numbers if is_behind(self.said[each], here[2])]
        return list(numbers[: here[1] + 1] if backwards else numbers[here[1] :])

    def begins(self, part: int, here: Place) -> bool:
        """Whether a place stands in this part."""
        return self.said[part] == here[2] if self.said else part == here[1]

    @property
    def is_plain(self) -> bool:
        """All rows there are, by columns of theirs."""
        return self.parts == (Q(),) and not self.by_another and all(isinstance(key, str) for key in self.keys)
