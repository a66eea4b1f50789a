"""Files that jobs made: their owner's alone."""

from typing import Any

from exchange.domain.jobs import sorts
from exchange.models import Import, Job
from files.domain.reading import Place, places
from files.models import StoredFile


@places.register
class OfJobs(Place):
    """For whoever asked for the job and for nobody else: what it holds was narrowed by their rights."""

    code, position, of_counterparties, is_in_person = "jobs", 40, False, True

    def opens(self, stored: StoredFile, decision: Any) -> bool | None:
        made_by = list(Job.objects.filter(file=stored.pk))
        if not made_by:
            return None
        return any(each.owner_id == decision.user.pk and _may_fetch(each, decision) for each in made_by)


@places.register
class OfImports(Place):
    """Sheets that were brought: for whoever brought them, and for superusers, who see what is taken in."""

    code, position, of_counterparties = "imports", 45, False

    def opens(self, stored: StoredFile, decision: Any) -> bool | None:
        brought_by = set(Import.objects.filter(file=stored.pk).values_list("user", flat=True))
        return (decision.is_superuser or decision.user.pk in brought_by) if brought_by else None


def _may_fetch(job: Job, decision: Any) -> bool:
    return job.sort in sorts and bool(sorts.get(job.sort).may_fetch(job, decision))
