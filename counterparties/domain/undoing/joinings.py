"""Two that were joined are two again: what hung on the one that went goes back to it."""

from typing import Any

from counterparties.models import Joining
from trail.domain.changes import Change
from trail.domain.undoing.registry import undoings
from trail.domain.undoing.stretch import Stretch

from .ground import OfCounterparty, held


@undoings.register
class Joinings(OfCounterparty):
    """That it was joined, and with whom; to whoever may view both."""

    code, position, model = "counterparties.Joining", 110, Joining
    unique = (("counterparty_id",),)

    def is_seen(self, change: Change, stretch: Stretch) -> bool:
        return super().is_seen(change, stretch) and self._knows(change.record, stretch)

    def _knows(self, joining: Any, stretch: Stretch) -> bool:
        into = held(stretch).by_id.get(joining.into_id)
        return stretch.decision.has_everything("view") or (into is not None and held(stretch).is_seen(into.pk))
