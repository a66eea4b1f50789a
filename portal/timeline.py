"""How history speaks of the log-ins of clients."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from counterparties.domain import known_rows
from counterparties.models import Counterparty
from portal.models import Access
from portal.pages import proposal_words
from trail.domain.changes import Change, Part
from trail.pages.words import Names, Story, Words, words

__all__ = ["OfAccess", "proposal_words"]


@words.register
class OfAccess(Words):
    """Of the log-in of a client each act is a sentence; for those who may view it as a client."""

    code, position, model = "portal.Access", 140, Access
    thing, owner = Counterparty, F("counterparty_id")
    counted = ngettext_lazy("%(number)s log-in of a client", "%(number)s log-ins of clients", "count")
    left_out = ("counterparty", "user")

    def part(self, thing: Any, decision: Any) -> Part | None:
        as_client = any(each.kind.is_client for each in decision.visible_types(thing))
        return Part(self.model, Q(counterparty=thing.pk)) if as_client else None

    def rows(self, decision: Any) -> Q | None:
        return known_rows.of_clients(decision, "counterparty_id")

    def story(self, change: Change, names: Names) -> Story | None:
        sentence = self._act(change)
        return Story(str(sentence)) if sentence else None

    def _act(self, change: Change) -> Any:
        was, became = change.was, change.became
        if became is None:
            return gettext_lazy("Log-in of the client taken away")
        if became.withdrawn_at and not (was and was.withdrawn_at):
            return gettext_lazy("Log-in of the client withdrawn")
        if became.accepted_at and not (was and was.accepted_at):
            return gettext_lazy("The client chose a password and logged in")
        if became.invited_at and (was is None or became.invited_at != was.invited_at):
            return _("The client is invited to log in") if was is None else _("The client is invited to log in again")
        if was and was.withdrawn_at and not became.withdrawn_at:
            return gettext_lazy("Log-in of the client opened again")
        return ""
