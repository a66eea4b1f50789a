"""The stop-watch: medians of runs that take turns with what they are compared with, and what each cost the database."""

import sys
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tools.bench.asking import Person
from tools.bench.table import PAGE, STEADY_GROUP
from tools.bench.turns import Act, by_the_other, in_turn

#: (at most so many turns, until so many milliseconds are seen); pages are compared between offices, so they take more.
TURNS, TURNS_OF_PAGES = (15, 300.0), (20, 600.0)
#: The same where nothing is compared or judged: between the smallest office and the largest.
FEWER, FEWER_OF_PAGES = (8, 150.0), (10, 300.0)
#: The page that cannot grow: nomenclatures, and how many elements and characteristics each has. It reads nothing of
#: counterparties, and is made as a list is: statements that wait for the database, a template, rows.
STEADY = "/settings/nomenclatures/"


@dataclass
class Figure:
    """One measured thing: its time, the floor's in the same run, and what is wished for."""

    group: str
    name: str
    ms: float | None = None
    floor_ms: float | None = None
    against: str = ""
    target: str = ""  # T1 …
    at_most: float | None = None  # the wished for ratio to the floor; for T13 and T16 it is turned round
    statements: int | None = None
    note: str = ""
    answer: str = ""  # what must be the same on both databases
    rows: int | None = None  # how many a page shows: a filter that few answer fills none in a small office
    by_steady: float | None = None  # times the steady page's own time, told turn by turn

    @property
    def ratio(self) -> float | None:
        return self.ms / self.floor_ms if self.ms is not None and self.floor_ms else None


class Watch:
    """Measures, tells at once, and keeps the figures."""

    def __init__(self, keeper: Person, *, is_brief: bool = False) -> None:
        self._turns, self._turns_of_pages = (FEWER, FEWER_OF_PAGES) if is_brief else (TURNS, TURNS_OF_PAGES)
        self.figures: list[Figure] = []
        self.group = ""
        self._keeper = keeper  # of the settings, where the steady page stands
        self._steady_facts = {"rows": keeper.rows(STEADY), "statements": statements(self._steady)}
        self._steady_times: list[float] = []

    def take(self, name: str, act: Act, floor: Act | None = None, **facts: Any) -> Figure:
        """Measure an act, and its floor in turn with it: whatever else the machine does, it does to both."""
        asked = statements(act)
        own, *floors = in_turn([act, floor] if floor else [act], *self._turns)
        return self.note(name, median(own), *map(median, floors), statements=asked, **facts)

    def response(self, name: str, act: Act, floor: Act | None = None, **facts: Any) -> Figure:
        """The same of a whole response, which takes turns with the steady page too: its growth is told by that."""
        asked = statements(act)
        # The steady page runs twice and the second run counts: what a page of a million leaves in the processor's cache
        # makes the run after it slower by 4 to 10 %, which would hide as much of that page's growth.
        acts = [act, self._steady, self._steady, *([floor] if floor else [])]
        own, _after_it, steady, *floors = in_turn(acts, *self._turns_of_pages)
        self._steady_times += steady
        facts |= {"statements": asked, "by_steady": by_the_other(own, steady)}
        return self.note(name, median(own), *map(median, floors), **facts)

    def page(self, name: str, person: Person, address: str, floor: Act | None = None, **facts: Any) -> None:
        """Measure a page as this person awaits it."""
        rows = person.rows(address)
        self.response(f"{name}, {PAGE}", lambda: person.page(address), floor, rows=rows, **facts)

    def _steady(self) -> Any:
        return self._keeper.page(STEADY)

    def tell_steady(self) -> None:
        """What the steady page took in all its turns, and what it asked and showed: the same in each office."""
        if self._steady_times:
            self.group = STEADY_GROUP
            note = f"{len(self._steady_times):,} turns, {self._steady_facts['rows']} rows"
            self.note("settings: nomenclatures", median(self._steady_times), note=note, **self._steady_facts)

    def note(self, name: str, ms: float | None = None, floor_ms: float | None = None, **facts: Any) -> Figure:
        """Keep a figure that was measured in its own way."""
        made = Figure(self.group, name, ms, floor_ms, **facts)
        self.figures.append(made)
        told = "" if ms is None else f"{ms:9.2f} ms"
        told += f"  {made.ratio:6.2f} x {made.against}" if made.ratio else ""
        print(f"    {name:58}{told}  {made.note}", file=sys.stderr, flush=True)
        return made

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(each) | {"ratio": each.ratio} for each in self.figures]


def statements(act: Act) -> int:
    """How many statements an act sends, those of its transaction left out."""
    with CaptureQueriesContext(connection) as sent:
        act()
    begin = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not each["sql"].startswith(begin) for each in sent.captured_queries)
