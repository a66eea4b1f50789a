"""The settings of the office: taken back by whoever manages them."""

from collections.abc import Sequence

from trail.domain.changes import Change

from .pieces import Piece
from .registry import Ground, Undoing, grounds
from .stretch import Stretch

CODE = "office"


@grounds.register
class Office(Ground):
    """One subject, with everything that an operation changed in the settings."""

    code, position = CODE, 20


class OfOffice(Undoing):
    """An object of the settings, or what belongs to one."""

    ground = CODE
    is_guarded = True
    unique: tuple[tuple[str, ...], ...] = (("code",),)

    def is_seen(self, change: Change, stretch: Stretch) -> bool:
        return bool(stretch.decision.may_manage_settings)

    def settle(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        if any(piece.is_removal or piece.is_return or "position" in piece.names for piece in pieces):
            self.renumber(pieces, stretch)

    def renumber(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        """Number the list in which they have their place without gaps, where there is one."""
