"""What operations touched, for a reader who sees few records: all rows of theirs are gathered at once.

The answers of ``touched``, found from the other side. Asked of each of fifty imports which of its two thousand rows
are those of five hundred counterparties, a database takes 17 ms a question; read from the five hundred, 4.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Count, Max, Min, QuerySet, Value

from trail.domain.changes import Part
from trail.domain.touched import Held, one_or_two, rows_of


class Gathered:
    """For one reader and one page: what was gathered to count it tells whose it is, too."""

    def __init__(self) -> None:
        #: Of each operation and model the lowest and the highest owner.
        self._owners: dict[int, dict[Any, tuple[int, int]]] = {}

    def touching(self, parts: Iterable[Part], operations: Collection[int]) -> set[int]:
        """Of these operations, those that touched one of the parts. One query."""
        looks = [_of(part, operations).values_list("operation").distinct() for part in parts]
        return {pk for (pk,) in _together(looks)}

    def counted(self, held: Sequence[Held], operations: Collection[int], *, most: int) -> dict[int, dict[Any, int]]:
        """How many records of each model these operations touched; they are few, whatever is ``most``. One query."""
        looks = [
            _of(each.part, operations)
            .annotate(whose=each.owner)
            .values("operation")
            .annotate(many=Count("id", distinct=True), lowest=Min("whose"), highest=Max("whose"), number=Value(number))
            .values_list("operation", "many", "lowest", "highest", "number")
            for number, each in enumerate(held)
        ]
        found: dict[int, dict[Any, int]] = {pk: {} for pk in operations}
        owners: dict[int, dict[Any, tuple[int, int]]] = defaultdict(dict)
        for pk, many, lowest, highest, number in _together(looks):
            model = held[number].part.model
            found[pk][model], owners[pk][model] = many, (lowest, highest)
        self._owners |= {pk: owners[pk] for pk in operations}
        return found

    def first_owners(self, held: Sequence[Held], operations: Collection[int]) -> dict[int, list[int]]:
        """Of each operation that was counted, one or two of those whose records it touched, by their ids."""
        models = [each.part.model for each in held]
        return one_or_two(
            (pk, [each for model in models for each in self._owners[pk].get(model, ())]) for pk in operations
        )


def _of(part: Part, operations: Collection[int]) -> QuerySet:
    return rows_of(part).filter(operation__in=list(operations))


def _together(looks: list[QuerySet]) -> Iterable[Any]:
    if not looks:
        return []
    return looks[0].union(*looks[1:], all=True) if len(looks) > 1 else looks[0]
