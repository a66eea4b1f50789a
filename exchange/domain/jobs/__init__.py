"""Jobs: work that goes on while nobody waits for a page.

``jobs.enqueue("import", by=user, about="clients.xlsx", said={"import": 3})`` puts one into the queue, within the
transaction of the caller and rolled back with it. What a sort of job does stands in the ``jobs.py`` of its app:

    @jobs.register
    class Import(jobs.Sort):
        code, label = "import", _("Import")

        def perform(self, work):
            for done, chunk in …:
                with transaction.atomic():
                    work.hold()
                    …
                work.progress(done, total)
            work.finish(address="/imports/3/", sentence=…)

Any exception is a failed try: it is repeated after a pause, then left to its owner with the reason in words. ``Failed``
and ``Refused`` bring their own words; after ``Refused`` nothing is repeated.
"""

from .endings import Cancelled, Ended, Failed, Interrupted, Lost, Refused
from .queue import cancel, enqueue, retry
from .sorts import Sort, register, sorts
from .waiting import perform_waiting
from .work import Work

__all__ = [
    "Cancelled",
    "Ended",
    "Failed",
    "Interrupted",
    "Lost",
    "Refused",
    "Sort",
    "Work",
    "cancel",
    "enqueue",
    "perform_waiting",
    "register",
    "retry",
    "sorts",
]
