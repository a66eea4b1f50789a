"""What an idle worker looks after: jobs whose worker died, tickets that went astray, and what was kept long enough."""

import logging
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from desk.said import gettext as _
from exchange.models import Job, Worker
from exchange.models.job import CANCELLED, FAILED, OVER, RUNNING, WAITING, in_words
from files.models import StoredFile
from trail.domain.operations import operation

from . import news
from .queue import queue

log = logging.getLogger(__name__)

#: A worker that gave no sign of life for so long is dead.
SILENT = timedelta(seconds=60)
#: A job that outlived so many workers may be what they died of.
MOST_TRIES = 10
#: For so long jobs that are over stay on the page, and tickets and names of workers in their tables.
KEEP_JOBS, KEEP_TICKETS, KEEP_WORKERS = timedelta(days=90), timedelta(days=7), timedelta(days=1)
#: So many at once go.
MANY = 500


def take_back() -> int:
    """Put jobs of dead workers into the queue again, and waiting ones that no ticket calls for; how many."""
    if not (found := list(_forgotten().values_list("pk", flat=True)[:MANY])):
        return 0
    asked_at = time.monotonic()
    with transaction.atomic():
        if time.monotonic() - asked_at > 1:
            # SQLite: somebody wrote until now, so nobody could give signs of life. Let them first.
            return 0
        taken = list(_forgotten().select_for_update(skip_locked=True).filter(pk__in=found))
        for job in taken:
            _put_back(job)
    return len(taken)


def _forgotten() -> QuerySet[Job]:
    """Those that nobody performs or will, as far as one can see."""
    before = timezone.now() - SILENT
    ready = DBTaskResult.objects.filter(status="READY").values("pk")
    astray = Q(state=WAITING, not_before__lt=before) & (Q(ticket=None) | ~Q(ticket__in=ready))
    return Job.objects.filter(Q(state=RUNNING, beat_at__lt=before) | astray).order_by("pk")


def _put_back(job: Job) -> None:
    changes: dict[str, Any] = {"state": WAITING, "not_before": timezone.now()}
    if job.cancel_asked_at:
        changes = {"state": CANCELLED, "finished_at": timezone.now()}
    elif job.tries >= MOST_TRIES:
        with translation.override(job.owner.language or None):
            problem = _("Whatever performed it ended in the middle, again and again.")
        changes = {"state": FAILED, "finished_at": timezone.now(), **in_words(problem=problem)}
    log.warning("Job %s (%s) was left behind by %s: %s", job.pk, job.sort, job.worker, changes["state"])
    for name, value in changes.items():
        setattr(job, name, value)
    job.save(update_fields=list(changes))
    if job.state == WAITING:
        queue(job)
    else:
        news.tell(job, is_over=True)


def sweep() -> None:
    """Let go what was kept long enough: files of jobs, jobs, tickets, names of workers that are no more."""
    now = timezone.now()
    _let_files_go(timedelta(days=settings.KEEP_JOB_FILES_DAYS))
    Job.objects.filter(state__in=OVER, file=None, finished_at__lt=now - KEEP_JOBS).delete()
    DBTaskResult.objects.filter(enqueued_at__lt=now - KEEP_TICKETS).exclude(status="READY").delete()
    Worker.objects.filter(beat_at__lt=now - KEEP_WORKERS).delete()


def _let_files_go(kept: timedelta) -> None:
    """The row first, under history, then what it names; what fails in between `orphaned_files` finds."""
    past = Job.objects.filter(state__in=OVER, finished_at__lt=timezone.now() - kept).exclude(file=None)
    for job in past.select_related("owner").order_by("pk")[:MANY]:
        stored = StoredFile.objects.get(pk=job.file_id)
        try:
            with operation("system", by=job.owner, reason=_("The file of a job was kept long enough.")):
                Job.objects.filter(pk=job.pk).update(file=None)
                stored.delete()
        except ProtectedError:
            log.info("The file %s of job %s is kept by something else", stored.pk, job.pk)
        else:
            default_storage.delete(stored.storage_name)
