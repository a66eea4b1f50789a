"""What is read of the settings once for a process, and anew as soon as anything of them has changed."""

from collections.abc import Callable
from typing import Generic, TypeVar

from desk.databases import stamp_of
from trail.models import Stamp

T = TypeVar("T")


class Kept(Generic[T]):
    """One reading of the settings, good as long as they carry the stamp they had when it began.

    What is read must stand in tables that are stamped, must be read at once and not bit by bit, and whoever gets it
    changes nothing of it: other requests get the same.
    """

    def __init__(self, read: Callable[[], T]) -> None:
        self._read = read
        self._known: tuple[int, T] | None = None

    def now(self) -> T:
        """The settings as they stand now for whoever asks, their own changes of this moment included."""
        stamp, known = stamp_of(Stamp), self._known
        if known is not None and known[0] == stamp:
            return known[1]
        found = self._read()
        # Somebody may have been at work between the two: what was read then is good for now, but not to be kept.
        if stamp is not None and stamp_of(Stamp) == stamp:
            self._known = (stamp, found)
        return found
