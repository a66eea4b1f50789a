"""The run: good rows are taken in portion by portion, each whole in itself, all of them one operation.

With each portion the import notes how many rows are done. A worker that is killed leaves whole portions; the next one
reads the sheet from its first row again, so that it knows what those rows have taken, and goes on behind them.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from counterparties.domain.importing import ImportRefused
from desk.databases import attempt
from desk.intake import SheetError
from desk.models import Stale
from desk.said import gettext as _
from desk.said import ngettext, noted
from exchange.domain import jobs
from exchange.models import Import
from exchange.models.importing import (
    CANCELLED,
    CHANGED,
    CONFLICT,
    DONE,
    FAILED,
    NEW,
    PREVIEWED,
    REFUSED,
    RUNNING,
    SAME,
)
from exchange.models.job import CANCELLED as JOB_CANCELLED
from exchange.models.job import FAILED as JOB_FAILED
from trail.domain import meanwhile

from .taking import Refused, Taking

JOB = "import"
#: So often a run that met somebody else's change begins anew behind the last whole portion.
TRIES = 5


def run(of: Import, *, by: Any) -> None:
    """Take in what was previewed, behind the pages, in the name of whose import it is."""

    def begin() -> None:
        with transaction.atomic():
            fresh = {"counts": {}, "notes": [], "rows_done": 0, "operation": None}
            if Import.objects.filter(pk=of.pk, state=PREVIEWED).update(state=RUNNING, reason=of.reason, **fresh):
                _enqueue(of, by)

    attempt(begin)
    of.refresh_from_db()


def may_go_on(of: Import) -> bool:
    """Was it ended before its last row, and is nothing of it taken back?"""
    is_cut = of.state in (CANCELLED, FAILED) and of.rows_done < of.rows
    return is_cut and not (of.operation and of.operation.undone_by.exists())


def go_on(of: Import, *, by: Any) -> None:
    """Take in the rest of an import that was cancelled or failed."""

    def begin() -> None:
        with transaction.atomic():
            ended = Import.objects.filter(pk=of.pk, state__in=(CANCELLED, FAILED))
            if ended.update(state=RUNNING, trouble="", ended_at=None):
                _enqueue(of, by)

    if may_go_on(of):
        attempt(begin)
        of.refresh_from_db()


def _enqueue(of: Import, by: Any) -> None:
    job = jobs.enqueue(JOB, by=by, about=str(of.file), said={"import": of.pk})
    Import.objects.filter(pk=of.pk).update(job=job)


@meanwhile.goes_on
def under_way() -> list[int]:
    """The operations of imports that run."""
    running = Import.objects.filter(state=RUNNING, operation__isnull=False)
    return list(running.order_by().values_list("operation", flat=True))


def catch_up(of: Import) -> None:
    """A job that was cancelled while it waited, or given up, tells nobody: its import is told here."""
    if of.state == RUNNING and of.job and of.job.state in (JOB_CANCELLED, JOB_FAILED):
        _end(of, CANCELLED if of.job.state == JOB_CANCELLED else FAILED, of.job.problem)


def perform(work: Any) -> None:
    """The run as a job; also when it is taken up again."""
    of = Import.objects.select_related("file", "user", "operation").get(pk=work.said["import"])
    if of.job_id != work.job.pk or of.state in (DONE, CANCELLED):
        return
    if of.state == FAILED:
        # The job was sent on its way once more.
        Import.objects.filter(pk=of.pk).update(state=RUNNING, trouble="")
        of.state = RUNNING
    try:
        _take_in(of, work)
    except jobs.Cancelled:
        of.refresh_from_db()
        _end(of, CANCELLED)
        work.finish(address=of.get_absolute_url(), sentence=sentence(of))
        raise
    except (Refused, ImportRefused, SheetError) as why:
        of.refresh_from_db()
        _end(of, FAILED, str(why))
        work.finish(address=of.get_absolute_url())
        raise jobs.Refused(*why.args) from why
    _end(of, DONE)
    work.finish(address=of.get_absolute_url(), sentence=sentence(of))


def _take_in(of: Import, work: Any) -> None:
    """All that is left to do; begun anew where somebody else was faster with a counterparty or a code."""

    def go() -> None:
        of.refresh_from_db()
        Taking(of, work).go()

    for left in reversed(range(TRIES)):
        try:
            attempt(go)
        except (Stale, IntegrityError):
            if not left:
                raise
        else:
            of.refresh_from_db()
            return


def _end(of: Import, state: str, trouble: str = "") -> None:
    of.state, of.trouble, of.ended_at = state, trouble, timezone.now()
    if extra := _worse(of):
        of.notes = [*of.notes, *noted([extra])]
    attempt(lambda: of.save(update_fields=["state", "trouble", "ended_at", "notes"]))


def _worse(of: Import) -> str:
    """The preview promised more: somebody changed the books or the rights in between."""
    left_out = sum(of.counts.get(each, 0) - of.foreseen.get(each, 0) for each in (REFUSED, CONFLICT))
    if left_out <= 0 or of.state != DONE:
        return ""
    return ngettext(
        "%(number)s row that was good in the preview is left out now.",
        "%(number)s rows that were good in the preview are left out now.",
        left_out,
    ) % {"number": left_out}


def sentence(of: Import) -> str:
    """What came of it, in one line."""
    counts = {each: of.counts.get(each, 0) for each in (NEW, CHANGED, SAME)}
    left_out = of.counts.get(REFUSED, 0) + of.counts.get(CONFLICT, 0)
    told = _("New: %(new)s, changed: %(changed)s, the same: %(same)s, left out: %(left_out)s.")
    return told % {**counts, "left_out": left_out}
