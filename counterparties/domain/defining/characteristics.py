"""Characteristics of the file. What counterparties have said for them already is never lost."""

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from characteristics.domain import narrowing
from characteristics.domain.limits import NOTHING
from characteristics.models import Characteristic, Nomenclature
from characteristics.registry import types
from counterparties.models import CounterpartyType, Value

from .keeping import KEYS, after, keep
from .plan import Entry, Refused, Report


def define(entry: Entry, report: Report) -> None:
    """Make or change a characteristic. Types that only implementers may use make it a system one."""
    characteristic = Characteristic.objects.filter(code=entry.code).first()
    facts = _resolved(entry)
    if characteristic is None:
        if "type_code" not in facts:
            raise Refused(entry.path, f"“{entry.code}” is new and needs a type, one of: {_known_types()}.")
        characteristic = Characteristic(code=entry.code, position=after(Characteristic.objects.all()))
    else:
        _refuse_loss(characteristic, facts, entry)
    if "type_code" in facts:
        facts["is_system"] = types.get(facts["type_code"]).implementer_only
    facts |= _tidy(characteristic, facts, entry)
    keep(characteristic, entry, facts, f"characteristic {entry.code}", report)


def _resolved(entry: Entry) -> dict[str, Any]:
    """The facts with codes turned into what they name."""
    facts = dict(entry.facts)
    if "type_code" in facts and facts["type_code"] not in types:
        raise Refused(
            f"{entry.path}.type", f"there is no type of characteristic “{facts['type_code']}”; known: {_known_types()}."
        )
    for key, model in (("nomenclature", Nomenclature), ("target_type", CounterpartyType)):
        if key not in facts:
            continue
        found = model.objects.filter(code=facts[key]).first()
        if found is None:
            known = ", ".join(model.objects.order_by("position", "code").values_list("code", flat=True))
            raise Refused(
                f"{entry.path}.{key}",
                f"there is no “{facts[key]}”, neither here nor in the office; known: {known or '—'}.",
            )
        facts[key] = found
    return facts


def _tidy(characteristic: Characteristic, facts: dict[str, Any], entry: Entry) -> dict[str, Any]:
    """Limits and preset answer in their one spelling, so that a second run finds them the same."""
    wanted = copy(characteristic)
    for name, fact in facts.items():
        setattr(wanted, name, fact)
    if wanted.type.needs_nomenclature and wanted.nomenclature is None:
        return {}  # refused with everything else that the model itself asks for
    useless = next((name for name in NOTHING if facts.get(name) and name not in wanted.type.takes), None)
    if useless:
        key = KEYS.get(useless, useless)
        raise Refused(f"{entry.path}.{key}", f"a characteristic of the type {wanted.type_code} has no “{key}”.")
    try:
        if characteristic.pk:
            narrowing.check(characteristic, facts)
        wanted.type.tidy(wanted, characteristic if characteristic.pk else None)
    except ValidationError as wrong:
        name, messages = next(iter(wrong.message_dict.items()))
        raise Refused(f"{entry.path}.{KEYS.get(name, name)}", " ".join(messages)) from None
    return {name: getattr(wanted, name) for name in NOTHING}


def _known_types() -> str:
    return ", ".join(each.code for each in types)


def _refuse_loss(characteristic: Characteristic, facts: dict[str, Any], entry: Entry) -> None:
    """Type, nomenclature and number of values change only if every value that is there fits."""
    values = Value.objects.filter(characteristic=characteristic)
    type_code = facts.get("type_code", characteristic.type_code)
    if type_code != characteristic.type_code and not _all_fit(characteristic, type_code):
        raise _lossy(entry, "type", f"{_counted(values)} of the type {characteristic.type_code}")
    nomenclature = facts.get("nomenclature", characteristic.nomenclature)
    if nomenclature != characteristic.nomenclature and values.filter(element__isnull=False).exists():
        raise _lossy(entry, "nomenclature", f"{_counted(values)} out of the nomenclature it has")
    several = values.filter(place__gt=0)
    if not facts.get("is_multiple", True) and several.exists():
        raise _lossy(entry, "several", f"{_counted(several)} beside the first")


def _counted(values: QuerySet) -> str:
    count = values.count()
    return f"{count} value" if count == 1 else f"{count} values"


def _lossy(entry: Entry, key: str, values: str) -> Refused:
    advice = f"leave “{key}” as it is, or give the new characteristic another code."
    return Refused(f"{entry.path}.{key}", f"“{entry.code}” has {values} that would be lost; {advice}")


def _all_fit(characteristic: Characteristic, type_code: str) -> bool:
    """Would every stored value be the same value under another type? Text fits into long text, and not always back."""
    old, new = characteristic.type, types.get(type_code)
    values = Value.objects.filter(characteristic=characteristic)
    if new.holds(old) or not values.exists():
        return True
    if not old.holds(new):
        return False
    # The other way round: every value has to be looked at.
    read = new.reader(characteristic)
    for value in values.iterator(2_000):
        said = old.value(value)
        try:
            if read(said) != said:
                return False
        except ValidationError:
            return False
    return True
