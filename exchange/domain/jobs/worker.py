"""A worker: one process that performs jobs, one at a time, and says that it is there."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from exchange.models import Worker

from . import watching
from .performing import Hands, hands
from .pulse import Beating
from .waiting import perform_waiting

log = logging.getLogger(__name__)

#: Seconds: between two looks into the queue, signs of life while nothing is to be done, looks after the dead, sweeps.
LOOKS, BEATS, WATCHES, SWEEPS = 1.0, 20.0, 15.0, 3600.0
#: Silent for longer, a worker counts as not there.
THERE = timedelta(seconds=60)


def is_there() -> bool:
    """Does somebody perform jobs?"""
    return Worker.objects.filter(beat_at__gt=timezone.now() - THERE).exists()


class Shift:
    """From the start of a worker until it is told to end."""

    def __init__(self) -> None:
        self.hands = Hands(pulse=lambda job: Beating(job, self.beat), is_ending=lambda: self.is_ending)
        self.is_ending = False
        self._last: dict[Callable[[], Any], float] = {self.beat: 0.0, watching.take_back: 0.0, watching.sweep: 0.0}

    def end(self, *_signal: object) -> None:
        """Put back what is being done, at its next sign of progress, and go."""
        self.is_ending = True

    def work(self, *, once: bool = False) -> None:
        """Perform what waits; with ``once`` until nothing is left, else until told to end."""
        token = hands.set(self.hands)
        try:
            while not self.is_ending:
                self._look_round()
                if once:
                    return
                if not self.is_ending:
                    time.sleep(LOOKS)
        finally:
            hands.reset(token)
            self._leave()

    def _look_round(self) -> None:
        close_old_connections()
        try:
            self._now_and_then(self.beat, BEATS)
            self._now_and_then(watching.take_back, WATCHES)
            perform_waiting()
            self._now_and_then(watching.sweep, SWEEPS)
        except (OperationalError, InterfaceError) as away:
            # Busy, restarted or full: a worker waits for its database, it does not die of it.
            log.warning("The database cannot be asked just now: %s", away)
            time.sleep(LOOKS)

    def _now_and_then(self, act: Callable[[], Any], seconds: float) -> None:
        now = time.monotonic()
        if not self._last[act] or now - self._last[act] >= seconds:
            act()
            self._last[act] = now

    def beat(self) -> None:
        """One sign of life of the worker itself."""
        Worker.objects.update_or_create(name=self.hands.name, defaults={"beat_at": timezone.now()})

    def _leave(self) -> None:
        try:
            Worker.objects.filter(name=self.hands.name).delete()
        except (OperationalError, InterfaceError) as away:
            log.warning("The worker left without a word: %s", away)
