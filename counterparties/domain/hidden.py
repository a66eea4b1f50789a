"""A counterparty that is pointed at and not for its reader: what stands in its place."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy, override

from counterparties.models import Counterparty
from desk import text
from desk.models import LANGUAGES

HIDDEN = gettext_lazy("hidden counterparty")


class Hidden:
    """Known to be there, and nothing else of it. It is the same as the counterparty that it stands for."""

    __slots__ = ("pk", "place")

    def __init__(self, pk: int, place: int = 0) -> None:
        self.pk, self.place = pk, place

    def __eq__(self, other: Any) -> bool:
        return isinstance(other, Hidden | Counterparty) and other.pk == self.pk

    def __hash__(self) -> int:
        return hash(self.pk)

    def __str__(self) -> str:
        return str(HIDDEN)

    def __repr__(self) -> str:
        return "<Hidden>"

    @property
    def word(self) -> str:
        """As a field or a sheet carries it, so that a save that does not touch it keeps it."""
        return f"{HIDDEN} {self.place + 1}" if self.place else str(HIDDEN)


@dataclass(frozen=True)
class Untouched:
    """A sheet says that a hidden one stays in its place."""

    place: int


def place_of(said: str) -> int | None:
    """The place of the hidden one that a word means, in any of the languages; None when it means something else."""
    key = text.key(said)
    for word in _words():
        if key == word:
            return 0
        number = key.removeprefix(f"{word} ")
        if number != key and number.isascii() and number.isdecimal() and len(number) < 4:
            return int(number) - 1
    return None


@cache
def _words() -> list[str]:
    found = []
    for language in LANGUAGES:
        with override(language):
            found.append(text.key(str(HIDDEN)))
    return list(dict.fromkeys(found))
