"""How history speaks of characteristics, nomenclatures and elements."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from characteristics.models import Characteristic, Element, Nomenclature
from trail.domain.changes import Change, Part
from trail.pages.settings_words import OfSettings
from trail.pages.words import Names, Story, words

#: So many elements of one operation are named in the history of their nomenclature.
NAMED = 10


@words.register
class Characteristics(OfSettings):
    code, position, model = "characteristics.Characteristic", 210, Characteristic
    counted = ngettext_lazy("%(number)s characteristic", "%(number)s characteristics", "count")

    def url(self, record: Any, decision: Any) -> str:
        return f"/settings/characteristics/{record.code}/edit/" if decision.may_manage_settings else ""


@words.register
class Nomenclatures(OfSettings):
    code, position, model = "characteristics.Nomenclature", 220, Nomenclature
    counted = ngettext_lazy("%(number)s nomenclature", "%(number)s nomenclatures", "count")

    def url(self, record: Any, decision: Any) -> str:
        return f"/settings/nomenclatures/{record.code}/" if decision.may_manage_settings else ""


@words.register
class Elements(OfSettings):
    """On its own page an element tells all; on that of its nomenclature, who came, changed and went."""

    code, position, model = "characteristics.Element", 230, Element
    counted = ngettext_lazy("%(number)s element", "%(number)s elements", "count")
    left_out = ("stopped_at", "nomenclature")

    def part(self, thing: Any, decision: Any) -> Part | None:
        if isinstance(thing, Nomenclature):
            return Part(self.model, Q(nomenclature=thing.pk))
        return super().part(thing, decision)

    def stories(self, changes: list[Change], names: Names) -> list[Story]:
        """A thousand pasted elements are one sentence."""
        if len(changes) == 1:
            return [self._named(changes[0], story) for story in super().stories(changes, names)]
        sorts = (
            (_("Elements added: %(names)s"), [each for each in changes if each.was is None]),
            (_("Elements changed: %(names)s"), [each for each in changes if each.was and each.became]),
            (_("Elements deleted: %(names)s"), [each for each in changes if each.became is None]),
        )
        return [Story(sentence % {"names": _listed(those)}) for sentence, those in sorts if those]

    def _named(self, change: Change, story: Story) -> Story:
        title = f"{change.record.label}: {story.title}" if story.title else change.record.label
        return Story(title, story.lines, story.is_new, story.is_birth)


def _listed(changes: list[Change]) -> str:
    """The first of them by name, the rest by number."""
    named = ", ".join(each.record.label for each in changes[:NAMED])
    more = len(changes) - NAMED
    if more <= 0:
        return named
    sentence = ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", more)
    return sentence % {"names": named, "count": more}
