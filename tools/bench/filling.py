"""Filling an office: the rows that `save()` would leave, made without its weight.

One builder of rows for both databases; `tests/test_bench.py` compares what it writes with what `save()` writes. The
history of these rows is written by the database, out of what stands there (`loading`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
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

#: So many counterparties came with the last import, and with none of the others more.
PORTION = 2_000
#: Of the others there are at least so many, and so many bear the rarest type: a page is full in an office of any size.
IMPORTS, FEWEST = 64, 80
PLACES = 10**6  # parts of a number that is kept exactly


def imports(how_many: int) -> tuple[int, int]:
    """(How many counterparties each import brought, how many imports there were); the last one brought the rest."""
    if how_many <= PORTION:
        return PORTION, 1
    each = max(1, min(PORTION, (how_many - PORTION) // IMPORTS))
    return each, (how_many - PORTION) // each + 1


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
        # The rarest type stands last.
        shares = [*shape.shares[:-1], max(shape.shares[-1], min(0.01, FEWEST / how_many))]
        self._shares, self._status_shares = (list(accumulate(each)) for each in (shares, shape.status_shares))
        self._pool, self._value_pk, self._days = Pool(), 0, {}
        own = ("id", "code", "code_key", "name", "name_key", "alias", "type_set_id", "status_id", "is_person")
        own += ("is_foreign", "country", "registration_number", "registration_key", "is_vat_registered", "vat_number")
        own += ("email", "phone", "mobile", "website", "comment", "search", "created_at", "archived_at")
        said = ("counterparty_id", "characteristic_id", "text", "number", "day", "flag", "element_id")
        self.operations = Table(Operation, ("id", "kind", "user_id", "at"))
        self.counterparties = Table(Counterparty, (*own, "version"))
        self.values = Table(Value, ("id", *said, "text_key", "text_sort", "place"))

    @property
    def tables(self) -> list[Table]:
        return [self.operations, self.counterparties, self.values]

    def portions(self) -> Iterator[int]:
        """After each step every table holds the rows of one more import; whoever writes them empties the tables."""
        each, how_many = imports(self.how_many)
        for place in range(how_many):
            last = self.how_many if place == how_many - 1 else (place + 1) * each
            for number in range(place * each + 1, last + 1):
                at = self._counterparty(number)
            self.operations.add(self.shape.last_operation + 1 + place, "import", self.shape.people[-1], at)
            yield last

    def _moment(self, moment: datetime | None) -> Any:
        return moment and connection.ops.adapt_datetimefield_value(moment)

    def _counterparty(self, number: int) -> Any:
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
            random.choices(shape.type_sets, cum_weights=self._shares)[0],
            random.choices(shape.statuses, cum_weights=self._status_shares)[0],
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
        if self.has_values:
            self._values(number)
        return at

    def _values(self, number: int) -> None:
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
            self.values.add(pk, number, characteristic, said, number_, day, flag, element, key, sort, 0)

    def _day(self, day: Any) -> Any:
        if day not in self._days:
            self._days[day] = connection.ops.adapt_datefield_value(day)
        return self._days[day]
