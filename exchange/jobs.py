"""What goes on behind the pages here."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.domain import jobs
from exchange.models import Job
from exchange.pages import exports_job


@jobs.register
class Export(jobs.Sort):
    """A large sheet."""

    code, label, position = "export", _("Sheet"), 20

    def perform(self, work: Any) -> None:
        exports_job.make(work)

    def may_fetch(self, job: Job, decision: Any) -> bool:
        return exports_job.may_fetch(job, decision)
