"""How history speaks of what was erased."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy, ngettext_lazy

from counterparties.domain import known_rows
from counterparties.models import Counterparty, Erasure
from trail.domain.changes import Change, Part
from trail.pages.words import Names, Story, Topic, Words, words


@words.register
class Erasures(Words):
    """That it happened, for whoever may view the counterparty; what it was nobody knows any more."""

    code, position, model = "counterparties.Erasure", 35, Erasure
    thing, owner = Counterparty, F("counterparty_id")
    counted = ngettext_lazy("%(number)s erasure", "%(number)s erasures", "count")
    left_out = ("counterparty", "user", "by")

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(counterparty=thing.pk))

    def rows(self, decision: Any) -> Q | None:
        seen = known_rows.of_seen(decision, "counterparty_id")
        return None if seen is None else seen & Q(counterparty__isnull=False)

    def topics(self, decision: Any, thing: Any = None) -> list[Topic]:
        return []

    def story(self, change: Change, names: Names) -> Story | None:
        return Story(str(gettext_lazy("Personal data erased")))
