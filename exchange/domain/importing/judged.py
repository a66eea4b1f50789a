"""Portions of a sheet that were judged, on their way to being written."""

import pickle
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import Any, Self

from counterparties.domain.importing.judging import Judge, Verdict
from counterparties.domain.importing.ready import Ready, made_ready
from desk.intake import Row
from trail.domain.undisturbed import undisturbed


@dataclass
class Judged:
    """One portion, what was decided of it, and what is told of that."""

    rows: list[Row]
    decided: Verdict | Ready
    counts: Counter[str]
    refused: list[Any]
    #: Codes of those that are changed although they are archived.
    archived: list[str]
    #: How many of those that are changed somebody changed after the preview.
    meanwhile: int

    @property
    def numbers(self) -> range:
        return range(self.rows[0].number, self.rows[-1].number + 1)

    @undisturbed()
    def made_ready(self, judge: Judge) -> Self:
        """As far as it can be before it is written."""
        if isinstance(self.decided, Verdict) and not judge.plan.missing:
            self.decided = made_ready(self.decided, judge)
        return self


def is_among(numbers: range, rows: Collection[int] | None) -> bool:
    """Does a portion hold any of these rows? None are all there are."""
    return rows is None or any(each in numbers for each in rows)


class Spool:
    """Judged portions put aside in a file, so that a long sheet takes no more memory than a short one."""

    def __init__(self) -> None:
        self.numbers: list[range] = []

    def __enter__(self) -> Self:
        self._file = TemporaryFile()
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def put(self, judged: Judged) -> None:
        pickle.dump(judged, self._file, pickle.HIGHEST_PROTOCOL)
        self.numbers.append(judged.numbers)

    def __iter__(self) -> Iterator[Judged]:
        self._file.seek(0)
        for _portion in self.numbers:
            yield self._next()

    @undisturbed()
    def _next(self) -> Judged:
        judged: Judged = pickle.load(self._file)  # noqa: S301 -- nobody else can write into a file without a name
        return judged
