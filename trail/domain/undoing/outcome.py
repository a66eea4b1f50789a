"""What comes of taking an operation back: how much, what was changed since, and what stays as it is and why."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from .pieces import CANNOT, READY, SAME, SINCE, Piece
from .stretch import Stretch

#: So many pieces that were changed since are offered one by one, and so many for each reason are named.
OFFERED, NAMED = 200, 5


@dataclass
class Outcome:
    """Every piece is counted once; those to be decided are kept."""

    #: Subjects of the operation, and those of them that were looked at.
    total: int = 0
    looked_at: int = 0
    chosen: int = 0
    #: Counterparties, and records of the office, of which something is taken back.
    owners: int = 0
    records: set[Any] = field(default_factory=set)
    standings: Counter[str] = field(default_factory=Counter)
    since: list[Piece] = field(default_factory=list)
    whys: dict[str, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    why_counts: Counter[str] = field(default_factory=Counter)
    #: A piece that is refused for a missing right alone.
    lacking: Piece | None = None
    lacking_thing: Any = None
    #: The subjects of those that are kept here.
    things: dict[int, Any] = field(default_factory=dict)
    operation: int | None = None

    def __post_init__(self) -> None:
        self._digest = blake2b(digest_size=16)

    def add(self, stretch: Stretch) -> None:
        self.looked_at += len(stretch.subjects)
        for mark in stretch.marks:
            self._digest.update(repr(mark).encode())
        owners = set()
        for piece in stretch.pieces:
            self.standings[piece.standing] += 1
            if stretch.is_chosen(piece):
                self.chosen += 1
                if piece.subject:
                    owners.add(piece.subject)
                else:
                    self.records.add((piece.step.change.model, piece.record.pk))
            if piece.standing == SINCE and len(self.since) < OFFERED:
                self.since.append(piece)
                self._remember(piece, stretch)
            if piece.standing == CANNOT:
                self._add_why(piece, stretch)
        self.owners += len(owners)

    def _add_why(self, piece: Piece, stretch: Stretch) -> None:
        self.why_counts[piece.why] += 1
        if len(self.whys[piece.why]) < NAMED:
            self.whys[piece.why].append(piece)
            self._remember(piece, stretch)
        if piece.lacks and self.lacking is None:
            self.lacking, self.lacking_thing = piece, stretch.ground.things(stretch).get(piece.subject)

    def _remember(self, piece: Piece, stretch: Stretch) -> None:
        if piece.subject:
            self.things[piece.subject] = stretch.ground.things(stretch)[piece.subject]

    @property
    def is_partial(self) -> bool:
        """Was it too much to be looked at before it is done?"""
        return self.looked_at < self.total

    @property
    def digest(self) -> str:
        """Says of two looks whether they saw the same; empty where not all was looked at."""
        return "" if self.is_partial else self._digest.hexdigest()

    @property
    def count(self) -> int:
        """Everything the reader may know of."""
        return sum(self.standings.values())

    @property
    def is_open(self) -> bool:
        """Is there anything that could be taken back?"""
        return bool(self.standings[READY] or self.standings[SINCE] or self.is_partial)

    @property
    def left(self) -> int:
        """Changed since, and left as it is."""
        return self.standings[READY] + self.standings[SINCE] - self.chosen

    @property
    def same(self) -> int:
        return self.standings[SAME]

    @property
    def cannot(self) -> int:
        return self.standings[CANNOT]
