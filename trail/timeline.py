"""How history speaks of the rules about reasons."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy, ngettext_lazy

from trail.domain.changes import Part
from trail.models import ReasonRule
from trail.pages.settings_words import OfSettings
from trail.pages.words import words


@words.register
class OfReasonRule(OfSettings):
    code, position, model = "trail.ReasonRule", 260, ReasonRule
    counted = ngettext_lazy("%(number)s rule about reasons", "%(number)s rules about reasons", "count")
    added = gettext_lazy("Rule about reasons: %(name)s")
    changed = gettext_lazy("Rule about reasons: %(name)s")
    left_out: tuple[str, ...] = ("kind",)

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(id=thing.pk)) if isinstance(thing, ReasonRule) else None

    def url(self, record: Any, decision: Any) -> str:
        return "/settings/reasons/" if decision.may_manage_settings else ""
