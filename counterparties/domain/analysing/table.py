"""The table of an analysis: parts in rows and columns, what stands in each, and the totals."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cuts import HIDDEN, NOT_ASKED, NOTHING, Cut, Part
from .grouping import Group
from .measures import Measure, Sums

#: So many rows and columns are shown by themselves; the rest is put together.
MOST_ROWS, MOST_COLUMNS = 50, 12
#: Keys of the total, and of what was put together.
ALL, OTHERS = "all", "others"
#: They stand behind the parts, in this order.
BEHIND = (OTHERS, HIDDEN, NOTHING, NOT_ASKED)


@dataclass
class Table:
    """``cells``: (key of a row, key of a column) → the sums; the totals stand under ALL."""

    rows: list[Part]
    columns: list[Part]
    cells: dict[tuple[Any, Any], Sums]
    measure: Measure
    #: How many rows and columns were put together as others, and whether they are earlier ones.
    rows_together: int = 0
    columns_together: int = 0
    #: Somebody stands in several rows, or columns, side by side; in a row and in the one above it.
    is_in_several: bool = False
    counts_below: bool = False
    names: list[int] = field(default_factory=list)

    def number(self, row: Any, column: Any = ALL) -> Any:
        sums = self.cells.get((row, column))
        if sums is None:
            return None
        return self.measure.total(sums) if column == ALL else self.measure.number(sums)

    def sums(self, row: Any = ALL, column: Any = ALL) -> Sums | None:
        return self.cells.get((row, column))


def table(groups: list[Group], rows: Cut, columns: Cut | None, measure: Measure) -> Table:
    """Each group added to every part it belongs to, and once to the totals."""
    rows_of = cache(rows.parts_of)
    columns_of = cache(columns.parts_of) if columns else _no_columns
    row_keys = _chosen(_by_part(((row, sums) for row, _column, sums in groups), rows_of, measure), rows, MOST_ROWS)
    column_keys = _chosen(
        _by_part(((column, sums) for _row, column, sums in groups), columns_of, measure), columns, MOST_COLUMNS
    )
    shown_rows, shown_columns = _shown(rows_of, row_keys.kept), _shown(columns_of, column_keys.kept)
    cells: dict[tuple[Any, Any], Sums] = {}
    for row, column, sums in groups:
        for row_key in shown_rows(row):
            for column_key in shown_columns(column):
                place = row_key, column_key
                cells[place] = measure.merged(cells[place], sums) if place in cells else sums
    made = Table([], [], cells, measure, row_keys.together, column_keys.together)
    made.rows = _in_order(
        rows, {row: sums for (row, column), sums in cells.items() if column == ALL}, row_keys.together, measure.total
    )
    if columns:
        found = {column: sums for (row, column), sums in cells.items() if row == ALL}
        parts = _in_order(columns, found, column_keys.together, _how_many)
        # There is no room for columns where nobody stands.
        made.columns = [each for each in parts if each.key in found]
    _tell_overlaps(made, groups, rows, rows_of, 0)
    if columns:
        _tell_overlaps(made, groups, columns, columns_of, 1)
    made.names = [each.names for each in (*made.rows, *made.columns) if each.names is not None]
    return made


def _no_columns(_answer: Any) -> Collection[Any]:
    return ()


@dataclass
class _Keys:
    """Which parts are shown by themselves, and how many others there are."""

    kept: frozenset[Any]
    together: int


def _by_part(answers: Iterable[tuple[Any, Sums]], parts_of: Callable, measure: Measure) -> dict[Any, int]:
    """How many there are in each part."""
    found: dict[Any, int] = {}
    for answer, sums in answers:
        for key in parts_of(answer):
            found[key] = found.get(key, 0) + sums[0]
    return found


def _chosen(numbers: dict[Any, int], cut: Cut | None, most: int) -> _Keys:
    """The largest ones, parents before their children; of time the latest."""
    own = [key for key in numbers if key not in BEHIND]
    if cut is not None and len(own) > most:
        depths = {each.key: each.depth for each in cut.parts(own)} if cut.is_tree else {}
        if cut.is_time:
            own.sort(reverse=True)
        else:
            own.sort(key=lambda key: (-numbers[key], depths.get(key, 0), str(key)))
    return _Keys(frozenset(own[:most]) | (numbers.keys() & set(BEHIND)), max(len(own) - most, 0))


def _shown(parts_of: Callable, kept: frozenset[Any]) -> Callable[[Any], Collection[Any]]:
    """Where a group is added up: its parts as far as they are shown, the others once, and the total."""

    @cache
    def keys(answer: Any) -> Collection[Any]:
        own = set(parts_of(answer))
        shown = own & kept
        return shown | ({OTHERS} if own - kept else set()) | {ALL}

    return keys


def _in_order(cut: Cut, sums: dict[Any, Sums], together: int, size: Callable[[Sums], Any]) -> list[Part]:
    """The parts in the order in which they are read, the common ones behind them."""
    found = cut.parts([key for key in sums if key not in (ALL, *BEHIND)])
    if cut.is_by_size:
        found.sort(key=lambda part: -(size(sums[part.key]) or 0))
    words = {
        HIDDEN: _("Counterparties you may not view"),
        NOTHING: cut.nothing_words() or _("Nothing said"),
        NOT_ASKED: _("Not asked of their types"),
        OTHERS: _earlier(together) if cut.is_time else _others(together),
    }
    common = [Part(key, str(words[key])) for key in BEHIND if key in sums]
    if cut.is_time and common and common[0].key == OTHERS:
        # What is earlier stands before the periods.
        return [common[0], *found, *common[1:]]
    return [*found, *common]


def _how_many(sums: Sums) -> int:
    return int(sums[0])


def _others(number: int) -> str:
    return ngettext("%(number)d other", "%(number)d others", number) % {"number": number}


def _earlier(number: int) -> str:
    return ngettext("%(number)d period before", "%(number)d periods before", number) % {"number": number}


def _tell_overlaps(made: Table, groups: list[Group], cut: Cut, parts_of: Callable, place: int) -> None:
    """Somebody stands in several parts: because he says several things, or because one is above the other."""
    if not (cut.is_multiple or cut.is_tree):
        return
    several = [keys for group in groups if len(keys := parts_of(group[place])) > 1]
    if not cut.is_tree:
        made.is_in_several |= bool(several)
        return
    made.counts_below |= bool(several)
    depths = {each.key: each.depth for each in cut.parts({key for keys in several for key in keys})}
    # Two at one depth do not stand one above the other.
    made.is_in_several |= any(len({depths.get(key) for key in keys}) < len(keys) for keys in several)
