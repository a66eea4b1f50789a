"""The shelves on which the names of an office stand in their order: PostgreSQL's index of free search knows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models

#: All names stand on so many shelves, about as many on each: a power of two.
SHELVES = 512
#: Numbers of the keys that lead to them: 1 to all, 2 and 3 to the halves, … and from ``SHELVES`` on to single shelves.
NUMBERS = 2 * SHELVES
#: Lower numbers are of sixteen shelves and more.
WIDE = SHELVES // 8
#: So many sorts of records have such numbers each: who says anything in other letters than Latin ones is of the second.
LETTERS = 2
#: So many pieces of words that very many say have a key of each shelf.
MOST_PIECES = 64


@dataclass(frozen=True)
class Shelves:
    """Where in the order of names a record stands, kept in an index beside the words by which it is searched.

    Of each record the index has the key of its shelf, of the two among which that is, of the four, … and of all. So any
    stretch of the list has a dozen keys at the most, and hits that stand there are found without reading the others.
    (The first seventy of 14,300 hits of a million stand behind 370,000 names: 2.5 ms; all hits take 16. Asked shelf by
    shelf it would be 30.)

    Names in Latin letters stand before those in Cyrillic ones, and who is called so seldom says anything in these. So
    the keys of wide stretches are others for whoever says something in other letters, and a word in them is looked for
    among those alone: that nobody before them says it need not be proved name by name (the same hits: 6 ms, so 3). Of
    narrow stretches all have the same keys, or a word in Latin letters would be asked by twice as many.
    """

    model: type[models.Model]
    by: str
    column: str = "search"

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def function(self) -> str:
        """It tells the key of the shelf of a name, among those who are written in Latin letters alone."""
        return f"{self.table}_{self.by}_shelves"

    @property
    def keys(self) -> str:
        """The function that tells all keys of a record."""
        return f"{self.table}_{self.column}_keys"

    @property
    def often(self) -> str:
        """The function that tells which pieces a record has of those that very many say, each with its shelf."""
        return f"{self.table}_{self.column}_often"

    @property
    def said_often(self) -> str:
        """The function that tells all these pieces, in the order of their numbers."""
        return f"{self.table}_{self.column}_said_often"

    @property
    def functions(self) -> tuple[str, ...]:
        return self.function, self.keys, self.often, self.said_often

    @property
    def index(self) -> str:
        return f"{self.table}_{self.column}_trgm"

    @property
    def index_of_often(self) -> str:
        return f"{self.table}_{self.column}_often"

    def shelf(self, name: str) -> str:
        """The key of the shelf of a name that a statement looks at."""
        return f"{self.function}({name})"

    def standing(self, keys: Sequence[int], readings: Sequence[str]) -> str:
        """That a record which is looked into has one of these keys, as far as it can say one of these ``readings``."""
        wide = [key for key in keys if key % NUMBERS < WIDE]
        others = [key + NUMBERS for key in wide]
        is_of_others = readings and not any(map(str.isascii, readings))
        asked = [*(key for key in keys if not (is_of_others and key in wide)), *others]
        return f"{self.indexed} && '{{{','.join(map(str, asked))}}}'"

    @property
    def indexed(self) -> str:
        """What the index holds beside the words."""
        return f"{self.keys}({self.by}, {self.column})"

    def saying(self, shelf: str, pieces: Sequence[int]) -> str:
        """That a record has one of these pieces and stands on the shelf that a statement has come to."""
        keys = ", ".join(f"{shelf} * {MOST_PIECES} + {piece}" for piece in pieces)
        return f"{self.often}({self.by}, {self.column}) && ARRAY[{keys}]"


def stretch(one: int, other: int) -> list[int]:
    """The keys of all shelves from the one with this key to another's: the fewest that lead to these and no more.

    Keys of shelves that were made anew have other beginnings; what is asked by older ones leads to nobody.
    """
    beginning = one // NUMBERS * NUMBERS
    first, behind = min(one, other) % NUMBERS, max(one, other) % NUMBERS + 1
    numbers = []
    while first < behind:
        if first % 2:
            numbers.append(first)
            first += 1
        if behind % 2:
            behind -= 1
            numbers.append(behind)
        first, behind = first // 2, behind // 2
    return [beginning + number for number in sorted(numbers)]
