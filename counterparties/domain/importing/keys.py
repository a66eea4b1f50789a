"""Which counterparty a row means: by its code, its company number, its e-mail or a characteristic."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models.functions import Lower

from characteristics.models import Characteristic
from characteristics.models.value import SORTED_LENGTH as SORTED_TEXT
from counterparties.models import Counterparty, Value
from counterparties.models.counterparty import SORTED_LENGTH, registration_key
from desk import text

from .plan import Draft, Plan

#: Ids of the counterparties that bear a key.
Found = dict[str, list[int]]


def number_of(draft: Draft) -> str:
    """Under what the row's company number is unique, if it has one."""
    number = draft.facts.get("registration_number") or ""
    return registration_key(number, draft.facts.get("country") or "")


def name_of(draft: Draft) -> str:
    return text.key(draft.facts.get("name") or "")[:SORTED_LENGTH]


def key_of(plan: Plan) -> Callable[[Draft], str]:
    """How a row says its key."""
    if plan.key == "code":
        return lambda draft: text.key(draft.facts.get("code") or "")
    if plan.key == "registration_number":
        return number_of
    if plan.key == "email":
        return lambda draft: (draft.facts.get("email") or "").lower()
    characteristic = _characteristic(plan)
    return lambda draft: text.key(next(iter(draft.answers.get(characteristic.pk, [])), "") or "")


def bearers(plan: Plan, keys: list[str]) -> Found:
    """Who has these keys already, archived ones included."""
    if plan.key == "code":
        return _facts("code_key", keys)
    if plan.key == "registration_number":
        return _facts("registration_key", keys)
    if plan.key == "email":
        return _grouped(Counterparty.objects.annotate(key=Lower("email")).filter(key__in=keys).values_list("key", "pk"))
    return _said(_characteristic(plan), keys)


def by_number(keys: list[str]) -> Found:
    return _facts("registration_key", keys)


def by_code(keys: list[str]) -> Found:
    return _facts("code_key", keys)


def by_name(keys: list[str]) -> Found:
    return _facts("name_key", keys)


def _facts(column: str, keys: list[str]) -> Found:
    if not keys:
        return {}
    return _grouped(Counterparty.objects.filter(**{f"{column}__in": keys}).values_list(column, "pk"))


def _characteristic(plan: Plan) -> Characteristic:
    return next(each.characteristic for each in plan.columns if each.field == plan.key and each.characteristic)


def _said(characteristic: Characteristic, keys: list[str]) -> Found:
    """By a text: the sorted beginning is in the index, the rest is compared here."""
    beginnings = {key[:SORTED_TEXT] for key in keys}
    rows = Value.objects.filter(characteristic=characteristic, text_sort__in=beginnings)
    return _grouped(rows.values_list("text_key", "counterparty"))


def _grouped(pairs: Iterable[tuple[Any, int]]) -> Found:
    found: Found = defaultdict(list)
    for key, pk in pairs:
        found[key].append(pk)
    return found
