"""How history speaks of the objects of the settings: their own pages alone, never the dossier."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trail.domain.changes import Change, Part
from trail.pages.words import Names, Story, Words, words


class OfSettings(Words):
    """An object of the settings itself. Stopping and starting are sentences, not dates.

    What belongs to it (the characteristics of a type) is an heir too, with its own ``part``.
    """

    added = gettext_lazy("Added")
    removed = gettext_lazy("Deleted")
    left_out: tuple[str, ...] = ("stopped_at",)

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(id=thing.pk)) if type(thing) is self.model else None

    def rows(self, decision: Any) -> Q | None:
        return Q() if decision.may_manage_settings else None

    def story(self, change: Change, names: Names) -> Story | None:
        told = super().story(change, names)
        was, became = (bool(getattr(each, "stopped_at", None)) for each in (change.was, change.became))
        if change.was is None or change.became is None or was == became:
            return told
        title = _("Stopped") if became else _("Started again")
        return Story(title, told.lines if told else [])


def parts_of_settings(thing: Any, decision: Any) -> list[Part]:
    """Everything recorded about an object of the settings."""
    return [part for each in words if isinstance(each, OfSettings) and (part := each.part(thing, decision))]
