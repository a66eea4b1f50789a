"""Filling an office: the rows that `save()` would leave, history included, made without its weight.

One builder of rows for both databases; `tests/test_bench.py` compares what it writes with what `save()` writes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from django.db import connection

from characteristics.models.value import text_keys
from counterparties.models import Counterparty, Value
from counterparties.models.counterparty import SEARCHED, SORTED_LENGTH, registration_key, search_text
from desk import text
from tools.bench.inventing import Answers, Inventor
from tools.bench.shaping import Shape
from trail.models import Operation

#: So many counterparties came with one import.
PORTION = 2_000
#: Of so many counterparties the history of their values is written too; beyond, it would double days and disks.
WITH_HISTORY_OF_VALUES = 100_000
PLACES = 10**6  # parts of a number that is kept exactly
ABOUT = ("history_date", "history_change_reason", "history_type", "history_user_id", "operation_id")


class Table:
    """Rows of one model: columns by name, and constants for those that nobody names."""

    def __init__(self, model: Any, names: tuple[str, ...]) -> None:
        self.model, self.name = model, model._meta.db_table
        fields = {each.column: each for each in model._meta.concrete_fields}
        others = [each for column, each in fields.items() if column not in names]
        self.columns = [*names, *(each.column for each in others)]
        self._constants = tuple(each.get_db_prep_save(each.get_default(), connection) for each in others)
        self.rows: list[tuple[Any, ...]] = []

    def add(self, *row: Any) -> None:
        self.rows.append((*row, *self._constants))


@dataclass
class Pool:
    """Texts that are said again and again, each with its keys."""

    known: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def keys(self, said: str) -> tuple[str | None, str | None]:
        if said not in self.known and len(self.known) < 100_000:
            self.known[said] = text_keys(said)
        return self.known.get(said) or text_keys(said)


class Filler:
    """Makes portions of rows for the tables of an office of this shape."""

    def __init__(self, shape: Shape, how_many: int, seed: int, has_values: bool = True) -> None:
        self.shape, self.how_many, self.has_values = shape, how_many, has_values
        self.inventor = Inventor(seed, how_many)
        self.answers = Answers(seed, shape.regions, shape.segments)
        self.random = Random(seed + 2)
        self._pool, self._value_pk, self._days = Pool(), 0, {}
        self.first_operation = (Operation.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
        own = ("id", "code", "code_key", "name", "name_key", "alias", "type_set_id", "status_id", "is_person")
        own += ("is_foreign", "country", "registration_number", "registration_key", "is_vat_registered", "vat_number")
        own += ("email", "phone", "mobile", "website", "comment", "search", "created_at", "archived_at")
        kept = tuple(name for name in own if name not in Counterparty.not_recorded)
        said = ("counterparty_id", "characteristic_id", "text", "number", "day", "flag", "element_id")
        history = Counterparty.history.model, Value.history.model
        self.operations = Table(Operation, ("id", "kind", "user_id", "at"))
        self.counterparties = Table(Counterparty, (*own, "version"))
        self.histories = Table(history[0], (*kept, "history_id", *ABOUT))
        self.values = Table(Value, ("id", *said, "text_key", "text_sort", "place"))
        self.value_histories = Table(history[1], ("id", *said, "history_id", "place", *ABOUT))
        self._kept = [place for place, name in enumerate(own) if name in kept]

    @property
    def tables(self) -> list[Table]:
        return [self.operations, self.counterparties, self.histories, self.values, self.value_histories]

    def portions(self) -> Iterator[int]:
        """After each step every table holds the rows of one more import; whoever writes them empties the tables."""
        for start in range(0, self.how_many, PORTION):
            operation = self.first_operation + start // PORTION
            numbers = range(start + 1, min(start + PORTION, self.how_many) + 1)
            for number in numbers:
                at = self._counterparty(number, operation)
            self.operations.add(operation, "import", self.shape.people[-1], at)
            yield numbers[-1]

    def _moment(self, moment: datetime | None) -> Any:
        return moment and connection.ops.adapt_datetimefield_value(moment)

    def _counterparty(self, number: int, operation: int) -> Any:
        facts = self.inventor.facts(number)
        random, shape = self.random, self.shape
        keys = {
            "code_key": text.key(facts["code"]),
            "name_key": text.key(facts["name"])[:SORTED_LENGTH],
            "registration_key": registration_key(facts["registration_number"], facts["country"]) or None,
            "search": search_text(**{fact: facts[fact] for fact in SEARCHED}),
        }
        at = self._moment(facts["created_at"])
        row = (
            number,
            facts["code"],
            keys["code_key"],
            facts["name"],
            keys["name_key"],
            facts["alias"],
            random.choices(shape.type_sets, shape.shares)[0],
            random.choices(shape.statuses, shape.status_shares)[0],
            facts["is_person"],
            facts["is_foreign"],
            facts["country"],
            facts["registration_number"],
            keys["registration_key"],
            facts["is_vat_registered"],
            facts["vat_number"],
            facts["email"],
            facts["phone"],
            facts["mobile"],
            facts["website"],
            facts["comment"],
            keys["search"],
            at,
            self._moment(facts["archived_at"]),
        )
        self.counterparties.add(*row, 1)
        about = (at, None, "+", shape.people[-1], operation)
        self.histories.add(*[row[place] for place in self._kept], number, *about)
        if self.has_values:
            self._values(number, about)
        return at

    def _values(self, number: int, about: tuple[Any, ...]) -> None:
        is_remembered = number <= WITH_HISTORY_OF_VALUES
        for characteristic, (storage, value) in zip(self.shape.characteristics, self.answers.one(number), strict=True):
            if value is None:
                continue
            self._value_pk += 1
            pk, key, sort = self._value_pk, None, None
            said = number_ = day = flag = element = None
            if storage == "text":
                said = value
                key, sort = self._pool.keys(value)
            elif storage == "number":
                number_ = round(value * PLACES)
            elif storage == "day":
                day = self._day(value)
            elif storage == "flag":
                flag = value
            else:
                element = value
            row = (number, characteristic, said, number_, day, flag, element)
            self.values.add(pk, *row, key, sort, 0)
            if is_remembered:
                self.value_histories.add(pk, *row, pk, 0, *about)

    def _day(self, day: Any) -> Any:
        if day not in self._days:
            self._days[day] = connection.ops.adapt_datefield_value(day)
        return self._days[day]
