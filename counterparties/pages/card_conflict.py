"""Two people saved one card: both versions side by side, field by field, and the card again with everything typed."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from characteristics.pages import parts
from counterparties.domain import earlier, identifiers
from counterparties.models import Counterparty, Status
from desk import places
from desk.pages.answers import show

from .card_fields import FACTS
from .card_form import CardForm
from .card_sections import sections

TEMPLATE = "counterparties/card_conflict.html"


@dataclass(frozen=True)
class Row:
    """One fact in three versions."""

    name: str
    label: str
    was: str
    theirs: str
    mine: str
    is_mine: bool  # the user changed it
    is_clash: bool  # and so did somebody else


def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """The stale card: what only they changed is taken over, what the user typed stays, and nothing is saved yet."""
    # The other save may have made a combination of types that this request's decisions have not read.
    decision = request.decision.__class__(request.user)
    counterparty = get_object_or_404(decision.counterparties("view").select_related("status"), pk=pk)
    decision.require("edit", counterparty)
    mine = CardForm(request.POST, request.FILES, decision=decision, counterparty=counterparty)
    rows = _rows(mine, counterparty)
    merged = request.POST.copy()
    merged["version"], merged["opened"] = str(counterparty.version), timezone.now().isoformat()
    merged.setlist("theirs", [row.name for row in rows if not row.is_mine])
    card = CardForm(merged, request.FILES, decision=decision, counterparty=counterparty)
    last = earlier.last_operation(counterparty)
    return show(
        request,
        TEMPLATE,
        status=409,
        form=card,
        card=card,
        title=counterparty.name,
        rows=rows,
        who=str(last.user) if last and last.user else _("Somebody"),
        at=last.at if last else None,
        cancel_url=counterparty.get_absolute_url(),
        **sections(card),
    )


def _rows(mine: CardForm, counterparty: Counterparty) -> list[Row]:
    """What differs between the stored card and the typed one, fact by fact."""
    mine.is_valid()
    stored = {name: mine[name].initial for name in _names(mine)}
    was = _as_opened(mine, counterparty)
    rows = []
    for name, value in stored.items():
        theirs, typed = _words(mine, name, value), _typed(mine, name)
        before = _words(mine, name, was[name]) if name in was else None
        if typed == theirs:
            continue
        is_mine = typed != before
        is_clash = is_mine and theirs != before
        rows.append(Row(name, capfirst(str(mine.fields[name].label)), before or "", theirs, typed, is_mine, is_clash))
    return rows


def _names(card: CardForm) -> list[str]:
    return [
        "types",
        *FACTS,
        *card.client.names,
        *card.places.fields,
        *(each.characteristic.field_name for each in card.asked),
    ]


def _as_opened(card: CardForm, counterparty: Counterparty) -> dict[str, Any]:
    """The values the card showed when it was opened; nothing when it does not say when that was."""
    if card.opened_at is None or (facts := earlier.facts_at(counterparty, card.opened_at)) is None:
        return {}
    asked = [each.characteristic for each in card.asked]
    said = earlier.answers_at(counterparty, asked, card.opened_at, card.decision)
    was: dict[str, Any] = {fact: getattr(facts, fact) for fact in FACTS if fact != "status"}
    was["status"] = next((each for each in card.fields["status"].known if each.pk == facts.status_id), None)
    ids = card.decision.type_sets.get(facts.type_set_id, frozenset()) & card.offered.seen
    was["types"] = [each for each in card.offered.tree.types if each.pk in ids]
    if card.client.is_asked:
        was |= card.client.as_opened(card.opened_at)
    was |= card.places.as_opened(card.opened_at)
    for each in asked:
        found = said.get(each.pk, [])
        was[each.field_name] = found if each.is_multiple else found[0] if found else None
    return was


def _typed(card: CardForm, name: str) -> str:
    """What was typed, in words; as it was typed where it cannot be read."""
    if name in card.cleaned_data:
        value = card.cleaned_data[name]
        if name == "types":
            value = [each for each in value if each.pk in card.offered.seen]
        return _words(card, name, value)
    sent = card[name].data
    if isinstance(sent, list):
        return ", ".join(each for each in sent if each and isinstance(each, str))
    return str(sent or "")


def _words(card: CardForm, name: str, value: Any) -> str:
    """A value as people read it, for two versions to be compared."""
    if value is None or value == "" or value == []:
        return ""
    by_name = {each.characteristic.field_name: each.characteristic for each in card.asked}
    if name in by_name:
        return parts.words(by_name[name], value if isinstance(value, list) else [value])
    if name in card.client.fields:
        return card.client.words(name, value)
    if name in card.places.fields:
        return card.places.words(name, value)
    if name == "types":
        return ", ".join(each.label for each in value)
    if name == "is_person":
        return _("Individual") if value else _("Legal entity")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Status):
        return value.label
    if name == "mobile":
        return identifiers.show_phone(value, "")
    return places.country_name(value) if name == "country" else str(value)
