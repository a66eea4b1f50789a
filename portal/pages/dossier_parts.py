"""What a dossier says of the letters to a client and of what he proposes; to whoever views him as one."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from desk.pages.portion import Portion
from desk.panels import SIDE, TAB, Block, Panel, blocks, panels
from portal.domain import as_client, at_a_glance, letters, proposals, proposed_facts
from portal.models import Letter, Proposal
from portal.models.letter import CANCELLED, FAILED, HANDING, SENT, WAITING
from portal.pages.proposed_facts import label, words

#: So many proposals the first page names.
NAMED = 6
COLORS = {WAITING: "amber", HANDING: "amber", SENT: "green", FAILED: "red", CANCELLED: "slate"}


def _glance(record: Any) -> at_a_glance.Glance:
    """Read once for all parts of one dossier; of nobody who is not seen as a client."""
    if not hasattr(record, "portal_glance"):
        is_client = record.client_details is not None
        record.portal_glance = at_a_glance.of(record) if is_client else at_a_glance.Glance(0, None)
    return record.portal_glance


@panels.register
class Letters(Panel):
    """What he was written, and what became of it."""

    code, label, position, place = "letters", _("Letters"), 70, TAB
    template = "portal/panels/letters.html"

    def count(self, request: HttpRequest, record: Any) -> int | None:
        return _glance(record).letters

    def is_shown(self, request: HttpRequest, record: Any) -> bool:
        return bool(_glance(record).letters)

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        written = Letter.objects.filter(counterparty=record.pk).select_related("by", "job").order_by("-pk")
        portion = Portion(request, written, _glance(record).letters)
        may_send = as_client.is_granted(request.decision, "edit", record)
        rows = [_row(each, f"{record.get_absolute_url()}letters/{each.pk}/again/") for each in portion.rows]
        return {"rows": rows, "portion": portion, "may_send": may_send}


def _row(letter: Letter, again_url: str) -> dict[str, Any]:
    stands = letters.standing(letter)
    to_send = again_url if stands.state == FAILED else ""
    return {"letter": letter, "stands": stands, "color": COLORS[stands.state], "again_url": to_send}


@panels.register
class Proposed(Panel):
    """What the client would have changed, until it is answered."""

    code, label, position, place = "proposed", _("Proposed by the client"), 10, SIDE
    template = "portal/panels/proposed.html"

    def is_shown(self, request: HttpRequest, record: Any) -> bool:
        return _glance(record).proposal is not None

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        found, now = Proposal.objects.get(pk=_glance(record).proposal), proposed_facts.now(record)
        rows = [
            {
                "label": label(each.fact),
                "now": words(each.fact, now[each.fact]),
                "proposed": words(each.fact, each.proposed),
            }
            for each in found.changes.all()
        ]
        return {
            "proposal": found,
            "rows": rows,
            "may_answer": as_client.is_granted(request.decision, "edit", record),
        }


@blocks.register
class WaitingProposals(Block):
    """On the first page of whoever may answer them."""

    code, position = "proposals", 10
    template = "portal/panels/waiting.html"

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        if not as_client.knows_clients(request.decision, "edit"):
            return None
        found = list(proposals.waiting_for(request.decision).select_related("counterparty")[: NAMED + 1])
        return {"proposals": found[:NAMED], "has_more": len(found) > NAMED} if found else None
