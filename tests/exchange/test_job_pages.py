"""The pages of jobs: what goes on, how far it is, what came of it."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from desk import said
from exchange.domain import jobs
from exchange.models import Job, Worker
from exchange.pages.undo_job import AsJob
from staff.models import User
from trail.domain.undoing.asked import Asked
from trail.kinds import LABELS
from trail.models import Operation


@pytest.fixture
def clerk(office):
    return User.objects.create_user("clerk", password="clerk-demo", language="en")


@pytest.fixture
def trial(monkeypatch):
    class Trial(jobs.Sort):
        code, label = "trial", "Trial run"

        def perform(self, work):
            work.finish(sentence="nothing was to be done")

    monkeypatch.setitem(jobs.sorts._things, "trial", Trial())


def page(client, user, address):
    client.force_login(user)
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def asked(owner, about="clients.xlsx", **facts):
    job = jobs.enqueue("trial", by=owner, about=about)
    Job.objects.filter(pk=job.pk).update(**facts)
    job.refresh_from_db()
    return job


def test_what_came_of_a_job_and_what_failed_are_read_in_the_readers_own_language(client, clerk, admin, monkeypatch):
    class Told(jobs.Sort):
        code, label = "trial", "Trial run"

        def perform(self, work):
            if work.job.about == "bad.xlsx":
                raise jobs.Refused(said.gettext("Who asked for it may not log in any more."))
            work.finish(sentence=said.gettext("It is taken back."))

    monkeypatch.setitem(jobs.sorts._things, "trial", Told())
    good, bad = asked(clerk), asked(clerk, "bad.xlsx")
    jobs.perform_waiting()
    admin.language = "bg"
    admin.save()

    his = [page(client, clerk, f"/jobs/{each.pk}/")[1] for each in (good, bad)] + [page(client, clerk, "/jobs/")[1]]
    theirs = [page(client, admin, f"/jobs/{each.pk}/")[1] for each in (good, bad)] + [page(client, admin, "/jobs/")[1]]

    for pages, came, failed in (
        (his, "It is taken back.", "Who asked for it may not log in any more."),
        (theirs, "Операцията е отменена.", "Потребителят, който я е поискал, вече няма достъп до системата."),
    ):
        assert [came in each for each in pages] == [True, False, True]
        assert [failed in each for each in pages] == [False, True, True]


def test_which_operation_a_job_takes_back_is_read_in_the_readers_language(client, clerk):
    many = Operation.objects.create(kind="bulk", user=clerk)
    address = AsJob().begin(many, Asked(), clerk, "")

    english = page(client, clerk, address)[1]
    clerk.language = "bg"
    clerk.save()
    bulgarian = page(client, clerk, address)[1]

    assert f"bulk edit, operation {many.pk}" in english
    assert f"групова редакция, операция {many.pk}" in bulgarian


def test_a_word_whose_message_alone_does_not_tell_it_stays_as_it_was_written():
    with translation.override("bg"):
        told = said.gettext("%(kind)s, operation %(number)d") % {
            "kind": said.label(lambda: LABELS["erase"]),
            "number": 7,
        }
        kept, erasing = said.kept(told), str(LABELS["erase"])

    assert said.words(kept) == f"{erasing}, operation 7"


def test_a_job_is_seen_by_its_owner_and_by_superusers_alone(client, clerk, admin, trial):
    other = User.objects.create_user("other", password="other-demo", language="en")
    job = asked(clerk)

    for address in ("", "progress/"):
        seen = {each.username: page(client, each, f"/jobs/{job.pk}/{address}")[0] for each in (clerk, admin, other)}
        assert seen == {"clerk": 200, "admin": 200, "other": 404}
    client.force_login(other)
    assert {client.post(f"/jobs/{job.pk}/{act}/").status_code for act in ("cancel", "retry")} == {404}
    listed = {each.username: "clients.xlsx" in page(client, each, "/jobs/")[1] for each in (clerk, admin, other)}
    assert listed == {"clerk": True, "admin": True, "other": False}


def test_a_running_job_shows_how_far_it_is_and_is_asked_to_stop(client, clerk, trial):
    job = asked(clerk, state="running", done=1200, total=20000, beat_at=timezone.now())

    said = page(client, clerk, f"/jobs/{job.pk}/")[1]
    assert '<progress max="100" value="6"' in said
    assert "1,200 of 20,000" in said
    assert client.get(f"/jobs/{job.pk}/progress/").json() == {
        "state": "running", "percent": 6, "words": "1,200 of 20,000"
    }  # fmt: skip

    answer = client.post(f"/jobs/{job.pk}/cancel/", follow=True)
    assert answer.redirect_chain == [(f"/jobs/{job.pk}/", 303)]
    assert "Stopping" in answer.content.decode()
    job.refresh_from_db()
    assert (job.state, job.cancel_asked_at is not None) == ("running", True)


def test_a_failed_job_says_why_and_is_tried_again(client, clerk, trial):
    job = asked(clerk, state="failed", problem="The disk is full.", finished_at=timezone.now())

    said = page(client, clerk, f"/jobs/{job.pk}/")[1]
    assert "The disk is full." in said
    client.post(f"/jobs/{job.pk}/retry/")
    jobs.perform_waiting()

    said = page(client, clerk, f"/jobs/{job.pk}/")[1]
    assert "nothing was to be done" in said
    assert "The disk is full." not in said


def test_it_is_said_when_no_worker_is_there_for_what_waits(client, clerk, trial):
    words = "The worker is not running."
    assert words not in page(client, clerk, "/jobs/")[1]
    job = asked(clerk)
    assert words in page(client, clerk, "/jobs/")[1]
    assert words in page(client, clerk, f"/jobs/{job.pk}/")[1]

    there = Worker.objects.create(name="one")
    assert words not in page(client, clerk, "/jobs/")[1]
    Worker.objects.filter(pk=there.pk).update(beat_at=timezone.now() - timedelta(seconds=61))
    assert words in page(client, clerk, "/jobs/")[1]


def test_the_menu_tells_of_jobs_without_asking_the_database(
    client, clerk, trial, django_capture_on_commit_callbacks, django_assert_num_queries
):
    cache.clear()
    entry = '<a href="/jobs/">Jobs<span>%d</span></a>'
    with CaptureQueriesContext(connection) as before:
        assert entry % 1 not in page(client, clerk, "/exports/")[1]

    with django_capture_on_commit_callbacks(execute=True):
        asked(clerk)
    with CaptureQueriesContext(connection) as during:
        assert entry % 1 in page(client, clerk, "/exports/")[1]
    with django_capture_on_commit_callbacks(execute=True):
        jobs.perform_waiting()
    assert entry % 1 in page(client, clerk, "/exports/")[1]
    page(client, clerk, "/jobs/")
    assert "Jobs<span>" not in page(client, clerk, "/exports/")[1]
    assert len(during) == len(before)


def test_the_list_costs_the_same_however_long_it_is_and_finds_by_state(client, admin, trial):
    def cost(address="/jobs/"):
        client.force_login(admin)
        with CaptureQueriesContext(connection) as queries:
            said = client.get(address).content.decode()
        return len(queries), said.count('href="/jobs/') - 1

    people = [User.objects.create_user(f"clerk{number}", password="clerk-demo") for number in range(3)]
    costs, made = [], 0
    for many in (1, 3, 50):
        for number in range(made, many):
            asked(people[number % 3], f"sheet {number}", state="done" if number % 2 else "failed")
        made = many
        costs.append(cost()[0])

    assert len(set(costs)) == 1, costs
    failed = client.get("/jobs/?state=failed&filters=open").content.decode()
    assert (failed.count(">sheet "), "State: <b>Failed</b>" in failed) == (25, True)
    first = client.get("/jobs/?sort=created").content.decode()
    assert first.index(">sheet 0<") < first.index(">sheet 1<")
