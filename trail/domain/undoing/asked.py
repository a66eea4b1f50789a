"""What of an operation is to be taken back, as an address and a form say it."""

from collections.abc import Iterable
from dataclasses import dataclass

from desk import text

from .pieces import SINCE, Piece

#: Said instead of single pieces: all that was changed since.
EVERYTHING = "all"


@dataclass(frozen=True)
class Asked:
    """The whole operation, one record with what hangs on it, or one fact; and what goes although changed since."""

    record: str = ""
    fact: str = ""
    also: frozenset[str] = frozenset()

    def wants(self, piece: Piece) -> bool:
        """Is this piece asked about at all? (Of which counterparties, the ground has decided.)"""
        if self.fact:
            return piece.key == self.fact
        return not self.record or self.subject is not None or self.names(piece)

    def names(self, piece: Piece) -> bool:
        """Is the record asked for the one this piece is of?"""
        return piece.key == self.record or piece.key.startswith(f"{self.record}-")

    @property
    def subject(self) -> int | None:
        """The counterparty, if one is asked for with everything that hangs on it."""
        model, _dash, pk = self.record.partition("-")
        return text.number(pk) if model == "counterparty" else None

    def chooses(self, piece: Piece) -> bool:
        """Is it taken back although it was changed since?"""
        return piece.standing == SINCE and (EVERYTHING in self.also or piece.key in self.also)

    @property
    def is_whole(self) -> bool:
        return not (self.record or self.fact)


def said(asked: Asked) -> dict[str, object]:
    """As a job keeps it until it is its turn."""
    return {"record": asked.record, "fact": asked.fact, "also": sorted(asked.also)}


def asked(record: str, fact: str, also: Iterable[str] = ()) -> Asked:
    return Asked(record, fact, frozenset(also))
