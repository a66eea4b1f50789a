"""The documents that the office shares with a client."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from counterparties.models import Document
from desk.pages.portion import Portion
from files.pages.links import named
from portal.pages.gate import for_the_client
from portal.pages.room import page


@for_the_client
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    shared = Document.objects.current().filter(counterparty=request.access.counterparty_id, is_shared=True)
    portion = Portion(request, shared.select_related("file"))
    rows = [{"document": each, "file": named(each.file)} for each in portion.rows]
    return page(request, "portal/documents.html", "portal-documents", rows=rows, portion=portion)
