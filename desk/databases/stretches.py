"""The stretch of a list by name in which the first of many hits stand, as far as a sample tells."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from dataclasses import dataclass, replace
from typing import Optional

from django.db import connection, models

from .hits import Hits
from .orders import is_backwards, is_by, start_of
from .shelves import NUMBERS, SHELVES, Shelves, stretch

#: Up to so many hits are soon read wherever they stand.
SOON_READ = 4_000
#: So many records tell where the first hits stand.
ASKED = 2_000


@dataclass(frozen=True)
class Stretch:
    """The hits that stand on the shelves from one to another; ``last`` is the one with which the list ends.

    However well the sample told, what fills a page here is the page: nothing before it was left out.
    """

    hits: Hits
    shelves: Shelves
    first: int
    until: int
    last: int
    #: On which shelves the sample met hits, those that come first before the others.
    met: tuple[int, ...]

    @property
    def is_to_the_end(self) -> bool:
        return self.until == self.last

    def standing(self) -> tuple[str, list[str]]:
        """That a record which is looked into is one of them."""
        said, words = self.hits.standing()
        return f"({said} AND {self.shelves.standing(stretch(self.first, self.until))})", words

    def wider(self, found: int, many: int, most: int | None) -> Optional["Stretch"]:
        """The one in which so many should be found, after so few were; None where it takes more than half of all.

        ``most``: None as well where it takes more than so many that the sample met.
        """
        place = max(self.met.count(self.until), 1) * 3 * many // (2 * max(found, 1))
        is_far = place > len(self.met) // 2 or (most is not None and place > most)
        return None if is_far else replace(self, until=self.met[place], met=())


def first_stretch(rows: models.QuerySet, hits: Hits) -> Stretch | None:
    """The shelves from where these rows begin to the first one on which the sample met a hit.

    None where all hits are read as soon, as where one shelf serves for all, or the rows stand in another order.
    """
    shelves = hits.shelves
    if connection.vendor == "sqlite" or not shelves or not is_by(rows.query, shelves.by) or hits.at_most(SOON_READ):
        return None
    start, is_back = start_of(rows), is_backwards(rows)
    shelf, met = _asked(hits, shelves, start[0] if start else "")
    if shelf < NUMBERS:
        return None
    low = shelf // NUMBERS * NUMBERS + SHELVES
    high = low + SHELVES - 1
    if is_back:
        first, last = shelf if start else high, low
        met = sorted((each for each in met if each <= first), reverse=True)
    else:
        first, last = shelf, high
        met = sorted(each for each in met if each >= first)
    return Stretch(hits, shelves, first, met[0] if met else last, last, tuple(met))


def _asked(hits: Hits, shelves: Shelves, start: str) -> tuple[int, list[int]]:
    """The shelf of a name, and those on which a sample of all records met hits; in one statement, of the same shelves.

    (Two thousand of a million records: 0.9 ms. Up to the first hit that they met stand some five hundred.)
    """
    said, words = hits.standing()
    shelf = shelves.shelf("%s")
    met = f"SELECT {shelves.shelf(shelves.by)} FROM {hits.some(ASKED)} WHERE {shelf} >= {NUMBERS} AND {said}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {shelf}, ARRAY({met})", [start, start, *words])
        return cursor.fetchone()
