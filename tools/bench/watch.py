"""The stop-watch: medians of runs that take turns with their floor, and what each cost the database."""

import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tools.bench.asking import Person
from tools.bench.table import PAGE

Act = Callable[[], Any]

RUNS, MOST_RUNS = 5, 15
#: Short acts are repeated, in turn with their floor, until so many milliseconds are seen.
SEEN = 300.0
#: What takes longer than so many milliseconds is too slow however often it is measured.
TOO_SLOW = 2_000.0


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

    @property
    def ratio(self) -> float | None:
        return self.ms / self.floor_ms if self.ms is not None and self.floor_ms else None


class Watch:
    """Measures, tells at once, and keeps the figures."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self.group = ""

    def take(self, name: str, act: Act, floor: Act | None = None, **facts: Any) -> Figure:
        """Measure an act, and its floor in turn with it: whatever else the machine does, it does to both."""
        asked = statements(act)
        acts = [act] if floor is None else [act, floor]
        times = [timed(each) for each in acts]
        turn = max(sum(times), 0.01)
        runs = max(RUNS, min(MOST_RUNS, int(SEEN / turn))) if turn < TOO_SLOW else 1
        taken = [[first] for first in times]
        for _run in range(runs - 1):
            for place, each in enumerate(acts):
                taken[place].append(timed(each))
        middles = [median(each) for each in taken]
        return self.note(name, middles[0], middles[1] if floor else None, statements=asked, **facts)

    def page(self, name: str, person: Person, address: str, floor: Act | None = None, **facts: Any) -> None:
        """Measure a page as this person awaits it."""
        rows = person.rows(address)
        self.take(f"{name}, {PAGE}", lambda: person.page(address), floor, rows=rows, **facts)

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


def timed(act: Act) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def typical(act: Act, runs: int = 3) -> float:
    """The median of a few runs of what takes long."""
    return median(timed(act) for _run in range(runs))


def statements(act: Act) -> int:
    """How many statements an act sends, those of its transaction left out."""
    with CaptureQueriesContext(connection) as sent:
        act()
    begin = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not each["sql"].startswith(begin) for each in sent.captured_queries)
