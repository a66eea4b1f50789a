"""The stretches of a list by name in which the first of many hits stand, as far as a sample tells."""

# ruff: noqa: S608, S611 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Optional

from django.db import connection, models
from django.db.models.expressions import RawSQL

from .hits import Hits
from .often import OFTEN, said_in
from .orders import is_backwards, is_by, start_of
from .shelves import NUMBERS, SHELVES, Shelves, stretch

#: Up to so many hits are soon read wherever they stand.
SOON_READ = 4_000
#: So many records tell where the first hits stand.
ASKED = 2_000
#: As far as so many of them stand that are hits, what very many say is read at first where more is asked of each.
AT_FIRST = 8


@dataclass(frozen=True)
class Stretch:
    """The hits that stand on the shelves from one to another; ``last`` is the one with which the list ends.

    However well the sample told, what fills a page from the first stretch on is the page: nothing before it was left
    out.
    """

    hits: Hits
    shelves: Shelves
    first: int
    until: int
    last: int
    #: On which shelves the sample met hits, those that come first before the others.
    met: tuple[int, ...]
    #: Pieces that very many say, one of which each of them has.
    pieces: tuple[int, ...] = ()

    @property
    def is_to_the_end(self) -> bool:
        return self.until == self.last

    @property
    def is_back(self) -> bool:
        return self.last < self.first

    def records(self, table: str) -> tuple[str, list[str]]:
        """The hits; those that have pieces with the shelf of each, one shelf after another.

        So no more shelves are looked at than the page takes. (The words are told by their truth: as a condition they
        would be looked for in the other index, and what both of them say would be proved in each record.)
        """
        said, words = self.hits.standing()
        if not self.pieces:
            keys = self.shelves.standing(stretch(self.first, self.until), self.hits.readings)
            return f"SELECT * FROM {table} WHERE {said} AND {keys} OFFSET 0", words
        low, high, sign = *sorted((self.first, self.until)), " DESC" if self.is_back else ""
        shelves = f"SELECT shelf FROM generate_series({low}::bigint, {high}) AS shelf ORDER BY 1{sign} OFFSET 0"
        saying = f"{self.shelves.saying('step.shelf', self.pieces)} AND ({said}) IS TRUE"
        return (
            f"SELECT step.shelf, hit.* FROM ({shelves}) AS step"
            f" CROSS JOIN LATERAL (SELECT * FROM {table} WHERE {saying} OFFSET 0) AS hit",
            words,
        )

    def in_order(self, rows: models.QuerySet) -> models.QuerySet:
        """These rows of theirs, the first shelf's before the next one is looked at."""
        if not self.pieces:
            return rows
        shelf = RawSQL(f'"{rows.query.get_initial_alias()}".shelf', (), models.BigIntegerField())
        return rows.order_by(shelf.desc() if self.is_back else shelf.asc(), *rows.query.order_by)

    def following(self, found: int, many: int, most: int | None) -> Optional["Stretch"]:
        """The next one, with which so many should be found, after so few were; None where it takes half of all hits.

        ``most``: None as well where it takes more than so many that the sample met.
        """
        passed = sum((each >= self.until) if self.is_back else (each <= self.until) for each in self.met)
        place = passed * 3 * many // (2 * max(found, 1)) if passed else 0
        if place > len(self.met) // 2 or (most is not None and place > most):
            return None
        step = -1 if self.is_back else 1
        return replace(self, first=self.until + step, until=self.met[place])


def first_stretch(rows: models.QuerySet, hits: Hits, most: int | None = None) -> Stretch | None:
    """The shelves from where these rows begin up to the first on which a sample met a hit.

    That one may hold thousands, whose names begin with the word: if it is far, only those before it. What very
    many say is looked for shelf by shelf to the end; where more is asked of each, ``most``, on the first it met.
    None where all hits are read as soon, as where one shelf serves for all, or the rows stand in another order.
    """
    shelves = hits.shelves
    if connection.vendor == "sqlite" or not shelves or not is_by(rows.query, shelves.by) or hits.at_most(SOON_READ):
        return None
    start, is_back = start_of(rows), is_backwards(rows)
    shelf, met, pieces = _known(hits, shelves, start[0] if start else "", is_bounded=most is not None)
    if shelf < NUMBERS:
        return None
    low = shelf // NUMBERS * NUMBERS + SHELVES
    first, last = (low + SHELVES - 1, low) if is_back else (low, low + SHELVES - 1)
    if start:
        first = shelf
    behind = tuple(sorted((each for each in met if (each <= first if is_back else each >= first)), reverse=is_back))
    return Stretch(hits, shelves, first, _until(behind, first, last, bool(pieces)), last, behind, pieces)


def _until(met: Sequence[int], first: int, last: int, is_often: bool) -> int:
    """As far as hits are read at first, after what the sample met."""
    if not met:
        return last
    if is_often:
        return met[min(AT_FIRST, len(met) - 1)]
    # Evenly spread, as many would stand before the first that it met as one of the sample stands for.
    is_far = abs(met[0] - first) * len(met) >= SHELVES
    return met[0] + (1 if last < first else -1) if is_far else met[0]


def _known(hits: Hits, shelves: Shelves, start: str, is_bounded: bool) -> tuple[int, list[int], tuple[int, ...]]:
    """The shelf of a name, those on which a sample met hits, and the numbers of pieces one of which each hit has.

    Where there are such pieces it is asked of no sample how far to go, unless that is ``is_bounded``.
    """
    is_often = hits.share >= OFTEN
    if is_often and not is_bounded:
        shelf, _met, said = _asked(hits, shelves, start, is_sampled=False)
        if pieces := said_in(hits.readings, said):
            return shelf, [], pieces
    shelf, met, said = _asked(hits, shelves, start)
    return shelf, met, said_in(hits.readings, said) if is_often else ()


def _asked(hits: Hits, shelves: Shelves, start: str, *, is_sampled: bool = True) -> tuple[int, list[int], list[str]]:
    """The shelf of a name, those on which a sample of all records met hits, and the pieces that very many say.

    In one statement, of the same shelves. (Two thousand of a million records: 0.9 ms. Up to the first hit that they
    met stand some five hundred.)
    """
    said, words = hits.standing() if is_sampled else ("FALSE", [])
    shelf = shelves.shelf("%s")
    met = f"SELECT {shelves.shelf(shelves.by)} FROM {hits.some(ASKED)} WHERE {shelf} >= {NUMBERS} AND {said}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {shelf}, ARRAY({met}), {shelves.said_often}()", [start, start, *words])
        return cursor.fetchone()
