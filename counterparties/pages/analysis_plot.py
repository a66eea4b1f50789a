"""The plot of an analysis: columns along the time, or bars of several colours, one for each row."""

from dataclasses import dataclass, field
from typing import Any

from counterparties.domain.analysing.table import ALL, BEHIND
from counterparties.pages.analysis_shown import Shown

#: So many colours can be told apart; static/desk/analysis.css has them.
COLOURS = 12
#: The colours of bars; of the common parts there is one for all.
PALETTE = [f"k{number}" for number in range(1, COLOURS + 1)]
COMMON = "k0"
#: A row of columns has so much air between two of them.
AIR = 0.2


@dataclass
class Piece:
    """A stretch of a bar."""

    label: str
    text: str
    css: str
    at: float
    width: float


@dataclass
class Bar:
    """One row of the plot."""

    label: str
    text: str
    depth: int
    pieces: list[Piece] = field(default_factory=list)


def plot(shown: Shown) -> dict[str, Any]:
    """What the page needs to draw it; nothing where the table shows the bars itself, or none can be drawn."""
    if shown.columns is None:
        return _along_time(shown) if shown.rows.is_time and shown.is_drawn else {}
    return _stacked(shown) if shown.is_of_the_list and shown.has_whole else {}


def _along_time(shown: Shown) -> dict[str, Any]:
    """What stands apart from the days has no place among them."""
    lines = [each for each in shown.lines if not each.is_common]
    if len(lines) < 2:
        return {}
    step = 100 / len(lines)
    points = [
        {
            "label": each.label,
            "count": each.total.text,
            "share": each.bar or 0,
            "top": 100 - (each.bar or 0),
            "at": round((place + AIR / 2) * step, 3),
        }
        for place, each in enumerate(lines)
    ]
    return {
        "points": points,
        "width": round(step * (1 - AIR), 3),
        "first_label": lines[0].label,
        "last_label": lines[-1].label,
    }


def _stacked(shown: Shown) -> dict[str, Any]:
    """Of a tree of columns those at the top alone, for they hold the others."""
    table = shown.table
    columns = [each for each in table.columns if not each.depth]
    own = [each for each in columns if each.key not in BEHIND]
    colours = dict(zip([each.key for each in own], _colours(own), strict=True))
    rows = [
        (row, [(column, table.number(row.key, column.key) or 0) for column in columns], table.number(row.key, ALL))
        for row in table.rows
        # Of how many nothing is said would make all others small.
        if row.key not in BEHIND
    ]
    longest = max((sum(number for _column, number in numbers) for _row, numbers, _total in rows), default=0)
    if not longest or len(columns) < 2:
        return {}
    bars = []
    for row, numbers, total in rows:
        bar, at = Bar(row.label, shown.text(total or 0), row.depth), 0.0
        for column, number in numbers:
            width = round(float(number) * 100 / float(longest), 3)
            if number:
                css = colours.get(column.key, COMMON)
                bar.pieces.append(Piece(column.label, shown.text(number), css, round(at, 3), width))
            at += width
        bars.append(bar)
    legend = [(each.label, colours.get(each.key, COMMON)) for each in columns]
    return {"bars": bars, "legend": legend}


def _colours(parts: list[Any]) -> list[str]:
    """Their own ones, where they have them and no two share one."""
    own = [f"b-{each.color}" for each in parts if each.color]
    return own if len(set(own)) == len(parts) else PALETTE[: len(parts)]
