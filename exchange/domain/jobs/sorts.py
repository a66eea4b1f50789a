"""The sorts of jobs there are. An app says in its own `jobs.py` what it lets go on behind the pages."""

from typing import Any

from desk.registry import Registry

sorts = Registry("sort of job")
register = sorts.register


class Sort:
    """One sort of job.

    ``perform`` may be called again for the same job: a worker was killed, the power went, something failed. What it has
    done already it must not do twice. Either it all happens in one transaction, or in chunks that each keep how far
    they came in the same transaction as the rows they write; a chunk that begins with ``work.hold()`` is never written
    by a process that was silent and was given up. Rights are asked anew, of ``work.by``, in whose language it speaks.
    """

    code = ""
    label: Any = ""
    position = 0
    #: After so many tries that failed it is left to its owner.
    most_tries = 3
    #: Nobody waits for it: the menu tells its owner of it only when it fails.
    is_quiet = False

    def perform(self, work: Any) -> None:
        raise NotImplementedError

    def mail(self, is_done: bool) -> str:
        """What a mail tells its owner when it is done or has failed; empty where none is sent."""
        return ""

    def may_fetch(self, job: Any, decision: Any) -> bool:
        """May its owner have the file that came of it, with the rights of today?"""
        return True
