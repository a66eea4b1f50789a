"""One job: how far it is, what came of it or why it failed; stopped and tried again by its owner."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from desk.pages.answers import done, show
from exchange.domain import jobs
from exchange.domain.jobs import news
from exchange.models import Job
from exchange.models.job import FAILED, WAITING

from .jobs import LIST, nobody_works, seen_by
from .jobs_columns import state_html
from .jobs_words import how_far, percent, sort_words


@require_safe
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole job; to whoever may not see it there is none."""
    found = _asked(request, pk)
    is_mine = found.owner_id == request.decision.user.pk
    if is_mine and found.is_over and not request.looking:
        news.seen(request.user)
    return show(
        request,
        "exchange/job.html",
        job=found,
        sort=sort_words(found),
        state=state_html(found),
        may_stop=not found.is_over and not found.cancel_asked_at,
        may_retry=found.state == FAILED,
        nobody_works=not found.is_over and nobody_works(),
        file=found.file if is_mine else None,
        crumbs=[(_("Jobs"), LIST), (found.what_about, None)],
        **progress_of(found),
    )


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """For our own script: how far it is now."""
    found = _asked(request, pk)
    return JsonResponse({"state": found.state, "percent": percent(found), "words": how_far(found)})


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it: at once while it waits, else as soon as its present chunk is done."""
    found = _asked(request, pk)
    if not jobs.cancel(found):
        return done(request, found.get_absolute_url(), _("It was over already."))
    found.refresh_from_db()
    message = _("It was cancelled.") if found.is_over else _("It stops as soon as its present step is done.")
    return done(request, found.get_absolute_url(), message)


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a job that failed be tried again."""
    found = _asked(request, pk)
    message = _("It is tried again.") if jobs.retry(found) else _("Nothing was to be done: it did not fail.")
    return done(request, found.get_absolute_url(), message)


def progress_of(job: Job) -> dict[str, Any]:
    """What ``exchange/job_progress.html`` shows, on any page that waits for a job."""
    return {
        "progress": {
            "url": f"{job.get_absolute_url()}progress/",
            "state": job.state,
            "is_waiting": job.state == WAITING,
            "is_stopping": bool(job.cancel_asked_at),
            "is_over": job.is_over,
            "percent": percent(job),
            "words": how_far(job),
        }
    }


def _asked(request: HttpRequest, pk: int) -> Job:
    found: Job = get_object_or_404(seen_by(request.decision).select_related("owner", "file"), pk=pk)
    return found
