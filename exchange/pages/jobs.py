"""Jobs: what was asked for and goes on behind the pages, or is over."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counterparties.pages.held_list import filters_of
from counterparties.pages.register import MOST_ROWS
from desk.listing import Listing
from desk.pages.addresses import Address
from desk.pages.answers import show
from desk.pages.filters import Asked
from exchange.domain.jobs import news, worker
from exchange.models import Job
from exchange.models.job import RUNNING, WAITING

from .jobs_columns import columns
from .jobs_filters import filters

LIST = "/jobs/"
#: Names that the list itself understands in its address.
OWN_NAMES = ("sort", "after", "before", "count", "filters")


def seen_by(decision: Any) -> QuerySet[Job]:
    """One's own jobs; superusers see everybody's."""
    return Job.objects.all() if decision.is_superuser else Job.objects.filter(owner=decision.user.pk)


class Question:
    """The jobs as one person asks for them."""

    def __init__(self, request: HttpRequest) -> None:
        self.filters = filters(request.decision.is_superuser)
        self.asked = Asked(request.GET, self.filters.get, OWN_NAMES)
        self.records = seen_by(request.decision)
        for condition in self.asked.conditions():
            self.records = self.records.filter(condition)


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    if not request.looking:
        news.seen(request.user)
    question = Question(request)
    listing = listed(question, request)
    return show(
        request,
        "exchange/jobs.html",
        listing=listing,
        notes=question.asked.notes + listing.notes,
        sees_all=request.decision.is_superuser,
        nobody_works=nobody_works(),
        **filters_of(question, request.GET, listing.address),  # type: ignore[arg-type]
    )


def listed(question: Question, request: HttpRequest) -> Listing:
    shown = columns(request.decision.is_superuser)
    is_oldest_first = request.GET.get("sort") == shown["created"].key
    carried = [("filters", "open")] if "filters" in request.GET else []
    if is_oldest_first:
        carried.append(("sort", shown["created"].key))
    listing = Listing(
        question.records,
        list(shown.values()),
        Address(request.path, [*question.asked.pairs, *carried]),
        order=shown["created"],
        descending=not is_oldest_first,
        size=min(max(request.decision.user.rows, 1), MOST_ROWS),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        count=request.GET.get("count", ""),
        label=_("Jobs"),
    )
    address = listing.address
    listing.chips = [(label, words, str(address.without(*names))) for label, words, names in question.asked.chips()]
    listing.clear_url = str(address.without(*question.asked.names))
    return listing


def nobody_works() -> bool:
    """Something waits, and no worker gave a sign of life for a while."""
    return not worker.is_there() and Job.objects.filter(state__in=(WAITING, RUNNING)).exists()
