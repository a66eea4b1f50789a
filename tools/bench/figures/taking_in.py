"""Sheets coming in: reading, judging, writing."""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
from django.db import transaction
from simple_history.utils import bulk_create_with_history

from characteristics.models import Characteristic
from counterparties.domain import importing
from counterparties.domain.in_bulk import writing
from counterparties.domain.in_bulk.answers import answer_of
from counterparties.models import Counterparty, Value
from counterparties.pages.sheet import Sheet
from desk.intake import open_sheet
from desk.sheets import Tab, xlsx
from rights.domain import policy
from staff.models import User
from tools.bench.asking import Person
from tools.bench.figures.sheets import WIDE
from tools.bench.shaping import CHARACTERISTICS
from tools.bench.turns import FEWEST, by_the_other, timed
from tools.bench.watch import Watch
from trail.domain.operations import operation

TAKEN_IN = 5_000


def measure(watch: Watch, size: int, database: str) -> None:
    """A sheet is as long in a small office as in a large one; the smallest makes the shortest."""
    if size <= 10_000:
        taken_in(watch, Person("reader"))
        new_ones(watch)
        written(watch)


def taken_in(watch: Watch, reader: Person) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        with path.open("wb") as file:
            for part in Sheet(reader.question(WIDE), reader.user).written("xlsx")[0]:
                file.write(part)
        ours, library = read_in_turn(path)
        watch.note("import, reading", ours, library, against="openpyxl read-only", target="T16", at_most=0.1)
        watch_import(watch, "import of the sheet again, nothing differs", path, "update")


def read_in_turn(path: Path) -> tuple[float, float]:
    """Our milliseconds and the library's.

    Neither asks the database. Read three times by the one and then by the other, our share was 0.08 beside SQLite and
    0.11 beside a PostgreSQL that tidied up after it was built: we read by two processes at once, the library by one.
    """
    turns = [(timed(lambda: read_by_us(path)), timed(lambda: read_by_library(path))) for _turn in range(FEWEST)]
    ours, library = zip(*turns, strict=True)
    middle = median(library)
    return middle * by_the_other(ours, library), middle


def new_ones(watch: Watch) -> None:
    """Counterparties whom nobody knows yet, with an answer to each of the twelve characteristics."""
    header = ["name", "types", *(f"c-{code}" for code, _type in CHARACTERISTICS)]
    random, begun = Random(1), date(2000, 1, 1)
    rows = [
        (
            f"Нова фирма {number} ЕООД",
            "client",
            *(f"Казано {number // every}" for every in (100, 1, 1, 50)),
            *(random.randrange(most) for most in (500, 1_000_000, 10)),
            *(begun + timedelta(random.randrange(9_000)) for _each in range(2)),
            random.choice(["yes", "no"]),
            *(f"e{random.randint(1, most)}" for most in (8, 200)),
        )
        for number in range(TAKEN_IN)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.xlsx"
        path.write_bytes(b"".join(xlsx([Tab("Rows", header, rows)])))
        watch_import(watch, f"import of {TAKEN_IN:,} new ones with twelve answers each", path, "create")


def watch_import(watch: Watch, name: str, path: Path, mode: str) -> None:
    seconds = timed(lambda: import_of(path, mode)) / 1000
    watch.note(name, seconds * 1000, note=pace(path, seconds))


def pace(path: Path, seconds: float) -> str:
    rows = read_by_us(path)
    return f"{rows / seconds:,.0f} rows/s"


def read_by_us(path: Path) -> int:
    with path.open("rb") as source, open_sheet(source, path.name, None) as table:
        return sum(1 for _row in table.rows)


def read_by_library(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))


def import_of(path: Path, mode: str) -> None:
    admin = User.objects.get(username="admin")
    decide: Callable[[], Any] = lambda: policy.for_user(admin)  # noqa: E731
    with path.open("rb") as source, open_sheet(source, path.name, None) as table:
        fields = importing.Fields(decide(), {})
        headers = importing.columns_of(table.header, fields, [], [], [])
        plan = importing.plan_of(headers, [], "code", mode, empty_clears=False)
        outcome = importing.run(table, plan, decide, by=admin, is_dry=True)
    if outcome.refused:
        raise AssertionError(f"{len(outcome.refused)} rows are refused: {outcome.refused[0].reasons}")


def written(watch: Watch) -> None:
    """Python's own time for so many new counterparties with twelve values each, taken back afterwards."""

    type_set = Counterparty.objects.values_list("type_set", flat=True).first()
    asked = list(Characteristic.objects.filter(type_code="text"))

    def ours() -> None:
        made = new(type_set)
        with operation("import", by=None):
            writing.add(made)
            said = [answer_of(each, one, place, words) for each in made for one, place, words in sayings(each, asked)]
            writing.answer(said, [], [])
            transaction.set_rollback(True)

    def by_the_library() -> None:
        made = new(type_set)
        with operation("import", by=None):
            for each in made:
                each.derive()
            bulk_create_with_history(made, Counterparty, batch_size=500)
            said = [
                Value(counterparty=each, characteristic=one, place=place, text=words)
                for each in made
                for one, place, words in sayings(each, asked)
            ]
            for each in said:
                each.derive()
            bulk_create_with_history(said, Value, batch_size=500)
            transaction.set_rollback(True)

    mine, theirs = busy(ours), busy(by_the_library)
    watch.note(
        f"import, Python's time to write {TAKEN_IN:,} with values and history",
        mine,
        theirs,
        against="bulk_create_with_history",
        target="T17",
        at_most=0.15,
    )


def new(type_set: int | None) -> list[Counterparty]:
    return [
        Counterparty(code=f"N{number}", name=f"Нова фирма {number}", type_set_id=type_set) for number in range(TAKEN_IN)
    ]


def sayings(owner: Counterparty, asked: list[Characteristic]) -> Iterator[tuple[Characteristic, int, str]]:
    """Three texts for each characteristic: the first is the owner's own, the others are said by all."""
    for one in asked:
        yield one, 0, f"Казано от {owner.name}"
        yield one, 1, "Казано от всички"
        yield one, 2, "Казано още веднъж"


def busy(act: Callable[[], None]) -> float:
    """Milliseconds of processor time."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000
