"""Whose data is erased, and what was found of it so far."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .phrases import Phrases


@dataclass
class Subject:
    """One person or organisation: a counterparty with its log-in, or a user."""

    #: What stands in the place of a name from now on.
    called: str
    at: datetime
    by: Any = None
    counterparty: int | None = None
    users: set[int] = field(default_factory=set)
    phrases: Phrases = field(default_factory=Phrases)
    #: Numbers of rows of a model that one app found out to hold it, for the app that keeps them.
    held: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    #: Operations that touched it, before this one.
    operations: set[int] = field(default_factory=set)
    #: Names in the store of files that go once everything is written.
    shelves: set[str] = field(default_factory=set)
    #: In which table how many rows were blanked.
    counts: Counter = field(default_factory=Counter)
