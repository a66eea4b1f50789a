"""Paging that costs the same on the first page and deep in the list: from one row to the next, never by counting rows.

A list in its order is a row of *runs*, each of which an index gives ready sorted: those that have the value by the
value, then those without it by name. A place in the list is the run, its part and the keys of one row.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import F, QuerySet, Value

from desk.databases import (
    After,
    Before,
    WalkedBackFrom,
    WalkedFrom,
    beside_what_tells,
    decided,
    firsts,
    left_open,
    met_soon,
)
from desk.databases.from_each import can_answer, from_each, how_many_lists
from desk.databases.plainly import asked_plainly
from desk.pages.beside import beside_records, beside_records_plainly
from desk.pages.runs import Place, Run

#: So many parts are asked for at first, and so many with each statement after it.
AT_ONCE, MOST_AT_ONCE = 12, 100
#: It stands after every letter, and both databases compare keys byte by byte.
AFTER_ALL = "\U0010ffff"


def places(
    records: QuerySet,
    runs: Sequence[Run],
    many: int,
    start: Place | None = None,
    backwards: bool = False,
    fields: Iterable[str] = (),
) -> list[tuple[Place, Any]]:
    """The next ``many`` places behind ``start`` (or before it, the nearest first): one statement for each run touched.

    Where the record itself comes along at no cost it stands beside its place, with these ``fields``; else None.
    """
    found: list[tuple[Place, Any]] = []
    numbers = range(len(runs))
    if start:
        numbers = range(start[0] + 1) if backwards else range(start[0], len(runs))
    for number in reversed(numbers) if backwards else numbers:
        here = start if start and start[0] == number else None
        rows = _rows(records, runs[number], many - len(found), here, backwards, fields)
        found += [((number, *keys), record) for keys, record in rows]
        if len(found) >= many:
            break
    return found


def stretches(records: QuerySet, runs: Sequence[Run]) -> Iterator[QuerySet]:
    """The whole list as querysets to be read one after another."""
    for run in runs:
        for part in (run.whole,) if run.whole else run.parts:
            if can_answer(records, part):
                yield _sorted(decided(records.filter(part)), run, False)


def _rows(
    records: QuerySet, run: Run, many: int, here: Place | None, backwards: bool, fields: Iterable[str]
) -> list[tuple[Place, Any]]:
    if run.about is not None:
        records = beside_what_tells(records, run.about)
    numbers = run.behind(here, backwards) if here else range(len(run.parts))
    numbers = [number for number in numbers if can_answer(records, run.parts[number])]
    if backwards:
        numbers.reverse()
    if run.known is not None and (asked := left_open(records)) and asked.has_a_short_list:
        # Of a town so few say it that all of these are asked, whatever comes first in this order.
        decided(records)
    found: list[tuple[Place, Any]] = []
    size, more = (1, AT_ONCE) if run.said else (1 if left_open(records) else AT_ONCE, MOST_AT_ONCE)
    for portion in _portions(numbers, size, more, how_many_lists(records)):
        if run.known is not None and (asked := left_open(records)) and asked.are_named:
            # They are sorted at once; of 171 texts a list of each would be made (SQLite 40 ms, so 2; PostgreSQL 87, 5).
            known = replace(run, parts=(run.known,), said=())
            return _of_parts(decided(records), known, [0], many, here, backwards, fields)
        found += _of_parts(records, run, portion, many - len(found), here, backwards, fields)
        if len(found) >= many:
            break
    return found


def _portions(numbers: list[int], size: int, more: int, lists: int) -> Iterator[list[int]]:
    """The parts that one statement asks for: most pages are full after the first few, and the rest are not many.

    Each part may be made of so many ``lists``. Of texts that very many say, the first one is likely to fill the page.
    Where records are looked into, the first part is asked for alone: a statement would fill a page from each of them
    (a piece of a text, by status: 70 ms for nine, 8 for one).
    """
    start = 0
    while start < len(numbers):
        step = max(size // lists, 1)
        yield numbers[start : start + step]
        start, size = start + step, more


def _of_parts(
    records: QuerySet,
    run: Run,
    numbers: list[int],
    many: int,
    here: Place | None,
    backwards: bool,
    fields: Iterable[str],
) -> list[tuple[Place, Any]]:
    names = [f"key_{number}" for number in range(len(run.keys))]
    descending = run.descending != backwards
    if fields and not here and run.is_plain and (question := asked_plainly(records)):
        plainly = lambda: _sorted(records, run, backwards).annotate(part=Value(0))  # noqa: E731 -- only the first time
        return beside_records_plainly((question, run.keys, descending), plainly, records.model, names, fields, many)
    asked = []
    for number in numbers:
        part = _sorted(records.filter(run.parts[number]), run, backwards)
        start = here[2:] if here and run.begins(number, here) else ()
        if start:
            part = part.filter(_beyond(part, start, descending))
        if run.by_another:
            part = part.filter(_walked(start, descending))
        asked.append(part.annotate(part=Value(run.number_of(number))))
    lists = [from_each(part) for part in asked]
    if len(lists) == 1 and len(lists[0]) == 1:
        rows = met_soon(lists[0][0], many, _steps(run, start, backwards))
        if fields:
            return beside_records(rows, names, fields, many)
        return [(keys, None) for keys in rows.values_list("part", *names)[:many]]
    sliced = [[decided(each).values_list("part", *names)[:many] for each in part] for part in lists]
    return [(keys, None) for keys in firsts(sliced, many, len(names), descending)]


def _sorted(records: QuerySet, run: Run, backwards: bool) -> QuerySet:
    named = {f"key_{number}": F(key) if isinstance(key, str) else key for number, key in enumerate(run.keys)}
    sign = "-" if run.descending != backwards else ""
    return records.annotate(**named).order_by(*[f"{sign}{name}" for name in named])


def _steps(run: Run, start: Sequence[Any], backwards: bool) -> QuerySet | None:
    """The ids of the records to which the way leads, from a place on."""
    if run.steps is None:
        return None
    rows, keys = run.steps
    steps = _sorted(rows, replace(run, keys=keys), backwards)
    if start:
        steps = steps.filter(_beyond(steps, start, run.descending != backwards))
    return steps.values_list(f"key_{len(keys) - 1}")


def _beyond(part: QuerySet, keys: Sequence[Any], descending: bool) -> Any:
    fields = [part.query.annotations[f"key_{number}"].output_field for number in range(len(keys))]
    given = [Value(field.to_python(key), output_field=field) for field, key in zip(fields, keys, strict=True)]
    return (Before if descending else After)(*[F(f"key_{number}") for number in range(len(keys))], *given)


def _walked(start: Sequence[Any], descending: bool) -> Any:
    text = start[0] if start else AFTER_ALL if descending else ""
    return (WalkedBackFrom if descending else WalkedFrom)(F("key_0"), Value(text))


def written(place: Place, order: str) -> str:
    """A place as an address carries it: opaque, and valid for this order only."""
    return Signer(salt=f"place:{order}").sign_object([_told(each) for each in place], compress=True)


def read(word: str, order: str, runs: Sequence[Run]) -> Place | None:
    """The place that an address names; None when it was tampered with or belongs to another order."""
    try:
        place = tuple(Signer(salt=f"place:{order}").unsign_object(word))
        run = runs[place[0]]
        return place if place[1] < len(run.parts) and len(place) == 2 + len(run.keys) else None
    except (BadSignature, ValidationError, ValueError, TypeError, LookupError):
        return None


def _told(value: Any) -> Any:
    """Days, moments and exact numbers as text; their fields read them back."""
    if value is None or isinstance(value, str | int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
