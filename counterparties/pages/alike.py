"""Is it in our books already? Told beside the fields while one types, and after a card was saved; it stops nobody."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counterparties.domain import duplicates
from counterparties.domain.identifiers import electronic
from counterparties.models import Counterparty
from desk import text

from .bank_account_words import same_elsewhere
from .card_checks import link

LIKE = {
    "name": lambda: _("Nearly the same name: {others}."),
    "email": lambda: _("The same e-mail: {others}."),
    "phone": lambda: _("The same phone: {others}."),
    "mobile": lambda: _("The same mobile: {others}."),
    "vat_number": lambda: _("The same VAT number: {others}."),
    "registration_number": lambda: _("The same company number: {others}. It cannot be saved twice."),
}
#: What an electronic address is made of, besides the country.
NUMBERS = ("registration_number", "vat_number")
#: No fact is longer.
LONGEST = 300


@require_safe
def alike(request: HttpRequest) -> JsonResponse:
    """For a card that is being filled in: a sentence for each fact that somebody whom the user may view has too.

    ``but``: the counterparty whose card it is; whoever may edit it asks about the ``number`` of an account.
    The numbers suggest an electronic address besides.
    """
    asked = {name: text.clean(str(said).replace("\x00", ""))[:LONGEST] for name, said in request.GET.items()}
    facts = {name: asked[name] for name in LIKE if asked.get(name)}
    but = text.number(asked.get("but", ""))
    others = request.decision.counterparties("view")
    found = duplicates.alike(facts, others, but)
    if number := facts.get("registration_number"):
        holder = duplicates.holder_of_number(number, asked.get("country", "").upper(), but)
        if holder and request.decision.may("view", holder):
            found["registration_number"] = [holder]
    sentences = _sentences(found)
    if "number" in asked and request.decision.may("edit", get_object_or_404(others, pk=but)):
        sentences["number"] = same_elsewhere(asked["number"], but, request.decision)
    return JsonResponse({"found": sentences, "suggested": suggested(asked)})


def likenesses(card: Any, but: int | None, saved: Counterparty | None = None) -> dict[str, str]:
    """The same for a card that was sent: of a new one all facts, else those changed.

    One that is ``saved`` may be joined with those it is like, by whoever may do so.
    """
    changed = {name for name in card.changed_data if name in card.cleaned_data}
    facts = {name: card.cleaned_data[name] for name in changed & set(LIKE)}
    found = duplicates.alike(facts, card.decision.counterparties("view"), but)
    if saved is None or not card.decision.may("edit", saved):
        return _sentences(found)
    return _sentences(found, lambda other: _join_link(card.decision, saved, other))


def tell_likenesses(card: Any) -> None:
    """Beside the fields of a card that was sent and is shown again."""
    if card.is_bound and not card.is_reload:
        for fact, sentence in likenesses(card, card.counterparty.pk if card.counterparty else None).items():
            card[fact].help_text = format_html("{} {}", sentence, card[fact].help_text)


def _sentences(found: dict[str, list[Any]], after: Callable[[Any], str] = lambda other: "") -> dict[str, str]:
    """With links to those that are meant, and what may be done with each ``after`` it."""
    return {
        fact: format_html(
            LIKE[fact](), others=format_html_join(", ", "{}{}", ((link(each), after(each)) for each in others))
        )
        for fact, others in found.items()
    }


def _join_link(decision: Any, saved: Counterparty, other: Counterparty) -> str:
    """*— join them*: the one that was there before stays, whose history is the longer one."""
    may = not other.is_archived and decision.may("edit", other) and decision.may("archive", saved)
    if not may:
        return ""
    address = f"{reverse('counterparty-join', args=[other.pk])}?with={saved.pk}"
    return format_html(' — <a href="{}">{}</a>', address, _("join them"))


def suggested(facts: dict[str, str]) -> SafeString | str:
    """*Suggested: 9926 · BG175074752*, with a button where scripts work; nothing where the numbers make none."""
    country, numbers = facts.get("country", "").strip().upper(), {name: facts.get(name, "").strip() for name in NUMBERS}
    found = electronic.suggested(country=country, **numbers) if country else None
    if found is None:
        return ""
    scheme, address = found
    return format_html(
        '{} <button class="btn btn-s" type="button" hidden data-scheme="{}" data-address="{}">{}</button>',
        format_html(_("Suggested: {scheme} · {address}"), scheme=scheme, address=address),
        scheme,
        address,
        _("Take it"),
    )
