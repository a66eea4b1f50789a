"""What is built first: two steps at once, the one that most rows wait for before the others, nothing made up twice."""

from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

from tools.bench.offices import Office

#: A processor each: one works on SQLite while the other works on PostgreSQL.
HANDS = 2

Plan = dict["Step", set["Step"]]


@dataclass(frozen=True)
class Step:
    """One thing to be done for an office: ``lay_tables``, ``begin`` its first day, ``invent`` rows, ``make`` it."""

    act: str
    office: Office

    def __str__(self) -> str:
        return f"{self.act.replace('_', ' ')}, {self.office}"


def plan(offices: Iterable[Office]) -> Plan:
    """Every step that these offices need, each with those that come before it."""
    steps: Plan = {}
    for office in offices:
        # Rows are made up in sight of the settings that SQLite keeps; those of PostgreSQL are the same.
        drafted = replace(office, database="sqlite")
        first, its_first = (Step("begin", replace(each, size=0)) for each in (drafted, office))
        draft = Step("invent", drafted)
        for begun in (first, its_first):
            # Migrating an empty database takes longest of a first day, and leaves the same tables in each.
            laid = Step("lay_tables", Office(begun.office.database, 0))
            steps |= {laid: set(), begun: {laid}}
        steps |= {draft: {first}, Step("make", office): {draft, its_first}}
    return steps


def waiting_for(steps: Plan) -> dict[Step, int]:
    """How many rows wait for each step to be done, its own among them."""
    behind = {each: each.office.rows for each in steps}
    for step in reversed(list(TopologicalSorter(steps).static_order())):
        for before in steps[step]:
            behind[before] += behind[step]
    return behind


def carry_out(steps: Plan, perform: Callable[[Step], None]) -> None:
    """Every step, after those it needs."""
    sorter, weight = TopologicalSorter(steps), waiting_for(steps)
    sorter.prepare()
    ready: list[Step] = []
    at_work: dict[Future[None], Step] = {}
    with ThreadPoolExecutor(HANDS) as hands:
        while sorter.is_active():
            ready = sorted([*ready, *sorter.get_ready()], key=weight.__getitem__)
            while ready and len(at_work) < HANDS:
                step = ready.pop()
                at_work[hands.submit(perform, step)] = step
            for done in wait(at_work, return_when=FIRST_COMPLETED).done:
                done.result()
                sorter.done(at_work.pop(done))
