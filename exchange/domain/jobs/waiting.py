"""All that waits, performed here and now: by a test, by ``manage.py work --once``, by a worker that found something."""

from django_tasks_db.management.commands.db_worker import Worker as Queue
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from .performing import hands


def perform_waiting() -> int:
    """Perform what waits and whose time has come, one after the other, until nothing is left; how many there were."""
    performed = 0
    while something_waits() and not hands.get().is_ending() and _perform_next():
        performed += 1
    return performed


def something_waits() -> bool:
    """Asked each second by an idle worker: it reads one index and locks nothing."""
    return DBTaskResult.objects.ready().exists()


def _perform_next() -> bool:
    """Take the oldest ticket, which nobody else gets then, and do what it says.

    The library's own loop is not used: it locks SQLite at each look, ends at the first lock it has to wait for too
    long, and lets no job be put back when it is told to end.
    """
    name = hands.get().name
    with exclusive_transaction():
        ticket = DBTaskResult.objects.ready().get_locked()
        if ticket:
            ticket.claim(name)
    if ticket:
        _queue(name).run_task(ticket)
    return bool(ticket)


def _queue(name: str) -> Queue:
    return Queue(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
    )
