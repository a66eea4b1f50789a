"""The sorts of letters to clients: what each tells, and when it has become pointless."""

from typing import Any

from counterparties.models import Document
from desk.registry import Registry
from portal.domain import invitations
from portal.models import Access, Letter, Proposal
from portal.models.letter import ACCEPTED, DOCUMENT, INVITATION, REFUSED

sorts = Registry("sort of letter")


class Sort:
    """One sort of letter; its words are ``templates/portal/letters/<code>.txt``, ``.html`` and ``_subject.txt``."""

    code = ""
    position = 0
    #: Written to every client, notifications or not.
    is_always = False

    def facts(self, letter: Letter) -> dict[str, Any] | None:
        """What it tells, as things stand when it is sent; None when there is nothing to tell any more."""
        raise NotImplementedError


@sorts.register
class Invitation(Sort):
    code, position, is_always = INVITATION, 10, True

    def facts(self, letter: Letter) -> dict[str, Any] | None:
        access = Access.objects.filter(counterparty=letter.counterparty_id, withdrawn_at=None).first()
        if access is None or not access.user.is_active:
            return None
        if access.accepted_at and access.accepted_at >= letter.created_at:
            # He came in by an earlier one. Whoever is invited again afterwards has forgotten his password.
            return None
        return {"link": invitations.path(access), "until": invitations.until(access)}


@sorts.register
class NewDocuments(Sort):
    code, position = DOCUMENT, 20

    def facts(self, letter: Letter) -> dict[str, Any] | None:
        shared = Document.objects.current().filter(counterparty=letter.counterparty_id, is_shared=True)
        found = list(shared.filter(pk__in=letter.facts["documents"]).select_related("file").order_by("pk"))
        return {"documents": found, "count": len(found)} if found else None


class Answer(Sort):
    """What the office says to what the client proposed."""

    def facts(self, letter: Letter) -> dict[str, Any] | None:
        proposal = Proposal.objects.get(pk=letter.facts["proposal"])
        changes = list(proposal.changes.all())
        return {
            "answer": proposal.answer,
            "accepted": [each.fact for each in changes if each.is_accepted],
            "refused": [each.fact for each in changes if not each.is_accepted],
        }


@sorts.register
class Accepted(Answer):
    code, position = ACCEPTED, 30


@sorts.register
class Refused(Answer):
    code, position = REFUSED, 40
