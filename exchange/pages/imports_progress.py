"""A preview or a run that is under way: how far it is, and the way to stop it."""

from django.http import HttpRequest, HttpResponse

from desk.pages.answers import show
from exchange.models import Import, Job
from exchange.models.importing import RUNNING

from .imports_frame import frame
from .jobs import nobody_works
from .jobs_one import progress_of


def progress(request: HttpRequest, of: Import, job: Job) -> HttpResponse:
    """The page may be left: the work goes on behind it."""
    return show(
        request,
        "exchange/import_progress.html",
        is_run=of.state == RUNNING,
        nobody_works=nobody_works(),
        **progress_of(job),
        **frame(request, of),
    )
