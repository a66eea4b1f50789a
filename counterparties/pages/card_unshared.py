"""Answers of a card that nobody shares: who else says the same is named at the field, to those who may know of them."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from characteristics.domain import unshared
from characteristics.models import Characteristic
from counterparties.models import Counterparty, Value

from .card_checks import link


def clean(card: Any) -> None:
    """Only what is said anew is looked up: two statements, however much the card asks."""
    said = {each: contents for each in _asked(card) if (contents := _new(card, each))}
    if not said:
        return
    own = card.counterparty.pk if card.counterparty else None
    others = {answer: owners - {own} for answer, owners in unshared.owners(Value, said).items()}
    known = Counterparty.objects.in_bulk({pk for owners in others.values() for pk in owners})
    for each, contents in said.items():
        found = [known[pk] for content in contents for pk in sorted(others.get((each.pk, content), ()))]
        if found:
            card.add_error(each.field_name, _said_by(found[0], card.decision))


def _asked(card: Any) -> Iterable[Characteristic]:
    every = (each.characteristic for each in card.asked)
    return [each for each in every if each.is_unique and each.field_name in card.cleaned_data]


def _new(card: Any, characteristic: Characteristic) -> list[Any]:
    """What was not there before, as it is compared."""
    answer = card.cleaned_data[characteristic.field_name]
    now = answer if isinstance(answer, list) else [] if answer is None else [answer]
    there = {characteristic.type.content(each) for each in card.said.get(characteristic.pk, ())}
    contents = dict.fromkeys(characteristic.type.content(each) for each in now)
    return [each for each in contents if each not in there]


def _said_by(other: Counterparty, decision: Any) -> str:
    if not decision.may("view", other):
        return _("Another counterparty you may not see has this.")
    if other.is_archived:
        words = _("{other}, which is archived, has this already. Open that one, or write another answer.")
    else:
        words = _("{other} has this already. Open that one, or write another answer.")
    return format_html(words, other=link(other))
