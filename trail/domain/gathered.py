"""What operations touched, for a reader who sees few records: all rows of theirs are gathered at once.

The answers of ``touched``, found from the other side. Asked of each of fifty imports which of its two thousand rows
are those of five hundred counterparties, a database takes 17 ms a question; read from the five hundred, 4.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, Q, QuerySet, Value

from desk.databases.among import Among, LookedAt
from trail.domain.touched import Held, one_or_two

#: Of so many operations SQLite looks for each row by operation and owner (1 ms for ten and five hundred); of more,
#: rows are read by their owners (sixty: 4 ms instead of 10).
LOOKED_UP = 25


@dataclass(frozen=True)
class Rows:
    """What an operation wrote of one model."""

    records: int
    additions: int
    lowest_owner: int
    highest_owner: int


class Gathered:
    """For one reader: an operation is asked about once, whatever is to be known of it."""

    def __init__(self) -> None:
        #: By operations and models; nothing of models that an operation did not touch.
        self._found: dict[int, dict[Any, Rows]] = {}

    def touching(self, held: Iterable[Held], operations: Collection[int]) -> set[int]:
        """Of these operations, those that wrote a row that tells something for sure. One query."""
        asked = list(held)
        self._gather(asked, operations)
        return {pk for pk in operations if any(self._is_telling(each, self._found[pk]) for each in asked)}

    @staticmethod
    def _is_telling(each: Held, found: dict[Any, Rows]) -> bool:
        rows = found.get(each.part.model)
        return rows is not None and bool(each.is_exact or rows.additions)

    def counted(self, held: Sequence[Held], operations: Collection[int], *, most: int) -> dict[int, dict[Any, int]]:
        """How many records of each model these operations touched; they are few, whatever is ``most``.

        One query, none where it was asked before which of them touched anything.
        """
        self._gather(held, operations)
        models = [each.part.model for each in held]
        return {
            pk: {model: rows.records for model in models if (rows := self._found[pk].get(model))} for pk in operations
        }

    def first_owners(self, held: Sequence[Held], operations: Collection[int]) -> dict[int, list[int]]:
        """Of each operation that was counted, one or two of those whose records it touched, by their ids."""
        models = [each.part.model for each in held]
        return one_or_two(
            (pk, [owner for model in models if (rows := self._found[pk].get(model)) for owner in _owners(rows)])
            for pk in operations
        )

    def _gather(self, held: Sequence[Held], operations: Collection[int]) -> None:
        """``held``: all that these operations touched and the reader may see."""
        new = [pk for pk in operations if pk not in self._found]
        self._found |= {pk: {} for pk in new}
        if not held or not new:
            return
        looks = [_grouped(each, new, number) for number, each in enumerate(held)]
        for pk, number, *rows in looks[0].union(*looks[1:], all=True) if len(looks) > 1 else looks[0]:
            self._found[pk][held[number].part.model] = Rows(*rows)


def _grouped(each: Held, operations: Collection[int], number: int) -> QuerySet:
    is_read = len(operations) > LOOKED_UP and each.is_by_owners
    operation = LookedAt(F("operation_id")) if is_read else F("operation_id")
    return (
        each.rows.filter(Among(operation, operations))
        .annotate(whose=each.owner)
        .values("operation")
        .annotate(
            number=Value(number),
            records=Count("id", distinct=True),
            additions=Count("history_id", filter=Q(history_type="+")),
            lowest=Min("whose"),
            highest=Max("whose"),
        )
        .values_list("operation", "number", "records", "additions", "lowest", "highest")
    )


def _owners(rows: Rows) -> tuple[int, int]:
    return rows.lowest_owner, rows.highest_owner
