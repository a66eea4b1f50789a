"""Workers that are killed: real processes on a real database."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from exchange.domain import jobs
from exchange.models import Job, Worker
from staff.models import User
from tests.exchange import hard_work

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS = 100


def address():
    """Of the database that this test writes to."""
    of = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{of['NAME']}"
    return f"postgres://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"


@pytest.fixture
def workers(transactional_db):
    """Two workers beside each other; ended with the test, whatever became of them."""
    command = [sys.executable, "-m", "tests.exchange.hard_work"]
    both = [subprocess.Popen(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": address()}) for _ in range(2)]
    yield {each.pid: each for each in both}
    for each in both:
        each.kill()
        each.wait()


def until(fact, seconds=30):
    """Wait for it to be so."""
    ends = time.monotonic() + seconds
    while not (found := fact()):
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.05)
    return found


def test_what_a_killed_worker_left_another_finishes_with_no_row_missing_half_or_twice(workers):
    owner = User.objects.create_user("clerk", password="clerk-demo")
    until(lambda: Worker.objects.count() == 2)
    job = jobs.enqueue("hard-work", by=owner, about="people", said={"rows": ROWS})
    now = Job.objects.filter(pk=job.pk)

    until(lambda: now.get().said.get("written", 0) >= ROWS // 4)
    first = now.get().worker
    killed = int(first.rpartition(":")[2])
    workers[killed].send_signal(signal.SIGKILL)
    workers[killed].wait()
    left = User.objects.filter(username__startswith="row-").count()
    until(lambda: now.get().state == "done")

    done = now.get()
    assert 0 < left < ROWS
    assert left % hard_work.CHUNK == 0  # no half of a chunk
    assert (done.tries, done.done, done.sentence) == (2, ROWS, f"{ROWS} rows")
    assert done.worker != first
    names = User.objects.filter(username__startswith="row-").values_list("username", flat=True)
    assert sorted(names) == sorted(f"row-{number}" for number in range(ROWS))  # none missing, none twice
    assert User.history.filter(username__startswith="row-", history_user=owner).count() == ROWS

    (alive,) = [each for pid, each in workers.items() if pid != killed]
    alive.terminate()
    assert alive.wait(timeout=10) == 0
    assert not Worker.objects.filter(name=done.worker).exists()
