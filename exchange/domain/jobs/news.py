"""What the menu says of somebody's jobs on every page: kept beside the database, which is asked for it by no page.

A cache may lose it; then the menu is silent until the next job begins or ends, and /jobs/ tells everything anyway.
"""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from exchange.models import Job
from exchange.models.job import RUNNING, WAITING

KEPT = 7 * 24 * 3600


def tell(job: Job, *, is_over: bool = False) -> None:
    """A job of somebody began or ended: known once the transaction is, to them alone."""
    transaction.on_commit(lambda: _note(job.owner_id, is_over))


def number(person: Any) -> int:
    """How many jobs of theirs go on, and how many ended since they last looked."""
    going, ended = cache.get(_key(person.pk)) or (0, 0)
    return going + ended


def seen(person: Any) -> None:
    """They looked at their jobs."""
    if cache.get(_key(person.pk)):
        _note(person.pk, False, ended=0)


def _note(owner: int, is_over: bool, ended: int | None = None) -> None:
    if ended is None:
        ended = (cache.get(_key(owner)) or (0, 0))[1] + is_over
    going = Job.objects.filter(owner=owner, state__in=(WAITING, RUNNING)).count()
    cache.set(_key(owner), (going, ended), KEPT)


def _key(owner: int) -> str:
    return f"jobs-of-{owner}"
