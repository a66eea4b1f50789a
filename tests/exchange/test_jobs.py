"""Jobs: put into the queue, performed, failed, tried again, given up."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from exchange.domain import jobs
from exchange.models import Job
from staff.models import User
from trail.domain.operations import operation
from trail.models import Operation


@pytest.fixture
def owner(db):
    return User.objects.create_user("clerk", password="clerk-demo", language="bg")


@pytest.fixture
def does(monkeypatch):
    """A sort of job that does what the test says."""

    class Trial(jobs.Sort):
        code, label, most_tries = "trial", "Trial", 3

        def perform(self, work):
            self.act(work)

    trial = Trial()
    monkeypatch.setitem(jobs.sorts._things, "trial", trial)

    def set_act(act):
        trial.act = act

    return set_act


def waits(owner, **said):
    return jobs.enqueue("trial", by=owner, about="clients.xlsx", said=said)


def later(job, seconds):
    """As if so many seconds had passed for a job that waits for its next try."""
    soon = timezone.now() - timedelta(seconds=1)
    assert (job.not_before - timezone.now()).total_seconds() == pytest.approx(seconds, abs=5)
    Job.objects.filter(pk=job.pk).update(not_before=soon)
    DBTaskResult.objects.filter(pk=job.ticket).update(run_after=soon)


def test_a_job_is_done_in_the_name_and_the_language_of_its_owner(owner, does):
    seen = {}

    def rename(work):
        work.progress(0, 2)
        with operation("import", by=work.by):
            work.hold()
            work.by.first_name = "Ана"
            work.by.save()
        seen.update(work.said, language=translation.get_language())
        work.progress(2)
        work.finish(address="/imports/3/", sentence="2 rows")

    does(rename)
    job = waits(owner, rows=2)

    assert jobs.perform_waiting() == 1

    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.tries) == ("done", 2, 2, 1)
    assert (job.address, job.sentence) == ("/imports/3/", "2 rows")
    assert seen == {"rows": 2, "language": "bg"}
    assert Operation.objects.get(kind="import").user == owner
    assert jobs.perform_waiting() == 0
