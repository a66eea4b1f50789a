"""What goes on behind the pages here."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from exchange.domain import jobs
from exchange.domain.importing import previewing, running
from exchange.domain.jobs import mailing
from exchange.models import Job
from exchange.pages import exports_job, job_mail, undo_job


@jobs.register
class Preview(jobs.Sort):
    """A large sheet is looked at before it is taken in."""

    code, label, position = previewing.JOB, _("Preview of an import"), 10

    def perform(self, work: Any) -> None:
        previewing.perform(work)


@jobs.register
class Import(jobs.Sort):
    """A sheet is taken in. Portions that are written stay, whatever becomes of the rest."""

    code, label, position, most_tries = running.JOB, pgettext_lazy("thing", "import"), 15, 5

    def perform(self, work: Any) -> None:
        running.perform(work)

    def mail(self, is_done: bool) -> str:
        return gettext("Your import has ended.") if is_done else gettext("Your import could not be ended.")


@jobs.register
class Export(jobs.Sort):
    """A large sheet."""

    code, label, position = "export", _("Sheet"), 20

    def perform(self, work: Any) -> None:
        exports_job.make(work)

    def mail(self, is_done: bool) -> str:
        return gettext("Your sheet is ready.") if is_done else gettext("Your sheet could not be made.")

    def may_fetch(self, job: Job, decision: Any) -> bool:
        return exports_job.may_fetch(job, decision)


@jobs.register
class TakeBack(jobs.Sort):
    """A large operation is taken back, in one transaction: all of it or nothing."""

    code, label, position = undo_job.JOB, _("Taking back"), 30

    def perform(self, work: Any) -> None:
        undo_job.take_back(work)


@jobs.register
class TellByMail(jobs.Sort):
    """Whoever asked for a long job is told by mail that it is over. At worst, the page of jobs tells it alone."""

    code, label, position = mailing.JOB, _("Mail about a job"), 60
    # The pauses between them make it most of an hour: a mail server that was started anew is back by then.
    most_tries = 7
    is_quiet = True

    def perform(self, work: Any) -> None:
        job_mail.send(work)
