"""A worker with a sort of job of its own, as a process that can be killed: ``python -m tests.exchange.hard_work``.

The job writes people in chunks, each chunk with how far it came in one transaction, as imports do. Its workers are less
patient with each other than those of an office.
"""

import os
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 -- the office is open only now

from exchange.domain import jobs  # noqa: E402
from exchange.domain.jobs import pulse, watching, worker  # noqa: E402
from exchange.models import Job  # noqa: E402
from staff.models import User  # noqa: E402
from trail.domain.operations import operation  # noqa: E402

CHUNK = 5


@jobs.register
class HardWork(jobs.Sort):
    code, label = "hard-work", "Hard work"

    def perform(self, work: jobs.Work) -> None:
        rows, done = work.said["rows"], work.said.get("written", 0)
        while done < rows:
            with operation("import", by=work.by):
                work.hold()
                for number in range(done, done + CHUNK):
                    User.objects.create(username=f"row-{number}")
                    time.sleep(0.01)
                done += CHUNK
                Job.objects.filter(pk=work.job.pk).update(said={**work.said, "written": done})
            work.progress(done, rows)
        work.finish(sentence=f"{done} rows")


if __name__ == "__main__":
    pulse.BEATS, worker.WATCHES, watching.SILENT = 1.0, 0.5, timedelta(seconds=3)
    call_command("work")
