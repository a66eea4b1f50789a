"""The page of one counterparty: who it is, and everything known about it under tabs."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from counterparties.models import Counterparty
from counterparties.pages import head
from counterparties.pages.neighbours import carried, walk
from counterparties.pages.way import way
from counterparties.panels import client_details
from desk.pages.answers import show
from desk.panels import SIDE, TAB, Panel, shown

#: Tabs with an address of their own; the others are asked for by ``?tab=``.
ADDRESSES = {"overview": "", "history": "history/"}


@require_safe
def dossier(request: HttpRequest, pk: int, tab: str = "") -> HttpResponse:
    """Whoever may view the counterparty reads here what they may know of it; others do not learn that it exists."""
    decision = request.decision
    rows = head.with_counts(decision.counterparties("view").select_related("status"), decision)
    counterparty = get_object_or_404(rows, pk=pk)
    counterparty.counts = head.counts_of(counterparty)
    counterparty.client_details = client_details(decision, counterparty)
    tabs = shown(request, counterparty, TAB)
    wanted = tab or request.GET.get("tab")
    current = next((each for each in tabs if each.code == wanted), tabs[0])
    walked = walk(request, counterparty)
    cards = shown(request, counterparty, SIDE) if current is tabs[0] else []
    return show(
        request,
        "counterparties/dossier.html",
        counterparty=counterparty,
        crumbs=way(decision, counterparty),
        types=head.type_words(decision, counterparty),
        key_facts=head.key_facts(counterparty),
        holdings=head.holdings(decision, counterparty),
        portrait=head.portrait(counterparty),
        archived_by=head.archived_by(counterparty),
        erasure=head.erasure(counterparty),
        joined=head.joined(decision, counterparty),
        acts=_acts(decision, counterparty),
        walk=walked,
        tabs=[_tab(request, counterparty, each, each is current, carried(walked)) for each in tabs],
        panel=current,
        cards=[{"panel": each, **each.context(request, counterparty)} for each in cards],
        **current.context(request, counterparty),
    )


def _acts(decision: Any, counterparty: Counterparty) -> dict[str, bool]:
    may = {right: decision.may(right, counterparty) for right in ("edit", "archive")}
    return may | {"join": may["edit"] and not counterparty.is_archived and decision.may_anywhere("archive")}


def _tab(
    request: HttpRequest, counterparty: Counterparty, panel: Panel, is_current: bool, kept: dict[str, str]
) -> dict[str, Any]:
    own = ADDRESSES.get(panel.code)
    asked = kept if own is not None else {"tab": panel.code, **kept}
    return {
        "label": panel.label,
        "url": counterparty.get_absolute_url() + (own or "") + (f"?{urlencode(asked)}" if asked else ""),
        "count": panel.count(request, counterparty),
        "is_current": is_current,
    }
