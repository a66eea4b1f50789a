"""What clients wrote and were written, and how they came in."""

from django.db.models import Q

from counterparties.models import Counterparty
from exchange.models import Job
from portal.domain import letters, opening
from portal.models import Access, Letter, Proposal, ProposedChange
from portal.models.letter import CANCELLED, WAITING
from portal.models.proposal import OPEN, WITHDRAWN
from trail.domain.erasing import Eraser, Subject, erasers


@erasers.register
class Accesses(Eraser):
    """Its log-in is withdrawn, and the user behind it erased with it."""

    code, position, model, counterparty = "portal.Access", 5, Access, "counterparty"
    blanks = {"email_key": None}

    def look(self, subject: Subject) -> None:
        if subject.counterparty:
            rows = Access.objects.filter(counterparty=subject.counterparty)
            subject.users |= set(rows.values_list("user", flat=True))

    def settle(self, subject: Subject) -> None:
        if subject.counterparty:
            opening.close(Counterparty.objects.filter(pk=subject.counterparty), by=subject.by)


@erasers.register
class Letters(Eraser):
    """That a letter went stays, and when; not where to. What waits is not sent."""

    code, position, model, counterparty = "portal.Letter", 50, Letter, "counterparty"
    blanks = {"to": "", "subject": "", "problem": ""}

    def look(self, subject: Subject) -> None:
        asked = self.rows(subject)
        if asked is not None:
            rows = Letter.objects.filter(asked)
            for address in rows.order_by().values_list("to", flat=True).distinct():
                subject.phrases.add(address)
            about = Job.objects.filter(sort=letters.JOB, said__letter__in=list(rows.values_list("pk", flat=True)))
            subject.held["exchange.Job"] |= set(about.values_list("pk", flat=True))

    def _blank_records(self, subject: Subject, asked: Q) -> None:
        Letter.objects.filter(asked, state=WAITING).update(state=CANCELLED)
        super()._blank_records(subject, asked)


@erasers.register
class Proposals(Eraser):
    """That it proposed something stays. What waits for an answer is withdrawn."""

    code, position, model, counterparty = "portal.Proposal", 60, Proposal, "counterparty"
    blanks = {"words": "", "answer": ""}

    def settle(self, subject: Subject) -> None:
        asked = self.rows(subject)
        if asked is not None:
            for proposal in Proposal.objects.filter(asked, state=OPEN):
                proposal.state = WITHDRAWN
                proposal.save()


@erasers.register
class ProposedChanges(Eraser):
    code, position, model, counterparty = "portal.ProposedChange", 61, ProposedChange, "proposal__counterparty"
    blanks = {"was": "", "proposed": ""}
