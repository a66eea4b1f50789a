"""One job, from the moment it is taken up until it is over, put back, or left for another try."""

import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.models import F
from django.utils import timezone, translation

from desk.databases import attempt
from desk.said import gettext as _
from exchange.models import Job
from exchange.models.job import CANCELLED, DONE, FAILED, RUNNING, WAITING, in_words
from trail.history import Visitor, visitor

from . import mailing, news
from .endings import Cancelled, Failed, Interrupted, Lost, Refused
from .failing import is_final, words
from .pulse import Pulse, mine
from .sorts import sorts
from .work import Work

log = logging.getLogger(__name__)

#: Seconds before the second try; twice as many before each one after.
PAUSE = 30


@dataclass(frozen=True)
class Hands:
    """Who performs: the process, how its jobs beat, and whether it was told to end."""

    name: str = f"{socket.gethostname()}:{os.getpid()}"
    pulse: Callable[[Job], Pulse] = Pulse
    is_ending: Callable[[], bool] = lambda: False


hands: ContextVar[Hands] = ContextVar("hands", default=Hands())  # noqa: B039 -- frozen


def perform(number: int, queue: Callable[[Job], None]) -> None:
    """Perform a job that waits; one that another process took, or its owner gave up, is left alone."""
    job = _taken_up(number)
    if job is None:
        return
    with _in_the_name_of(job.owner):
        ending = _performed(job)
        if not connection.in_atomic_block:
            # The work may have lost its connection; what came of it is told on a good one.
            close_old_connections()
        attempt(lambda: _put_down(job, ending, queue))


def _taken_up(number: int) -> Job | None:
    """The job, now ours; the one update decides among all who would take it."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=number, state=WAITING, not_before__lte=now)
    taken = waiting.update(
        state=RUNNING, tries=F("tries") + 1, worker=hands.get().name, started_at=now, beat_at=now, finished_at=None
    )
    return Job.objects.select_related("owner").get(pk=number) if taken else None


@contextmanager
def _in_the_name_of(owner: Any) -> Iterator[None]:
    """History names the owner, and what is said is said in their language."""
    token = visitor.set(Visitor(owner))
    try:
        with translation.override(owner.language or None):
            yield
    finally:
        visitor.reset(token)


def _performed(job: Job) -> dict[str, Any]:
    """What is to be written about the end of this try."""
    at = hands.get()
    try:
        if not job.owner.is_active:
            raise Refused(_("Who asked for it may not log in any more."))
        with at.pulse(job) as pulse:
            sorts.get(job.sort).perform(Work(job, pulse, at.is_ending))
            job.done, job.total = pulse.done, pulse.total
    except Lost:
        log.warning("Job %s was silent too long and was given to another worker", job.pk)
        return {}
    except Cancelled:
        return {"state": CANCELLED}
    except Interrupted:
        return {"state": WAITING, "tries": job.tries - 1, "not_before": timezone.now()}
    except Exception as error:
        return _failed(job, error)
    return {"state": DONE, "problem": "", "done": max(job.done, job.total)}


def _failed(job: Job, error: Exception) -> dict[str, Any]:
    said = {"problem": words(error, job.pk)}
    if is_final(error):
        log.info("Job %s was refused: %s", job.pk, error)
        return {"state": FAILED, **said}
    is_told = isinstance(error, Failed)
    log.error("Job %s (%s) failed at try %s: %s", job.pk, job.sort, job.tries, error, exc_info=not is_told)
    most = sorts.get(job.sort).most_tries if job.sort in sorts else 1
    if job.tries >= most:
        return {"state": FAILED, **said}
    pause = timedelta(seconds=PAUSE * 2 ** (job.tries - 1))
    return {"state": WAITING, "not_before": timezone.now() + pause, **said}


def _put_down(job: Job, ending: dict[str, Any], queue: Callable[[Job], None]) -> None:
    """Write the end, unless the job was given to another; and a new ticket when it is to be tried again."""
    if not ending:
        return
    said = in_words(sentence=job.sentence, problem=ending.get("problem", job.problem))
    ending = {**ending, "address": job.address, "file": job.file, **said}
    with transaction.atomic():
        if ending["state"] == WAITING and Job.objects.filter(pk=job.pk).exclude(cancel_asked_at=None).exists():
            ending["state"] = CANCELLED
        if ending["state"] != WAITING:
            ending["finished_at"] = timezone.now()
        if not mine(job).update(**ending):
            return
        if ending["state"] == WAITING:
            job.not_before = ending["not_before"]
            queue(job)
        else:
            mailing.ask(job, ending, queue)
            news.tell(job, is_over=not (ending["state"] == DONE and sorts.get(job.sort).is_quiet))
