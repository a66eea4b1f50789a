"""What an import would do, row by row, and the question whether it shall."""

from django.http import HttpRequest, HttpResponse

from desk.pages.answers import show
from exchange.models import Import
from exchange.models.importing import CHANGED, CONFLICT, NEW, REFUSED

from . import imports_words as words
from .imports_frame import frame
from .imports_rows import Rows


def preview(request: HttpRequest, of: Import) -> HttpResponse:
    """Counts that narrow the rows, the rows with from and to, and one button."""
    counts = of.foreseen
    lacking = counts.get(REFUSED, 0) + counts.get(CONFLICT, 0)
    is_stopped = of.is_whole and bool(lacking)
    return show(
        request,
        "exchange/import_preview.html",
        rows=Rows(request, of),
        would_do=words.would_do(of),
        left_out=words.left_out(counts),
        is_stopped=is_stopped,
        is_something=bool(counts.get(NEW) or counts.get(CHANGED)) and not is_stopped,
        has_refused=bool(lacking),
        **frame(request, of),
    )
