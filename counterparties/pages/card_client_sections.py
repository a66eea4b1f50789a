"""What the card asks of clients, among it the addresses of everybody; to those who may only read it, what it says."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from counterparties.domain import clients

from . import facts
from .card_client_fields import NOTE
from .card_form import CardForm
from .card_section import Section, Told


def client_sections(card: CardForm) -> list[Section]:
    """In the order of the page; the addresses alone for who is no client, or may not be seen as one."""
    if card.client.is_asked:
        return _asked(card)
    told = _told(card, *facts.CLIENT) if card.client.is_told else []
    client = [Section("client", _("Client details"), _("Not yours to change."), told=told)] if told else []
    return [*client, *_places(card, folded=True)]


def _places(card: CardForm, *, folded: bool) -> list[Section]:
    """Of a client they are asked openly; of others few are noted, so empty ones are folded."""
    titles = {"company": _("Company address"), "delivery": _("Delivery address")}
    return [
        Section(
            f"{kind}-address",
            title,
            "",
            [card[name] for name in card.places.fields_at(kind)],
            is_folded=folded and card.places.is_empty(kind),
        )
        for kind, title in titles.items()
    ]


def _asked(card: CardForm) -> list[Section]:
    about = [
        ("client", _("Client details"), "", [*clients.PERSONAL, "language", "category", "subcategory", "picture"]),
        ("client-company", _("Company"), "", ["company_name", "tax_name", "office_phone", "logo"]),
    ]
    invoices = [
        ("e-invoice", _("E-invoice"), "", ["electronic_address_scheme", "electronic_address"]),
    ]

    def sections_of(parts: list[Any]) -> list[Section]:
        return [Section(id_, title, hint, [card[name] for name in names]) for id_, title, hint, names in parts]

    found = [*sections_of(about), *_places(card, folded=False), *sections_of(invoices)]
    _hint(card, "electronic_address", card.client.suggestion())
    return [*found, *_settings(card), Section("client-note", _("Note"), "", [card[NOTE]])]


def _settings(card: CardForm) -> list[Section]:
    """For whoever has the right *settings*; to others what is set."""
    title = _("Settings of the client")
    if card.client.has_settings:
        return [Section("client-settings", title, "", [card[name] for name in clients.SETTINGS])]
    told = _told(card, *facts.CLIENT_SETTINGS)
    return [Section("client-settings", title, _("Not yours to change."), told=told)] if told else []


def _told(card: CardForm, *names: str) -> list[Told]:
    words = facts.client_words(card.client.stored)
    return [Told(facts.client_label(name), words[name], "") for name in names if words.get(name)]


def _hint(card: CardForm, name: str, words: str) -> None:
    """Said below a field, before what stands there anyway."""
    if words:
        card[name].help_text = format_html("{} {}", words, card[name].help_text)
