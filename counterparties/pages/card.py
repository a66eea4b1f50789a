"""The card: adding a counterparty and editing one."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from counterparties.domain import keeping
from counterparties.models import Counterparty, CounterpartyType
from desk.models import Stale
from desk.pages.answers import done, show, tell

from .alike import likenesses, tell_likenesses
from .card_conflict import conflict
from .card_form import CardForm
from .card_sections import sections
from .way import way

TEMPLATE = "counterparties/card.html"
#: So many seconds a card that was saved is known again.
SENT_TWICE_WITHIN = 600


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new counterparty; its types are ticked from where one came."""
    decision = request.decision
    decision.require_anywhere("add")
    ticked = _asked_for(request)
    card = CardForm(*sent(request), decision=decision, ticked=ticked)
    if card.is_bound and not card.is_reload and card.is_valid():
        try:
            made = card.add()
        except ValidationError as error:
            card.add_error(None, error)
        except keeping.Taken:
            card = _looked_at_again(request, card)
        else:
            said = _("“%(name)s” is added under the code %(code)s.") % {"name": made.name, "code": made.code}
            return saved(request, card, made, said)
    title, home, way_back = _place(card)
    return _page(request, card, title, crumbs=[(home, way_back), (title, None)], cancel_url=way_back)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A counterparty's card; what the user may not change stays as it is."""
    decision = request.decision
    counterparty = get_object_or_404(decision.counterparties("view").select_related("status", "type_set"), pk=pk)
    decision.require("edit", counterparty)
    card = CardForm(*sent(request), decision=decision, counterparty=counterparty)
    if card.is_bound and not card.is_reload:
        is_stale = card.seen.isdecimal() and card.seen != str(counterparty.version)
        if card.is_valid():
            try:
                kept = card.keep(counterparty)
            except Stale as stale:
                is_stale = True
                if isinstance(stale, keeping.Repeated) and _is_sent_twice(request, card):
                    return saved(request, card, counterparty, _("Nothing was changed."))
            except ValidationError as error:
                card.add_error(None, error)
            except keeping.Taken:
                card = _looked_at_again(request, card)
            else:
                if kept:
                    cache.set(_sending(request, card), True, SENT_TWICE_WITHIN)
                said = _("“%(name)s” is saved.") % {"name": kept.name} if kept else _("Nothing was changed.")
                return saved(request, card, kept or counterparty, said)
        if is_stale:
            return conflict(request, pk)
    here = counterparty.get_absolute_url()
    crumbs = way(decision, counterparty, (_("Card"), None))
    may_archive = decision.may("archive", counterparty)
    return _page(request, card, counterparty.name, crumbs=crumbs, cancel_url=here, may_archive=may_archive)


def _is_sent_twice(request: HttpRequest, card: CardForm) -> bool:
    """Was this very card saved a moment ago, by a second click or by sending the page again?"""
    return card.opened_at is not None and cache.get(_sending(request, card), False)


def _sending(request: HttpRequest, card: CardForm) -> str:
    """One opening of one card by one user."""
    opened = card.opened_at.timestamp() if card.opened_at else ""
    return f"card-{card.counterparty and card.counterparty.pk}-{card.seen}-{request.user.pk}-{opened}"


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was typed and what was brought."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _asked_for(request: HttpRequest) -> list[CounterpartyType]:
    """The types named in the address, as far as the user may add to them."""
    decision = request.decision
    mine = {each.code: each for each in decision.types("add") if not each.is_stopped}
    codes = [code.strip().lower() for code in request.GET.getlist("type")]
    unknown = [code for code in codes if code not in mine]
    if unknown and request.method != "POST":
        words = _("There is no type “%(code)s” that you may add counterparties to. Tick one below.")
        messages.warning(request, words % {"code": unknown[0][:40]})
    return [each for code, each in mine.items() if code in codes]


def _place(card: CardForm) -> tuple[str, str, str]:
    """Title of a new card, and the list it will stand in: that of its kind, or all when there is not just one."""
    kinds = {each.kind for each in card.types}
    if len(kinds) != 1:
        return _("New counterparty"), _("Counterparties"), _register()
    kind = kinds.pop()
    return str(kind.new_words), str(kind.plural), reverse(f"{kind.code}-list")


def _looked_at_again(request: HttpRequest, card: CardForm) -> CardForm:
    """Checked once more after somebody was faster: now the check sees them, and says so at the field."""
    request.decision = request.decision.anew()
    again = CardForm(request.POST, request.FILES, decision=request.decision, counterparty=card.counterparty)
    if again.is_valid():
        again.add_error(None, _("Somebody was saving at the same moment. Nothing is saved yet; save once more."))
    return again


def saved(
    request: HttpRequest, card: CardForm, counterparty: Counterparty, said: str, another: str = ""
) -> HttpResponse:
    """On to the dossier, or to the next card; likenesses are told on the way and stop nobody."""
    tell(request, said)
    if news := card.client.log_in_news():
        messages.info(request, news)
    for sentence in [*card.client.warnings(), *likenesses(card, counterparty.pk, counterparty).values()]:
        messages.warning(request, sentence)
    if "another" in request.POST:
        mine = [each.code for each in card.types if each.pk in card.offered.mine]
        return done(request, another or f"{reverse('card-new')}?{urlencode({'type': mine}, doseq=True)}")
    # Clearing the last type one may see takes the counterparty out of one's sight.
    is_in_sight = any(each.pk in card.offered.seen for each in card.types)
    return done(request, counterparty.get_absolute_url() if is_in_sight else _register())


def _register() -> str:
    return reverse("register")


def _page(request: HttpRequest, card: CardForm, title: str, **context: Any) -> HttpResponse:
    tell_likenesses(card)
    return show(request, TEMPLATE, **context, **sections(card), form=card, card=card, title=title)
