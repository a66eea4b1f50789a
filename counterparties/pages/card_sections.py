"""The card in sections: what every counterparty has, and what its types ask for, each under the type it comes from."""

from dataclasses import replace
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from characteristics.pages import parts
from counterparties.domain.inheritance import Inherited
from counterparties.models import CounterpartyType

from .card_client_sections import client_sections
from .card_form import CardForm
from .card_section import Section, Told


def sections(card: CardForm) -> dict[str, Any]:
    """All sections: those ``before`` the characteristics, those the types have ``asked`` for, those ``after``."""
    hint = ""
    if card.offered.has_foreign:
        hint = (
            _("Greyed types are not yours to change.") if card.counterparty else _("Greyed types are not yours to add.")
        )
    before = [
        Section("types", _("Types and status"), hint, _bound(card, "types", "status")),
        Section(
            "who",
            _("Who it is"),
            "",
            _bound(card, "is_person", "country", "is_vat_registered", "is_foreign", "name", "alias")
            + _bound(card, "registration_number", "vat_number", "code"),
        ),
        Section("contact", _("Contact"), "", _bound(card, "email", "website", "phone", "mobile")),
    ]
    after = [Section("notes", _("Comment"), "", _bound(card, "comment", *(["reason"] if card.counterparty else [])))]
    return {"before": before, "asked": [*client_sections(card), *_asked(card)], "after": after}


def _bound(card: CardForm, *names: str) -> list[BoundField]:
    return [card[name] for name in names]


def _asked(card: CardForm) -> list[Section]:
    """One section for each type that asks for something, in the order of settings."""
    found: dict[int, Section] = {}

    def section_of(inherited: Inherited) -> Section:
        origin = _origin(card, inherited)
        hint = "" if origin in card.types else _("Inherited by its subtypes.")
        return found.setdefault(origin.pk, Section(f"type-{origin.code}", card.offered.path(origin), hint))

    for each in card.asked:
        section_of(each).fields.append(card[each.characteristic.field_name])
    for each in card.told:
        section_of(each).told.append(_told(card, each))
    for section in found.values():
        _say_once(section)
    return list(found.values())


def _say_once(section: Section) -> None:
    """Where nothing is asked and all is told for one reason, the section says it, not every answer."""
    reasons = {told.why for told in section.told}
    if not section.fields and len(reasons) == 1:
        section.hint = " ".join(filter(None, [section.hint, *reasons]))
        section.told = [replace(told, why="") for told in section.told]


def _origin(card: CardForm, inherited: Inherited) -> CounterpartyType:
    """The type a characteristic comes from, or, where the user may not see that one, the type that inherits it."""
    if inherited.type.pk in card.offered.seen:
        return inherited.type
    carriers = card.offered.tree.carriers(inherited.characteristic)
    return next(each for each in card.types if each.pk in carriers and each.pk in card.offered.seen)


def _told(card: CardForm, inherited: Inherited) -> Told:
    characteristic = inherited.characteristic
    why = _("Stopped: kept as it is.") if characteristic.is_stopped else _("Not yours to change.")
    html = parts.shown(characteristic, card.said[characteristic.pk])
    return Told(parts.title(characteristic), html, why)
