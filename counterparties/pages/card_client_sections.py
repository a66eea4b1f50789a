"""The sections of the card that only clients have; to those who may only read them, what they say."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from counterparties.domain import clients

from . import facts
from .card_client_fields import NOTE
from .card_form import CardForm
from .card_places import SAME, name_of
from .card_section import Section, Told


def client_sections(card: CardForm) -> list[Section]:
    """In the order of the page; nothing for who is no client, or may not be seen as one."""
    if card.client.is_asked:
        return _asked(card)
    if card.client.is_told and (told := _told(card, *facts.CLIENT)):
        return [Section("client", _("Client details"), _("Not yours to change."), told=told)]
    return []


def _asked(card: CardForm) -> list[Section]:
    company, delivery = ([name_of(kind, name) for name in clients.PLACE] for kind in clients.PLACES)
    parts = [
        ("client", _("Client details"), "", [*clients.PERSONAL, "language", "category", "subcategory", "picture"]),
        ("client-company", _("Company"), "", ["company_name", "tax_name", "office_phone", "logo"]),
        ("company-address", _("Company address"), "", company),
        ("delivery-address", _("Delivery address"), "", [SAME, *delivery]),
        ("e-invoice", _("E-invoice"), "", ["electronic_address_scheme", "electronic_address"]),
    ]
    found = [Section(id_, title, hint, [card[name] for name in names]) for id_, title, hint, names in parts]
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
