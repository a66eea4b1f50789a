"""Counterparty types of the file, and the characteristics that hang on them."""

from typing import Any

from characteristics.models import Characteristic
from counterparties.models import CounterpartyType, TypeCharacteristic

from .keeping import keep, parents_first, refuse_circle
from .plan import Refused, Report, TypeEntry


def define(entries: list[TypeEntry], report: Report) -> dict[str, CounterpartyType]:
    """Make or change the types, parents first; gives them by code."""
    known = {each.code: each for each in CounterpartyType.objects.select_related("parent")}
    for entry in parents_first(entries, known.__contains__):
        known[entry.code] = _define(entry, known, report)
    return known


def _define(entry: TypeEntry, known: dict[str, CounterpartyType], report: Report) -> CounterpartyType:
    type_ = known.get(entry.code)
    facts: dict[str, Any] = dict(entry.facts)
    if "parent" in facts:
        facts["parent"] = known[facts["parent"]] if facts["parent"] else None
    parent = facts.get("parent")
    if type_ is None:
        if parent is None:
            roots = ", ".join(code for code, each in known.items() if each.parent_id is None)
            raise Refused(entry.path, f"the new type “{entry.code}” needs a parent, for example one of: {roots}.")
        type_ = CounterpartyType(code=entry.code, kind_code=parent.kind_code)
    elif "parent" in facts:
        _refuse_move(type_, parent, entry)
    keep(type_, entry, facts, f"type {entry.code}", report)
    if f"type {entry.code}" in report.created:
        report.new_types.append(type_)
    return type_


def _refuse_move(type_: CounterpartyType, parent: CounterpartyType | None, entry: TypeEntry) -> None:
    """A type moves within its kind only; root types stay at the root."""
    if parent is None and type_.parent_id is not None:
        raise Refused(f"{entry.path}.parent", f"“{entry.code}” is a subtype and needs a parent.")
    if parent is None:
        return
    if type_.parent_id is None:
        raise Refused(f"{entry.path}.parent", f"“{entry.code}” is a root type and has no parent.")
    if parent.kind_code != type_.kind_code:
        raise Refused(
            f"{entry.path}.parent",
            f"“{entry.code}” is a sort of {type_.kind_code} and cannot stand under a sort of {parent.kind_code}.",
        )
    refuse_circle(type_, parent, entry)


def tie(entry: TypeEntry, type_: CounterpartyType, report: Report) -> None:
    """Hang the characteristics of the entry on its type: added at the end, or exactly these in this order."""
    ties = {each.characteristic_id: each for each in type_.ties.order_by("position", "pk")}
    wanted = [
        _characteristic(code, f"{_list_of(entry)}[{number}]") for number, code in enumerate(entry.characteristics)
    ]
    changed = []
    if entry.is_exact:
        changed += _take_off([each for pk, each in ties.items() if pk not in {c.pk for c in wanted}])
    last = max((each.position for each in ties.values()), default=0)
    for number, characteristic in enumerate(wanted, start=1):
        present = ties.get(characteristic.pk)
        if present is None:
            last += 1
            place = number if entry.is_exact else last
            TypeCharacteristic.objects.create(type=type_, characteristic=characteristic, position=place)
            changed.append(f"+{characteristic.code}")
        elif entry.is_exact and present.position != number:
            present.position = number
            present.save()
            changed.append(f"{characteristic.code} to place {number}")
    if changed:
        _note(entry, type_, changed, report)


def _list_of(entry: TypeEntry) -> str:
    return f"{entry.path}.{'characteristics_exactly' if entry.is_exact else 'characteristics'}"


def _characteristic(code: str, path: str) -> Characteristic:
    found = Characteristic.objects.filter(code=code).first()
    if found is None:
        raise Refused(path, f"there is no characteristic “{code}”, neither here nor in the office.")
    return found


def _take_off(ties: list[TypeCharacteristic]) -> list[str]:
    """Untie characteristics; what counterparties said for them stays, hidden."""
    for each in ties:
        each.delete()
    return [f"-{each.characteristic.code}" for each in ties]


def _note(entry: TypeEntry, type_: CounterpartyType, changed: list[str], report: Report) -> None:
    """A type whose list changed counts as changed; a new one stays new."""
    words = f"type {entry.code}"
    if words in report.created:
        return
    if words in report.same:
        report.same.remove(words)
        type_.claim(type_.version)
    elif words in report.changed:
        report.changed.remove(words)
    report.changed.append(f"{words}: {', '.join(changed)}")
