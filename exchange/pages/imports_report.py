"""What an import did: how many rows, which of them, and the ways on from here."""

from django.http import HttpRequest, HttpResponse

from desk.pages.answers import show
from exchange.domain import importing
from exchange.models import Import
from exchange.models.importing import CANCELLED, CONFLICT, DONE, REFUSED

from . import imports_words as words
from .imports_frame import frame
from .imports_rows import Rows


def report(request: HttpRequest, of: Import) -> HttpResponse:
    """Done, cancelled or failed: what stays, how it is taken back, and what of it may be gone on with."""
    counts, rows = of.counts, Rows(request, of)
    return show(
        request,
        "exchange/import_report.html",
        rows=rows,
        did=words.did(of),
        left_out=words.left_out(counts),
        is_done=of.state == DONE,
        is_cancelled=of.state == CANCELLED,
        taken_back=of.operation.undone_by.first() if of.operation else None,
        may_go_on=of.user_id == request.user.pk and importing.may_go_on(of),
        has_refused=bool(rows.portion.total or counts.get(REFUSED) or counts.get(CONFLICT)),
        **frame(request, of),
    )
