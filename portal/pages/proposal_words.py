"""How history speaks of what clients propose, and of what the office answers."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from counterparties.domain import known_rows
from counterparties.models import Counterparty
from portal.domain import proposals
from portal.models import Proposal, ProposedChange
from portal.models.proposal import ACCEPTED, REFUSED, WITHDRAWN
from portal.pages.proposed_facts import label
from portal.pages.proposed_facts import words as fact_words
from trail.domain.changes import Change, Part
from trail.pages.words import Line, Names, Story, Topic, Words, words


def _as_client(thing: Any, decision: Any) -> bool:
    return any(each.kind.is_client for each in decision.visible_types(thing))


@words.register
class Proposals(Words):
    """Of a proposal each act is a sentence; for those who may view him as a client."""

    code, position, model = "portal.Proposal", 145, Proposal
    thing, owner = Counterparty, F("counterparty_id")
    counted = ngettext_lazy("%(number)s proposal of a client", "%(number)s proposals of clients", "count")
    left_out = ("counterparty", "by", "at", "state", "answered_by", "answered_at")

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(counterparty=thing.pk)) if _as_client(thing, decision) else None

    def rows(self, decision: Any) -> Q | None:
        return known_rows.of_clients(decision, "counterparty_id")

    def story(self, change: Change, names: Names) -> Story | None:
        return Story(self._act(change), [line for line in self.lines(change, names) if line.new])

    def _act(self, change: Change) -> str:
        was, became = change.was, change.became
        if was is None or became is None:
            return _("The client proposed to change his contact data")
        if was.state == became.state:
            return _("The client changed his proposal")
        said = {
            ACCEPTED: _("What the client proposed is accepted"),
            REFUSED: _("What the client proposed is refused"),
            WITHDRAWN: _("The client withdrew his proposal"),
        }
        return said.get(became.state, "")


@words.register
class ProposedChanges(Words):
    """The facts of a proposal, beside the sentence about it. What was accepted is told by the facts themselves."""

    code, position, model = "portal.ProposedChange", 146, ProposedChange
    thing, owner = Counterparty, proposals.owner_of_change()
    counted = ngettext_lazy("%(number)s proposed change", "%(number)s proposed changes", "count")
    left_out = ("proposal",)

    def part(self, thing: Any, decision: Any) -> Part | None:
        its = Proposal.objects.filter(counterparty=thing.pk).order_by().values("pk")
        return Part(self.model, Q(proposal__in=its)) if _as_client(thing, decision) else None

    def rows(self, decision: Any) -> Q | None:
        if known_rows.of_clients(decision, "counterparty_id") is None:
            return None
        return Q() if decision.is_superuser else Q(proposal__in=proposals.seen_by(decision).order_by().values("pk"))

    def topics(self, decision: Any, thing: Any = None) -> list[Topic]:
        return []

    def whose(self, records: Iterable[Any]) -> list[int]:
        of_proposals = [each.proposal_id for each in records]
        owners = dict(Proposal.objects.filter(pk__in=of_proposals).values_list("pk", "counterparty"))
        return [owners.get(pk, 0) for pk in of_proposals]

    def stories(self, changes: list[Change], names: Names) -> list[Story]:
        lines = [line for each in changes if (line := _line(each))]
        return [Story("", lines)] if lines else []


def _line(change: Change) -> Line | None:
    was, became = change.was, change.became
    fact = change.record.fact
    if became is None:
        return Line(label(fact), fact_words(fact, was.proposed), _("not proposed any more"))
    if became.is_accepted is not None:
        return None if became.is_accepted else Line(label(fact), fact_words(fact, became.proposed), _("refused"))
    before = was.proposed if was else became.was
    return Line(label(fact), fact_words(fact, before), fact_words(fact, became.proposed))
