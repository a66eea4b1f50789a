"""What left the house: the receipts of all sheets, or one's own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counterparties.pages.held_list import filters_of
from counterparties.pages.register import MOST_ROWS
from desk.listing import Listing
from desk.pages.addresses import Address
from desk.pages.answers import show
from desk.pages.filters import Asked
from exchange.domain import exports as domain
from exchange.models import Export

from .asked_by import NAMES
from .exports_columns import COLOURS, columns
from .exports_filters import filters

#: Names that the list itself understands in its address.
OWN_NAMES = ("after", "before", "count", "filters")


class Question:
    """The receipts as one person asks for them; what they may not see is not among them."""

    def __init__(self, request: HttpRequest) -> None:
        self.filters = filters(request.decision)
        self.asked = Asked(request.GET, lambda name: self.filters.get(NAMES.get(name, name)), OWN_NAMES)
        self.records = domain.seen_by(request.decision)
        for condition in self.asked.conditions():
            self.records = self.records.filter(condition)


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """The newest first. Those who manage the settings see everybody's receipts, everybody else their own."""
    question = Question(request)
    listing = listed(question, request)
    return show(
        request,
        "exchange/exports.html",
        listing=listing,
        notes=question.asked.notes + listing.notes,
        sees_all=request.decision.may_manage_settings,
        **filters_of(question, request.GET, listing.address),  # type: ignore[arg-type]
    )


def listed(question: Question, request: HttpRequest) -> Listing:
    shown = columns()
    carried = [("filters", "open")] if "filters" in request.GET else []
    listing = Listing(
        question.records,
        shown,
        Address(request.path, [*question.asked.pairs, *carried]),
        order=shown[0],
        descending=True,
        size=min(max(request.decision.user.rows, 1), MOST_ROWS),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        count=request.GET.get("count", ""),
        label=_("Receipts"),
    )
    address = listing.address
    listing.chips = [(label, words, str(address.without(*names))) for label, words, names in question.asked.chips()]
    listing.clear_url = str(address.without(*question.asked.names))
    return listing


@require_safe
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole receipt; to whoever may not see it there is none."""
    rows = domain.seen_by(request.decision).select_related("user", "job__file")
    found: Export = get_object_or_404(rows, pk=pk)
    return show(
        request,
        "exchange/export.html",
        export=found,
        colour=COLOURS[found.state],
        file=_file(found, request.decision),
        crumbs=[(_("Exports"), "/exports/"), (str(found), None)],
    )


def _file(found: Export, decision: Any) -> Any:
    """The file itself, while it is kept, for whoever asked for it."""
    return found.job.file if found.job and found.job.owner_id == decision.user.pk else None
