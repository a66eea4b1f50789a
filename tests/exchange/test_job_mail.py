"""Whoever asked for a long job is told by mail that it is over, if they wish it."""

from datetime import timedelta

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone, translation

from exchange.domain import jobs
from exchange.models import Job
from staff.models import User


@pytest.fixture
def asks(monkeypatch):
    """Somebody asks for a job that takes so many seconds, and it is performed with all that comes of it."""

    class Trial(jobs.Sort):
        code, label = "trial", "Trial"

        def perform(self, work):
            if work.said["fails"]:
                raise jobs.Refused("Secret Ltd is not there.")

        def mail(self, is_done):
            return f"{'Done' if is_done else 'Failed'} in {translation.get_language()}."

    monkeypatch.setitem(jobs.sorts._things, "trial", Trial())

    def ask(number, seconds=0, fails=False, **facts):
        facts = {"email": f"clerk{number}@office.example", "language": "bg"} | facts
        by = User.objects.create_user(f"clerk{number}", **facts)
        job = jobs.enqueue("trial", by=by, about="Secret Ltd.xlsx", said={"fails": fails})
        Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(seconds=seconds))
        jobs.perform_waiting()
        return job

    return ask


def test_a_mail_tells_of_a_long_job_to_those_who_wish_it_and_leads_to_its_page(db, asks, mailoutbox, settings):
    settings.OFFICE_URL = "https://office.example"

    long = asks(1, seconds=70)
    asks(2, seconds=50)
    asks(3, seconds=70, job_mail="none")
    short = asks(4, job_mail="all", language="en")
    asks(5, seconds=70, email="")
    failed = asks(6, seconds=70, fails=True)

    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["clerk1@office.example"], "Done in bg."),
        (["clerk4@office.example"], "Done in en."),
        (["clerk6@office.example"], "Failed in bg."),
    ]
    for mail, job in zip(mailoutbox, (long, short, failed), strict=True):
        assert f"https://office.example/jobs/{job.pk}/\n" in mail.body
        assert "Secret" not in f"{mail.subject} {mail.body}"
    assert set(Job.objects.filter(sort="job-mail").values_list("state", flat=True)) == {"done"}


def test_a_mail_server_that_is_away_is_asked_again(db, asks, mailoutbox, monkeypatch):
    def away(self, messages):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", away)
        asks(1, seconds=70, language="en")
    waiting = Job.objects.get(sort="job-mail")

    assert (waiting.state, waiting.problem, mailoutbox) == ("waiting", "The mail server could not be reached.", [])
    assert waiting.not_before > timezone.now()
    assert Job.objects.get(sort="trial").state == "done"


def test_imports_and_sheets_are_mailed_about_and_nothing_else_is(db):
    told = {each.code: (each.mail(True), each.mail(False)) for each in jobs.sorts if each.mail(True)}

    assert told == {
        "import": ("Your import has ended.", "Your import could not be ended."),
        "export": ("Your sheet is ready.", "Your sheet could not be made."),
    }
