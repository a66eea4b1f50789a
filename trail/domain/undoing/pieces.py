"""What can be taken back on its own: one fact of one record, or a record that came or went."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from trail.domain.changes import Change

#: It is as the operation left it · it was changed since · it is as it was before already · something stands in the way.
READY, SINCE, SAME, CANNOT = "ready", "since", "same", "cannot"


class Hindered(Exception):
    """What stands in the way was found only in the act: nothing of it is done. Says why, where it knows."""


@dataclass(frozen=True)
class Step:
    """One record of a piece: what the operation did, what is there now and what would be (None: nothing)."""

    change: Any  # None where the operation left a record of the piece alone
    now: Any
    after: Any


@dataclass(eq=False)
class Piece:
    """Something of an operation that is taken back whole or not at all.

    ``names`` are the columns of one record; without any, a record came or went, or several records say one thing.
    """

    undoing: Any
    key: str  # *counterparty-12-name*, *contact-7*, *value-12-3*: its name in forms and addresses
    subject: int  # the counterparty it belongs to; 0 where it belongs to the office
    steps: Sequence[Step]
    standing: str
    names: tuple[str, ...] = ()
    why: str = ""
    #: In what it would come back otherwise than it was, in words.
    told: str = ""
    #: The right that is missing, where nothing else is.
    lacks: str = ""
    #: What was there when it was looked at, for a digest.
    seen: str = ""

    @property
    def is_open(self) -> bool:
        """Can anything still be decided about it?"""
        return self.standing in (READY, SINCE)

    @property
    def step(self) -> Step:
        return self.steps[0]

    @property
    def record(self) -> Any:
        """The record as last known."""
        step = self.step
        return step.now or step.after or step.change.record

    @property
    def is_removal(self) -> bool:
        """Would the record go?"""
        return not self.names and self.step.now is not None and self.step.after is None

    @property
    def is_return(self) -> bool:
        """Would a record come back that is gone?"""
        return not self.names and self.step.now is None and self.step.after is not None

    def then(self) -> list[Change]:
        """What the operation did to this piece alone."""
        if not self.names:
            return [step.change for step in self.steps if step.change]
        change = self.step.change
        return [replace(change, was=copied(change.became, change.was, self.names))]

    def effect(self) -> list[Change]:
        """What taking it back would do now."""
        first = self.step.change
        return [Change(first.operation, first.model, step.now, step.after) for step in self.steps]

    def refuse(self, why: str, lacks: str = "") -> None:
        self.standing, self.why, self.lacks = CANNOT, why, lacks


def copied(record: Any, source: Any, names: Sequence[str]) -> Any:
    """The record with these columns taken from another one; not to be saved."""
    # Its columns alone: the copy that Django makes of a record takes ten times as long.
    made = record.__class__.__new__(record.__class__)
    made.__dict__.update(record.__dict__)
    made._state = copy(record._state)
    # What a changed column points at is read anew.
    made._state.fields_cache = {}
    for name in names:
        setattr(made, name, getattr(source, name))
    return made
