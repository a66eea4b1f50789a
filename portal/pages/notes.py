"""What colleagues wrote for a client to read."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from counterparties.models import Note
from desk.pages.portion import Portion
from portal.pages.gate import for_the_client
from portal.pages.room import page


@for_the_client
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """Those meant for him; pinned ones first."""
    meant = Note.objects.filter(counterparty=request.access.counterparty_id, audience="client")
    portion = Portion(request, meant.select_related("author"))
    return page(request, "portal/notes.html", "portal-notes", portion=portion)
