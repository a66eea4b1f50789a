"""Turns: what is compared is measured one after the other, again and again, so that the clock is the same for both."""

import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

Act = Callable[[], Any]

#: What takes longer than so many milliseconds is too slow however often it is measured.
TOO_SLOW = 2_000.0
FEWEST = 5


def in_turn(acts: Sequence[Act], most: int, seen: float) -> list[list[float]]:
    """Milliseconds of every run of each act; short ones are repeated until so many milliseconds are seen."""
    times = [timed(each) for each in acts]
    turn = max(sum(times), 0.01)
    runs = max(FEWEST, min(most, int(seen / turn))) if turn < TOO_SLOW else 1
    taken = [[first] for first in times]
    for _run in range(runs - 1):
        for place, each in enumerate(acts):
            taken[place].append(timed(each))
    return taken


def by_the_other(own: Sequence[float], others: Sequence[float]) -> float:
    """How many times as long as the other an act takes, told turn by turn.

    Of each turn and then the middle of them: a machine that slows down half way through moves the middle of either by
    itself, and their ratio by 7 % (four runs beside others at work); a turn is too short for that.
    """
    return median(one / other for one, other in zip(own, others, strict=True))


def timed(act: Act) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def typical(act: Act, runs: int = 3) -> float:
    """The median of a few runs of what takes long."""
    return median(timed(act) for _run in range(runs))
