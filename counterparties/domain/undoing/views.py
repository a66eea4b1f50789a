"""Saved views: taken back by whoever keeps them. One that was deleted comes back under its own address, and unshared
where its owner has left the role meanwhile.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from counterparties.domain import views
from counterparties.models import SavedView
from desk.ordering import close_up
from trail.domain.changes import Change
from trail.domain.undoing.pieces import Piece, copied
from trail.domain.undoing.registry import Ground, Undoing, grounds, undoings
from trail.domain.undoing.stretch import Stretch

CODE = "views"


@grounds.register
class Kept(Ground):
    """One subject, with every view that an operation changed."""

    code, position = CODE, 30


@undoings.register
class Views(Undoing):
    code, position, model, ground = "counterparties.SavedView", 900, SavedView, CODE
    unique = (("user_id", "path", "is_default"),)

    def is_seen(self, change: Change, stretch: Stretch) -> bool:
        return stretch.decision.is_superuser or change.record.user_id == stretch.decision.user.pk

    def now(self, changes: Sequence[Change], stretch: Stretch) -> dict[int, Any]:
        if stretch.is_held:
            for user, path in _lists(each.record for each in changes):
                views.places(user, path).hold()
        return super().now(changes, stretch)

    def pieces(self, stretch: Stretch) -> list[Piece]:
        found = super().pieces(stretch)
        for piece in found:
            if piece.is_return and _has_left(stretch.decision.user, piece.step.after.role_id):
                after = copied(piece.step.after, piece.step.after, ())
                after.role_id = None
                piece.steps = [replace(piece.step, after=after)]
                piece.told = _("Not shared: you are not in the role any more that it was shared with.")
        return found

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        """What their form would refuse: another's view, a name they have given again, a role they have left."""
        user, after = stretch.decision.user, piece.step.after
        if piece.record.user_id != user.pk:
            return _("Only its owner changes a view.")
        if after is None:
            return ""
        if (not piece.names or "name" in piece.names) and (other := views.namesake(after)):
            return views.taken_words(other)
        if "role_id" in piece.names and _has_left(user, after.role_id):
            return _("You are not in the role any more that it was shared with.")
        return ""

    def is_alone(self, record: SavedView, columns: tuple[str, ...]) -> bool:
        return record.is_default

    def taken_words(self, record: SavedView, columns: tuple[str, ...], holder: Any, stretch: Stretch) -> str:
        return _("The list opens with “%(name)s” by now.") % {"name": holder}

    def settle(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        for user, path in _lists(piece.record for piece in pieces):
            close_up(views.named(user, path))


def _has_left(user: Any, role: int | None) -> bool:
    """Is the role none that this user may share a view with?"""
    return role is not None and not user.is_superuser and not user.groups.filter(pk=role).exists()


def _lists(records: Any) -> list[tuple[int, str]]:
    """Whose views of which lists they are."""
    return sorted({(each.user_id, each.path) for each in records})
