"""Changing many counterparties of a list at once: asked for, told before it is done, done."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from counterparties.pages.lists import title
from desk import text
from desk.models import Gone
from desk.pages.answers import done, show
from desk.pages.record_form import looked_at_again
from exchange.domain import bulk as domain
from exchange.domain.change import Change
from exchange.domain.outcome import Outcome
from trail.domain import meanwhile

from .bulk_form import ChangeForm, ReasonForm
from .bulk_words import done_words, fates, hidden, number, told, will_change
from .chosen import Chosen

#: So many of those who were chosen are named on the form.
NAMED = 5
NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "confirmed", "again", "since", "found"}


@dataclass(frozen=True)
class Act:
    """One thing to do with many: the right it asks for, and the change itself where nothing more needs to be said."""

    right: str
    title: Any
    confirm: Any
    change: Change | None = None


ACTS = {
    "change": Act("edit", gettext_lazy("Change many at once"), gettext_lazy("Change %(number)s")),
    "archive": Act(
        "archive", gettext_lazy("Archive many at once"), gettext_lazy("Archive %(number)s"), Change(archives=True)
    ),
    "restore": Act(
        "archive", gettext_lazy("Restore many at once"), gettext_lazy("Restore %(number)s"), Change(archives=False)
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """The first time what would happen is told; confirmed, it is done."""
    act = _act(request)
    request.decision.require_anywhere(act.right)
    chosen = Chosen(request)
    if not chosen.count or chosen.are_too_many:
        return _page(request, "exchange/bulk_nobody.html", act, chosen, most=domain.MOST)
    form = _form(request, act, chosen)
    if request.method == "POST" and "again" not in request.POST and form.is_valid():
        change = act.change or form.change()
        if _is_confirmed(request):
            return _do(request, act, chosen, change, form)
        return _preview(request, act, chosen, form)
    if act.change is None:
        return _page(request, "exchange/bulk.html", act, chosen, form=form, first=chosen.first(NAMED))
    return _preview(request, act, chosen, form)


def _act(request: HttpRequest) -> Act:
    try:
        return ACTS[request.POST.get("act") or request.GET.get("act") or "change"]
    except KeyError:
        raise Http404 from None


def _form(request: HttpRequest, act: Act, chosen: Chosen) -> Any:
    sort = ChangeForm if act.change is None else ReasonForm
    form = sort(request.POST if request.method == "POST" else None, chosen=chosen)
    return form.without_errors() if "again" in request.POST else form


def _is_confirmed(request: HttpRequest) -> bool:
    return request.POST.get("confirmed") == "1"


def _preview(request: HttpRequest, act: Act, chosen: Chosen, form: Any) -> HttpResponse:
    """What would be done to how many, and to whom it would not."""
    change = act.change or form.change()
    since = meanwhile.now()
    outcome = domain.foresee(chosen.ids, change, request.decision)
    outcome.unknown += chosen.unknown
    asks_why = act.change is not None
    return _page(
        request,
        "exchange/bulk_preview.html",
        act,
        chosen,
        form=form,
        asks_why=asks_why,
        told=told(change, request.decision),
        good=will_change(outcome),
        is_something=bool(outcome.changed.count),
        fates=fates(outcome),
        hidden=hidden(outcome),
        sent=[*_sent(request, without="reason" if asks_why else ""), ("since", since), ("found", chosen.count)],
        confirm_label=act.confirm % {"number": number(outcome.changed.count)},
    )


def _sent(request: HttpRequest, without: str) -> list[tuple[str, str]]:
    left_out = NOT_SENT_AGAIN | {without}
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]


def _do(request: HttpRequest, act: Act, chosen: Chosen, change: Change, form: Any) -> HttpResponse:
    since = meanwhile.read(request.POST.get("since", ""))
    try:
        outcome = domain.run(chosen.ids, change, request.decision, by=request.user, reason=form.reason, since=since)
    except Gone:
        # What was to be given was deleted meanwhile; asked of the settings as they stand now, its field says so.
        request.decision = request.decision.anew()
        chosen = Chosen(request)
        form = looked_at_again(_form(request, act, chosen))
        return _page(request, "exchange/bulk.html", act, chosen, form=form, first=chosen.first(NAMED))
    outcome.unknown += chosen.unknown or _left_meanwhile(request, chosen)
    return done(request, chosen.list_url, _words(outcome))


def _left_meanwhile(request: HttpRequest, chosen: Chosen) -> int:
    """How many fewer the list finds than it did in the preview."""
    found = text.number(request.POST.get("found", "")) or 0
    return max(found - chosen.count, 0) if chosen.is_all else 0


def _words(outcome: Outcome) -> str:
    if not outcome.changed.count and not outcome.left_out_count and not outcome.refused_count and not outcome.unknown:
        return _("Nothing was changed.")
    return done_words(outcome)


def _page(request: HttpRequest, template: str, act: Act, chosen: Chosen, **context: Any) -> HttpResponse:
    return show(
        request,
        template,
        title=act.title,
        chosen=chosen,
        notes=chosen.question.notes,
        chips=[(label, words) for label, words, _names in chosen.question.asked.chips()] if chosen.is_all else [],
        cancel_url=chosen.list_url,
        crumbs=[(title(chosen.kind), chosen.list_url), (act.title, None)],
        **context,
    )
