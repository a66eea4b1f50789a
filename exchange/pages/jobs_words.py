"""What is said of a job: how it stands and how far it is."""

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from exchange.domain.jobs import sorts
from exchange.models import Job
from exchange.models.job import RUNNING, WAITING


def sort_words(job: Job) -> str:
    """What sort of work it is; one that the office no longer does keeps its code."""
    return capfirst(str(sorts.get(job.sort).label)) if job.sort in sorts else job.sort


def state_words(job: Job) -> str:
    if job.state == RUNNING and job.cancel_asked_at:
        return _("Stopping")
    if job.state == WAITING and job.problem:
        return _("Trying again")
    return capfirst(job.get_state_display())


def percent(job: Job) -> int | None:
    """How much of it is done; None while nobody knows how much there is."""
    return min(job.done * 100 // job.total, 100) if job.total else None


def how_far(job: Job) -> str:
    """*1,200 of 20,000*."""
    done = number_format(job.done, use_l10n=True, force_grouping=True)
    if job.total:
        total = number_format(job.total, use_l10n=True, force_grouping=True)
        return _("%(done)s of %(total)s") % {"done": done, "total": total}
    return done if job.done else ""
