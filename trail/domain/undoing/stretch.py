"""A part of an operation that is looked at, and taken back, in one go: some counterparties, or the whole office."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from trail.models import Operation

from . import hindrances
from .asked import Asked
from .pieces import READY, Piece
from .registry import Ground, Undoing, touched_on


class Stretch:
    """The pieces of some subjects of one ground, each with how it stands."""

    def __init__(
        self, ground: Ground, subjects: Sequence[int], operation: Operation, decision: Any, asked: Asked, is_held: bool
    ) -> None:
        self.ground, self.subjects, self.operation = ground, subjects, operation
        self.decision, self.asked, self.is_held = decision, asked, is_held
        #: What the ground found out about its subjects, for the models that stand on it.
        self.known: dict[str, Any] = {}
        #: Subjects that the operation itself brought: what came with them stays with them.
        self.born: set[int] = set()
        #: Records that somebody points at would go; those that come back may be pointed at.
        self.going: dict[Any, set[int]] = defaultdict(set)
        self.coming: dict[Any, set[int]] = defaultdict(set)
        #: Records that were changed and of which nothing is recorded from before.
        self.unknown: set[tuple[Any, int]] = set()
        self.pieces: list[Piece] = []
        self.of: dict[Undoing, list[Piece]] = {}

    def look(self) -> "Stretch":
        """Read everything and judge it: a constant number of queries, however many subjects there are."""
        self.ground.enter(self)
        for undoing in touched_on(self.ground.code, self.operation.pk):
            self.of[undoing] = [piece for piece in undoing.pieces(self) if self.asked.wants(piece)]
            self.pieces += self.of[undoing]
        self.marks = [(piece.key, piece.standing, piece.seen) for piece in self.pieces]
        hindrances.judge(self)
        return self

    def is_chosen(self, piece: Piece) -> bool:
        return piece.standing == READY or self.asked.chooses(piece)

    @property
    def chosen(self) -> list[Piece]:
        return [piece for piece in self.pieces if self.is_chosen(piece)]

    def standing(self, *standings: str) -> list[Piece]:
        return [piece for piece in self.pieces if piece.standing in standings]

    def ready(self) -> list[Piece]:
        """Those that are as the operation left them."""
        return self.standing(READY)

    def open(self) -> list[Piece]:
        """Those about which something can still be decided."""
        return [piece for piece in self.pieces if piece.is_open]

    def write(self) -> None:
        """Take back what is chosen. Within the operation, and held."""
        chosen = {undoing: [each for each in pieces if self.is_chosen(each)] for undoing, pieces in self.of.items()}
        # Everything that goes, goes before anything comes; what points at something goes before it.
        for undoing in reversed(chosen):
            undoing.write([each for each in chosen[undoing] if each.is_removal], self)
        for undoing, pieces in chosen.items():
            undoing.write([each for each in pieces if not each.is_removal], self)
        for undoing, pieces in chosen.items():
            if pieces:
                undoing.settle(pieces, self)
        self.ground.leave(self)


def portions(subjects: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(subjects), size):
        yield subjects[start : start + size]
