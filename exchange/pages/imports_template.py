"""The template of a type, to be filled in and imported."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from counterparties.models import CounterpartyType
from desk.pages.acts import takes_along
from desk.sheets import XLSX_CONTENT_TYPE
from exchange.domain.template import columns
from exchange.domain.template_book import book


@takes_along
@require_safe
def template(request: HttpRequest, code: str) -> HttpResponse:
    """Heads, drop-downs and an example row of one type, for whoever may add such counterparties or edit them."""
    counterparty_type = get_object_or_404(CounterpartyType, code=code)
    decision = request.decision
    if not decision.may("view", counterparty_type) or counterparty_type.is_stopped:
        raise Http404
    if not decision.may("edit", counterparty_type):
        decision.require("add", counterparty_type)
    content = book(counterparty_type.label, columns(counterparty_type, decision))
    response = HttpResponse(content, content_type=XLSX_CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{code}.xlsx"'
    return response
