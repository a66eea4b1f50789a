"""How history speaks of two counterparties that were joined."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy, ngettext_lazy

from counterparties.domain import known_rows
from counterparties.models import Counterparty, Joining
from trail.domain.changes import Part
from trail.pages.words import Names, Topic, Words, words


@words.register
class Joinings(Words):
    """Told at both, to whoever may view the other one too."""

    code, position, model = "counterparties.Joining", 105, Joining
    counted = ngettext_lazy("%(number)s joining", "%(number)s joinings", "count")
    added = gettext_lazy("Joined: %(name)s")
    changed = gettext_lazy("Joined: %(name)s")
    removed = gettext_lazy("Two again: %(name)s")
    thing, owner = Counterparty, F("counterparty_id")
    in_name = ("counterparty", "into")

    def part(self, thing: Any, decision: Any) -> Part | None:
        rows = Q(counterparty=thing.pk) | Q(into=thing.pk)
        if not decision.has_everything("view"):
            seen = decision.counterparties("view").values("pk")
            rows = Q(counterparty=thing.pk, into__in=seen) | Q(into=thing.pk, counterparty__in=seen)
        return Part(self.model, rows)

    def rows(self, decision: Any) -> Q | None:
        one, other = (known_rows.of_seen(decision, name) for name in ("counterparty_id", "into_id"))
        return one & other

    def topics(self, decision: Any, thing: Any = None) -> list[Topic]:
        return []

    def name(self, record: Any, names: Names) -> str:
        return f"{names.of(Counterparty, record.counterparty_id)} → {names.of(Counterparty, record.into_id)}"
