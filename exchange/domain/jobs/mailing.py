"""A mail to whoever asked for a job and went away: that it is over, and nothing of what it was about."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from exchange.models import Job
from exchange.models.job import ABOUT, DONE, FAILED
from staff.models.user import ALL, LONG

from .sorts import sorts

JOB = "job-mail"
#: Who asked for a job that is over sooner is still looking.
LONGER = timedelta(minutes=1)


def ask(job: Job, ending: dict[str, Any], queue: Callable[[Job], None]) -> None:
    """Let its owner be told by mail, if they wish it; within the transaction that writes how it ended."""
    if _is_wished(job, ending):
        told = {name: job.said[name] for name in (ABOUT,) if name in job.said}
        queue(Job.objects.create(sort=JOB, owner=job.owner, about=job.about, said={"job": job.pk, **told}))


def _is_wished(job: Job, ending: dict[str, Any]) -> bool:
    if ending["state"] not in (DONE, FAILED) or not words(job, ending["state"]) or not may_be_told(job.owner):
        return False
    is_long = ending["finished_at"] - job.created_at > LONGER
    return job.owner.job_mail == ALL or (job.owner.job_mail == LONG and is_long)


def may_be_told(owner: Any) -> bool:
    """Has an address, and comes in to look."""
    return bool(owner.email and owner.is_active)


def words(job: Job, state: str) -> str:
    """What is told of it; empty where nobody is told by mail."""
    return sorts.get(job.sort).mail(state == DONE) if job.sort in sorts else ""
