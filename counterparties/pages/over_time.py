"""The contracts of a dossier along the days: what overlaps, what is left uncovered, and where today stands."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from counterparties.pages.standing import COLORS, State

#: One alone is read sooner than looked at; of more than these the list itself is longer than the picture is clear.
FEWEST, MOST = 2, 20
WHOLE = 100.0


def along_the_days(contracts: Sequence[tuple[Any, State]], today: date) -> dict[str, Any] | None:
    """A bar for each contract that begins or ends; one without an end reaches to the edge. None where it says nothing.

    Everything is measured in hundredths of the span from the first day to the last, today among them.
    """
    dated = [(each, state) for each, state in contracts if each.starts_on or each.ends_on]
    if not FEWEST <= len(dated) <= MOST:
        return None
    days = [day for each, _state in dated for day in (each.starts_on, each.ends_on) if day]
    first, last = min(*days, today), max(*days, today)
    span = max((last - first).days, 1)

    def at(day: date) -> float:
        return round((day - first).days * WHOLE / span, 2)

    bars = []
    for each, state in sorted(dated, key=lambda one: (one[0].starts_on or first, one[0].pk)):
        begins, ends = at(each.starts_on or first), at(each.ends_on or last)
        bars.append(
            {
                "label": each.number,
                "at": begins,
                "width": max(round(ends - begins, 2), 0.5),
                "color": COLORS.get(state.code, "slate"),
                "state": state.label,
            }
        )
    return {"bars": bars, "today": at(today), "first": first, "last": last}
