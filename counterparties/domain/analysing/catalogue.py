"""By what a list may be parted and what may be told of its parts, as far as one reader may see it."""

from typing import Any

from django.utils import timezone

from characteristics.domain import nomenclatures
from characteristics.models import Characteristic

from .cuts import Cut
from .facts import of_clients, of_everybody
from .measures import TOLD, Measure, OfNumber, of_contracts
from .said import BY_SAID
from .stretches import ByCreated, ByDay, ByNumber, endings


def facts(question: Any) -> list[Cut]:
    """The built-in ones of a list."""
    found = of_everybody(question.decision)
    if question.kind and question.kind.is_client:
        found += of_clients()
    return [*found, *map(ByCreated, endings())]


def characteristics(question: Any) -> list[Cut]:
    """Those that the reader may see somewhere in this list; texts and files part nothing."""
    seen = _seen(question)
    nomenclatures.read([each.nomenclature for each in seen if each.nomenclature_id])
    return [cut for each in seen for cut in _cuts_of(each, question.scope)]


def _cuts_of(characteristic: Characteristic, scope: Any) -> list[Cut]:
    into = characteristic.type.parts_into
    if into == "periods":
        return [ByDay(characteristic, scope, each) for each in endings()]
    made = {"ranges": ByNumber, **BY_SAID}.get(into)
    return [made(characteristic, scope)] if made else []


def measures(question: Any) -> list[Measure]:
    """A characteristic of several values tells more than one number of somebody, so it is not added up."""
    numbers = [each for each in _seen(question) if each.type.is_added_up and not each.is_multiple]
    told = [OfNumber(each, question.scope, way) for each in numbers for way in TOLD]
    return [Measure(), *told, *of_contracts(timezone.localdate())]


def _seen(question: Any) -> list[Characteristic]:
    return [each for each in question.characteristics if question.scope.carrying(each)]
