"""The queue: what is put into it, taken out of it, and tried once more.

The library keeps the queue and gives each ticket to one worker; our row says what it is about. Both are written in one
transaction. A ticket is only the call to look: whether the job is performed, the job's own row decides.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from desk.said import kept
from exchange.models import Job
from exchange.models.job import ABOUT, CANCELLED, FAILED, WAITING

from . import news
from .performing import perform
from .sorts import sorts

#: More of what a job is about is not kept.
LONGEST = 500


@task()
def attend(number: int) -> None:
    """What a ticket says: look at this job."""
    perform(number, queue)


def enqueue(code: str, *, by: Any, about: str, said: dict[str, Any] | None = None) -> Job:
    """Let this be done soon, for this person; within the caller's transaction, and gone when that is rolled back.

    ``about``: words by which its owner knows it; made by ``desk.said``, each reads them in a language of their own.
    ``said``: what the sort needs to know, as JSON holds it.
    """
    sort = sorts.get(code)
    with transaction.atomic():
        told = {**(said or {}), **({ABOUT: sentence} if (sentence := kept(about)) else {})}
        job = Job.objects.create(sort=sort.code, owner=by, about=about[:LONGEST], said=told)
        queue(job)
    return job


def queue(job: Job) -> None:
    """A ticket for a waiting job, good from its time on."""
    later = job.not_before if job.not_before > timezone.now() else None
    job.ticket = attend.using(run_after=later).enqueue(job.pk).id
    Job.objects.filter(pk=job.pk).update(ticket=job.ticket)
    news.tell(job)


def cancel(job: Job) -> bool:
    """Ask a job to stop: a waiting one at once, a running one where it next says how far it is. False: too late."""
    now = timezone.now()
    if Job.objects.filter(pk=job.pk, state=WAITING).update(state=CANCELLED, cancel_asked_at=now, finished_at=now):
        news.tell(job)
        return True
    return bool(Job.objects.filter(pk=job.pk, finished_at=None).update(cancel_asked_at=now))


def retry(job: Job) -> bool:
    """One more round of tries for a job that failed. False: it did not fail, or somebody was quicker."""
    with transaction.atomic():
        fresh = {"tries": 0, "not_before": timezone.now(), "finished_at": None, "cancel_asked_at": None}
        if not Job.objects.filter(pk=job.pk, state=FAILED).update(state=WAITING, problem="", told={}, **fresh):
            return False
        job.refresh_from_db()
        queue(job)
    return True
