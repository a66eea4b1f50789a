"""What a dossier says of the letters to a client and of what he proposes: read in one query."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from counterparties.models import Counterparty
from portal.models import Letter, Proposal
from portal.models.proposal import OPEN


@dataclass(frozen=True)
class Glance:
    """How many letters he was written, and the number of the proposal that waits for an answer."""

    letters: int
    proposal: int | None


def of(counterparty: Counterparty) -> Glance:
    written = Letter.objects.filter(counterparty=OuterRef("pk")).order_by().values("counterparty")
    waiting = Proposal.objects.filter(counterparty=OuterRef("pk"), state=OPEN).order_by().values("pk")
    letters, proposal = Counterparty.objects.filter(pk=counterparty.pk).values_list(
        Coalesce(Subquery(written.annotate(number=Count("pk")).values("number")), 0), Subquery(waiting[:1])
    )[0]
    return Glance(letters, proposal)
