"""Files that jobs made: their owner's alone."""

from typing import Any

from exchange.models import Job
from files.domain.reading import Place, places
from files.models import StoredFile


@places.register
class OfJobs(Place):
    """For whoever asked for the job and for nobody else: what it holds was narrowed by their rights."""

    code, position, of_counterparties = "jobs", 40, False

    def opens(self, stored: StoredFile, decision: Any) -> bool | None:
        owners = set(Job.objects.filter(file=stored.pk).values_list("owner", flat=True))
        return decision.user.pk in owners if owners else None
