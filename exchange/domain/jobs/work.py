"""What a sort of job is given to work with."""

from collections.abc import Callable
from typing import Any

from exchange.models import Job

from .endings import Cancelled, Interrupted, Lost
from .pulse import Pulse, mine


class Work:
    """One job while it is performed: for whom, what was said, how far it is, what came of it."""

    def __init__(self, job: Job, pulse: Pulse, is_ending: Callable[[], bool] = lambda: False) -> None:
        self.job, self.by, self.said = job, job.owner, job.said
        self._pulse, self._is_ending = pulse, is_ending

    def progress(self, done: int, total: int = 0) -> None:
        """So much is done. Call it between chunks, outside their transactions; here the work ends when it shall."""
        self._pulse.tell(done, total or self._pulse.total)
        if self._pulse.is_lost:
            raise Lost
        if self._pulse.is_cancelled:
            raise Cancelled
        if self._is_ending():
            raise Interrupted

    def hold(self) -> None:
        """First in a chunk's transaction: until its end nobody else can be given this job, or nothing is written."""
        if not mine(self.job).select_for_update().values_list("pk").first():
            raise Lost

    def finish(self, address: str = "", file: Any = None, sentence: str = "") -> None:
        """What came of it: where to look, the file to fetch, and a sentence about it."""
        self.job.address, self.job.file, self.job.sentence = address, file, sentence
