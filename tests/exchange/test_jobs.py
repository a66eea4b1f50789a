"""Jobs: put into the queue, performed, failed, tried again, given up, taken back, and let go at last."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from exchange.domain import jobs
from exchange.domain.jobs import watching
from exchange.domain.jobs.performing import Hands, hands
from exchange.models import Job
from files.domain.intake import take
from files.models import StoredFile
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
        code, label = "trial", "Trial"

        def perform(self, work):
            self.act(work)

    trial = Trial()
    monkeypatch.setitem(jobs.sorts._things, "trial", trial)

    def set_act(act):
        trial.act = act

    return set_act


def waits(owner, **said):
    return jobs.enqueue("trial", by=owner, about="clients.xlsx", said=said)


def raising(error):
    def act(work):
        raise error

    return act


def passed(job, seconds):
    """The job as if so many seconds had passed since it was last touched."""
    ago = timedelta(seconds=seconds)
    job.refresh_from_db()
    changed = {name: value - ago for name in ("not_before", "beat_at", "finished_at") if (value := getattr(job, name))}
    Job.objects.filter(pk=job.pk).update(**changed)
    DBTaskResult.objects.filter(pk=job.ticket).update(run_after=timezone.now() - ago)
    return job


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


def test_a_job_of_a_form_that_failed_was_never_asked_for(owner, does):
    does(raising(AssertionError("nobody asked for it")))

    @transaction.atomic
    def send_the_form():
        waits(owner)
        raise ValueError("the form")

    with pytest.raises(ValueError, match="the form"):
        send_the_form()

    assert not Job.objects.exists()
    assert jobs.perform_waiting() == 0


def test_a_failed_job_is_tried_again_after_growing_pauses_and_then_left_to_its_owner(owner, does):
    does(raising(ZeroDivisionError("no words for people")))
    job = waits(owner)
    pauses = []

    for _try in range(2):
        jobs.perform_waiting()
        job.refresh_from_db()
        assert jobs.perform_waiting() == 0  # not before its time
        pauses.append(round((job.not_before - timezone.now()).total_seconds()))
        passed(job, 300)
    jobs.perform_waiting()

    job.refresh_from_db()
    assert pauses == [30, 60]
    assert (job.state, job.tries) == ("failed", 3)
    assert str(job.pk) in job.problem
    assert "words for people" not in job.problem
    assert DBTaskResult.objects.count() == 3

    does(lambda work: None)
    assert jobs.retry(job)
    assert not jobs.retry(job)
    jobs.perform_waiting()
    job.refresh_from_db()
    assert (job.state, job.tries, job.problem) == ("done", 1, "")


def test_what_trying_again_cannot_mend_is_refused_at_once(owner, does):
    does(raising(jobs.Refused("Sales may not export suppliers any more.")))
    refused = waits(owner)
    jobs.perform_waiting()
    owner.is_active = False
    owner.save()
    left = waits(owner)
    jobs.perform_waiting()

    refused.refresh_from_db()
    left.refresh_from_db()
    assert (refused.state, refused.tries, refused.problem) == ("failed", 1, "Sales may not export suppliers any more.")
    assert (left.state, left.tries) == ("failed", 1)


def test_a_job_stops_where_it_is_when_its_owner_asks(owner, does):
    came = []

    def act(work):
        for chunk in range(3):
            came.append(chunk)
            jobs.cancel(work.job)
            try:
                work.progress(chunk + 1, 3)
            except Exception as error:  # as work does that turns any error into words
                raise AssertionError from error

    does(act)
    running, waiting = waits(owner), waits(owner)
    jobs.cancel(waiting)
    jobs.perform_waiting()

    running.refresh_from_db()
    waiting.refresh_from_db()
    assert came == [0]
    assert (running.state, running.done) == ("cancelled", 1)
    assert (waiting.state, waiting.tries) == ("cancelled", 0)
    assert not jobs.cancel(running)


def test_a_worker_told_to_end_puts_its_job_back_without_counting_the_try(owner, does):
    does(lambda work: work.progress(1, 3))
    job = waits(owner)
    ending = iter([False, True, True])
    token = hands.set(Hands(name="ending", is_ending=lambda: next(ending)))

    jobs.perform_waiting()

    hands.reset(token)
    job.refresh_from_db()
    assert (job.state, job.tries, job.done) == ("waiting", 0, 1)
    jobs.perform_waiting()
    job.refresh_from_db()
    assert (job.state, job.tries) == ("done", 1)


def test_a_silent_job_is_given_to_another_and_the_silent_one_writes_nothing_more(owner, does):
    """The first process sleeps for a minute in the middle of a chunk; then it wakes."""
    written = []

    def act(work):
        if not written:
            written.append("first")
            passed(work.job, 30)
            assert watching.take_back() == 0
            passed(work.job, 31)
            assert watching.take_back() == 1
            jobs.perform_waiting()
            with transaction.atomic():
                work.hold()
                written.append("twice")
        written.append("again")
        work.finish(sentence="by another")

    does(act)
    job = waits(owner)
    jobs.perform_waiting()

    job.refresh_from_db()
    assert written == ["first", "again"]
    assert (job.state, job.tries, job.sentence) == ("done", 2, "by another")


def test_a_job_that_workers_die_of_again_and_again_is_left_to_its_owner(owner, does):
    job = waits(owner)
    Job.objects.filter(pk=job.pk).update(state="running", tries=10, beat_at=timezone.now() - timedelta(seconds=61))

    watching.take_back()

    job.refresh_from_db()
    assert job.state == "failed"
    assert job.problem


def test_a_waiting_job_whose_ticket_went_astray_is_called_again(owner, does):
    """A worker died between taking the ticket and taking up the job."""
    does(lambda work: None)
    job = waits(owner)
    DBTaskResult.objects.update(status="RUNNING")

    assert watching.take_back() == 0
    passed(job, 61)
    DBTaskResult.objects.update(status="RUNNING")
    assert watching.take_back() == 1
    jobs.perform_waiting()

    job.refresh_from_db()
    assert (job.state, job.tries) == ("done", 1)


def test_the_file_of_a_job_is_its_owners_alone_and_goes_after_a_week(client, owner, does, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)

    def act(work):
        with operation("system", by=work.by):
            work.finish(file=take(SimpleUploadedFile("clients.csv", b"code,name\n1,Danube\n")))

    does(act)
    job = waits(owner)
    jobs.perform_waiting()
    job.refresh_from_db()
    boss = User.objects.create_user("boss", password="boss-demo", is_superuser=True)
    address, name = f"/files/{job.file.pk}/", job.file.storage_name

    answers = {}
    for person in (owner, boss):
        client.force_login(person)
        answers[person.username] = client.get(address).status_code
    assert answers == {"clerk": 200, "boss": 404}

    passed(job, 6 * 24 * 3600)
    watching.sweep()
    assert default_storage.exists(name)
    passed(job, 2 * 24 * 3600)
    watching.sweep()
    job.refresh_from_db()
    assert job.file is None
    assert not default_storage.exists(name)
    assert not StoredFile.objects.exists()
    assert StoredFile.history.filter(history_type="-", history_user=owner).exists()

    passed(job, 90 * 24 * 3600)
    watching.sweep()
    assert not Job.objects.exists()
