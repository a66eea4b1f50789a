"""What clients propose to change of their contact data, and what the office answers."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db import IntegrityError
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from counterparties.models import Counterparty
from desk.databases import attempt
from desk.models import Stale
from portal.domain import as_client, letters, proposed_facts
from portal.models import Proposal, ProposedChange
from portal.models.letter import ACCEPTED as ACCEPTED_LETTER
from portal.models.letter import REFUSED as REFUSED_LETTER
from portal.models.proposal import ACCEPTED, OPEN, REFUSED, WITHDRAWN
from trail.domain.operations import operation

KIND = "portal"


def open_of(counterparty: Counterparty) -> Proposal | None:
    """What waits for an answer of the office; there is one at most."""
    return Proposal.objects.filter(counterparty=counterparty.pk, state=OPEN).first()


def seen_by(decision: Any) -> QuerySet[Proposal]:
    """Proposals of those whom the reader may view as clients."""
    return Proposal.objects.filter(_of(as_client.clients(decision)))


def waiting_for(decision: Any) -> QuerySet[Proposal]:
    """The open ones that the reader may answer."""
    return Proposal.objects.filter(_of(as_client.clients(decision, "edit")), state=OPEN).order_by("at", "pk")


def _of(clients: QuerySet) -> Exists:
    # Proposals are few and clients many: listing these took SQLite half a second of every first page.
    return Exists(clients.filter(pk=OuterRef("counterparty")))


def owner_of_change() -> Subquery:
    """The counterparty of a row of the history of proposed changes."""
    return Subquery(Proposal.objects.filter(pk=OuterRef("proposal_id")).order_by().values("counterparty")[:1])


def facts_of(listed: Iterable[Proposal]) -> dict[int, list[str]]:
    """The facts each of them is about, in the order of the card. One query."""
    found: dict[int, list[str]] = {}
    rows = ProposedChange.objects.filter(proposal__in=[each.pk for each in listed])
    for pk, fact in rows.order_by().values_list("proposal", "fact"):
        found.setdefault(pk, []).append(fact)
    return {pk: sorted(facts, key=proposed_facts.FACTS.index) for pk, facts in found.items()}


# ---- what the client does


def differing(counterparty: Counterparty, said: proposed_facts.Said) -> dict[str, tuple[str, str]]:
    """Of what is said, what differs from what is noted: fact → (noted, said)."""
    stands = proposed_facts.now(counterparty)
    return {fact: (stands[fact], word) for fact, word in said.items() if word != stands[fact]}


def propose(
    counterparty: Counterparty, said: proposed_facts.Said, words: str = "", *, by: Any, seen: int | str = ""
) -> Proposal:
    """Keep what the client would have changed; one that waits already is amended. ``said`` was checked.

    ``seen``: the version of the open one he amends. Stale when there is another one by now, or it was answered.
    """

    def act() -> Proposal:
        with operation(KIND, by=by):
            waiting = Proposal.objects.select_for_update().filter(counterparty=counterparty.pk, state=OPEN).first()
            if waiting:
                waiting.claim(seen or 0)
                waiting.words, waiting.at = words, timezone.now()
                waiting.save()
            elif seen:
                raise Stale(Proposal(counterparty=counterparty))
            else:
                waiting = Proposal(counterparty=counterparty, by=by, words=words)
                waiting.save()
            _note(waiting, differing(counterparty, said))
        return waiting

    try:
        return attempt(act)
    except IntegrityError as error:
        if "proposal" not in str(error):
            raise
        # He pressed twice: the other one was there first.
        raise Stale(Proposal(counterparty=counterparty)) from error


def _note(proposal: Proposal, differing: dict[str, tuple[str, str]]) -> None:
    there = {each.fact: each for each in proposal.changes.all()}
    for fact in there.keys() - differing.keys():
        there[fact].delete()
    for fact, (was, proposed) in differing.items():
        change = there.get(fact) or ProposedChange(proposal=proposal, fact=fact)
        change.was, change.proposed = was, proposed
        change.save()


def withdraw(proposal: Proposal, *, by: Any, seen: int | str) -> None:
    """He thinks better of it."""

    def act() -> None:
        with operation(KIND, by=by):
            kept = _waiting(proposal)
            kept.claim(seen)
            kept.state = WITHDRAWN
            kept.save()

    attempt(act)


# ---- what the office answers


def answer(
    proposal: Proposal, accepted: Collection[str], words: str, *, by: Any, seen: int | str, card: int | str
) -> Proposal:
    """Accept these facts of it and refuse the others; the client is told.

    What is accepted is kept as the card keeps it, with its checks; ``card`` is the version of the card that was seen.
    """

    def act() -> Proposal:
        with operation(KIND, by=by, reason=_("Proposed by the client")):
            kept = _waiting(proposal)
            kept.claim(seen)
            changes = list(kept.changes.all())
            taken = {each.fact: each.proposed for each in changes if each.fact in accepted}
            counterparty = Counterparty.objects.select_related("type_set").get(pk=kept.counterparty_id)
            if taken:
                reason = _("Proposed by the client")
                proposed_facts.keep(counterparty, taken, by=by, seen=card, reason=reason)
            for each in changes:
                each.is_accepted = each.fact in taken
                each.save()
            kept.state = ACCEPTED if taken else REFUSED
            kept.answer, kept.answered_by, kept.answered_at = words, by, timezone.now()
            kept.save()
            counterparty.refresh_from_db()
            sort = ACCEPTED_LETTER if taken else REFUSED_LETTER
            letters.write(sort, counterparty, by=by, proposal=kept.pk)
        return kept

    return attempt(act)


def _waiting(proposal: Proposal) -> Proposal:
    kept = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not kept.is_open:
        raise Stale(kept)
    return kept
