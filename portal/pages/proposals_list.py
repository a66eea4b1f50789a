"""All that clients propose: what waits for an answer of the office, and what was answered."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.columns import Column
from desk.listing import Listing
from desk.pages.addresses import Address
from desk.pages.answers import show
from portal.domain import as_client, proposals
from portal.models.proposal import ACCEPTED, OPEN, REFUSED, WITHDRAWN, states
from portal.pages.proposed_facts import summary

COLORS = {OPEN: "amber", ACCEPTED: "green", REFUSED: "red", WITHDRAWN: "slate"}


class Client(Column):
    """Who proposes; leads to the proposal itself."""

    key, css, fields = "client", "name cut", ("counterparty_id",)

    def __init__(self, decision: Any) -> None:
        self.title, self._decision = _("Client"), decision
        self._names: dict[int, str] = {}

    def prepare(self, records: Sequence[Any]) -> None:
        ids = {each.counterparty_id for each in records}
        seen = self._decision.counterparties("view").filter(pk__in=ids)
        self._names = dict(seen.values_list("pk", "name")) if ids else {}

    def value(self, record: Any) -> str:
        return self._names.get(record.counterparty_id, "")

    def html(self, record: Any) -> str:
        return f'<a href="/proposals/{record.pk}/">{escape(self.value(record))}</a>'


class Facts(Column):
    """What of his contact data he would have changed."""

    key, css = "facts", "long cut"

    def __init__(self) -> None:
        self.title = _("What")
        self._facts: dict[int, list[str]] = {}

    def prepare(self, records: Sequence[Any]) -> None:
        self._facts = proposals.facts_of(records)

    def value(self, record: Any) -> str:
        return summary(self._facts.get(record.pk, ()))

    def html(self, record: Any) -> str:
        return f"<span>{escape(self.value(record))}</span>"


class Moment(Column):
    """When, with the time of day."""

    css = "date"

    def __init__(self, key: str, title: str, *, sorts: bool = False) -> None:
        self.key, self.title, self.fields, self.order_by = key, title, (key,), (key,) if sorts else ()

    def value(self, record: Any) -> Any:
        return getattr(record, self.key)

    def html(self, record: Any) -> str:
        said = self.value(record)
        return escape(date_format(localtime(said), "SHORT_DATETIME_FORMAT")) if said else ""


class State(Column):
    key, css, fields = "state", "state-cell", ("state",)

    def __init__(self) -> None:
        self.title, self._words = _("State"), dict(states())

    def value(self, record: Any) -> str:
        return capfirst(str(self._words[record.state]))

    def html(self, record: Any) -> str:
        return state_html(record.state, self.value(record))


def state_html(state: str, word: str) -> str:
    return format_html('<span class="state s-{}">{}</span>', COLORS[state], word)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What the reader may see of it; the newest first."""
    decision = request.decision
    if not as_client.knows_clients(decision):
        return show(request, "portal/proposals.html", sees_nothing=True)
    is_answered = request.GET.get("state") == "answered"
    found = proposals.seen_by(decision)
    sent = Moment("at", _("Proposed"), sorts=True)
    answered = [Moment("answered_at", _("Answered"))] if is_answered else []
    listing = Listing(
        found.exclude(state=OPEN) if is_answered else found.filter(state=OPEN),
        [Client(decision), Facts(), sent, State(), *answered],
        Address(request.path, [("state", "answered")] if is_answered else []),
        order=sent,
        descending=True,
        size=decision.user.rows,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        count=request.GET.get("count", ""),
        label=_("Proposals"),
    )
    tabs = [
        {"label": _("Waiting for an answer"), "url": request.path, "count": None, "is_current": not is_answered},
        {"label": _("Answered"), "url": f"{request.path}?state=answered", "count": None, "is_current": is_answered},
    ]
    return show(request, "portal/proposals.html", listing=listing, tabs=tabs, notes=listing.notes)
