"""Taking back what is too much for one click, behind the pages."""

from typing import Any

from desk.said import gettext as _
from desk.said import label
from exchange.domain import jobs
from exchange.models import Job
from rights.domain import policy
from trail.domain.undoing import whole
from trail.domain.undoing.asked import Asked, asked, said
from trail.domain.undoing.background import ways
from trail.domain.undoing.outcome import Outcome
from trail.domain.undoing.pieces import Hindered
from trail.models import Operation
from trail.pages.undo_words import done_words

JOB = "undo"


@ways.register
class AsJob:
    code, position = JOB, 10

    def begin(self, operation: Operation, what: Asked, by: Any, reason: str) -> str:
        told = {"kind": label(operation.get_kind_display), "number": operation.pk}
        job = jobs.enqueue(
            JOB,
            by=by,
            about=_("%(kind)s, operation %(number)d") % told,
            said={"operation": operation.pk, "reason": reason, **said(what)},
        )
        return f"/jobs/{job.pk}/"


def take_back(work: jobs.Work) -> None:
    """One transaction; a worker that died after it finds where it led written beside the job."""
    asked_for = work.said
    if written := Job.objects.values_list("address", flat=True).get(pk=work.job.pk):
        work.finish(address=written, sentence=_("It is taken back."))
        return

    def step(done: int, total: int) -> None:
        if not done:
            work.hold()
        work.progress(done, total)

    def last(outcome: Outcome) -> None:
        Job.objects.filter(pk=work.job.pk).update(address=_address(outcome, asked_for["operation"]))

    try:
        outcome = whole.take_back(
            Operation.objects.get(pk=asked_for["operation"]),
            asked(asked_for["record"], asked_for["fact"], asked_for["also"]),
            policy.for_user(work.by),
            by=work.by,
            reason=asked_for["reason"],
            digest=None,
            step=step,
            last=last,
        )
    except Hindered as hindered:
        words = str(hindered) or _("Something depends on it that came in between. Nothing was taken back.")
        raise jobs.Refused(words) from None
    work.finish(address=_address(outcome, asked_for["operation"]), sentence=done_words(outcome))


def _address(outcome: Outcome, operation: int) -> str:
    return f"/operations/{outcome.operation or operation}/"
