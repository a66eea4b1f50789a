"""The signs of life of a job: how far it is, that it still goes on, and whether it should."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.utils import timezone

from exchange.models import Job
from exchange.models.job import RUNNING

log = logging.getLogger(__name__)

#: Seconds between two looks at whether its owner wants it to stop, and between two signs of life at the most.
LOOKS, BEATS = 1.0, 5.0


class Pulse:
    """Beats when it is told to: whoever performs in one thread alone has no other."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.done, self.total = job.done, job.total
        self.is_lost = self.is_cancelled = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def tell(self, done: int, total: int) -> None:
        """So far it came."""
        self.done, self.total = done, total
        self.beat()

    def held(self) -> Job | None:
        """The job's row as it is now, if it still is this process's."""
        return mine(self.job).only("cancel_asked_at").first()

    def beat(self) -> None:
        """Write how far it is, and read whether it should go on."""
        alive = mine(self.job).update(beat_at=timezone.now(), done=self.done, total=self.total)
        self.look(self.held() if alive else None)

    def look(self, row: Job | None) -> None:
        self.is_lost = row is None
        self.is_cancelled = bool(row and row.cancel_asked_at)


class Beating(Pulse):
    """Beats by itself, beside the work, also while that computes for long or holds a transaction open.

    It writes on a connection of its own. On SQLite it waits while the work writes; who looks for the dead knows that.
    """

    def __init__(self, job: Job, also: Callable[[], None] = lambda: None) -> None:
        super().__init__(job)
        self._also = also
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name=f"pulse of job {job.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def _go_on(self) -> None:
        silent, told = 0.0, (self.done, self.total)
        while not self._over.wait(LOOKS):
            silent += LOOKS
            now = (self.done, self.total)
            # Busy, away or full: the next beat tries again, and a job without beats is taken up by another worker.
            with suppress(DatabaseError):
                if now != told or silent >= BEATS:
                    self.beat()
                    self._also()
                    silent, told = 0.0, now
                else:
                    self.look(self.held())
            if connection.errors_occurred:
                connection.close()
        connection.close()


def mine(job: Job) -> QuerySet[Job]:
    """The job's row, while no other process has taken it up."""
    return Job.objects.filter(pk=job.pk, state=RUNNING, tries=job.tries, worker=job.worker)
