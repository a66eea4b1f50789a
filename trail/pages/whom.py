"""Whom an operation touched, in short: the name of one, and whether there are others."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trail.domain.touched import Held
from trail.pages.known import Knowing
from trail.pages.words import words


@dataclass(frozen=True)
class Whom:
    """One thing as it may be named to the reader; it has an address where it is the only one."""

    name: str
    url: str
    has_others: bool


def whom(knowing: Knowing, counts: Mapping[int, Mapping[Any, int]]) -> dict[int, Whom]:
    """Of each operation, by what it touched of each model. Two queries for each sort of thing, three if one is gone."""
    things = {each.model: each.thing or each.model for each in knowing.told(set().union(*counts.values()))}
    by_sort: dict[Any, list[int]] = defaultdict(list)
    for operation, models in counts.items():
        if sorts := {things[each] for each in models if each in things}:
            by_sort[min(sorts, key=_place)].append(operation)
    found: dict[int, Whom] = {}
    for sort, operations in by_sort.items():
        found |= _of_one_sort(knowing, sort, {each: counts[each] for each in operations})
    return found


def _place(model: Any) -> int:
    return words.get(model._meta.label).position


def _of_one_sort(knowing: Knowing, sort: Any, counts: Mapping[int, Mapping[Any, int]]) -> dict[int, Whom]:
    speaker, parts = words.get(sort._meta.label), knowing.told(set().union(*counts.values()))
    held = [Held(part, each.owner) for each, part in parts.items() if (each.thing or each.model) is sort]
    if held[0].part.model is sort and all(models.get(sort, 0) > 1 for models in counts.values()):
        # Imports: two whose own facts each of them touched are found, so what hangs on them need not be looked at.
        held = held[:1]
    owners = knowing.asked.first_owners(held, counts.keys())
    there = speaker.named({those[0] for those in owners.values()}, knowing.decision)
    if others := {pk for those in owners.values() if those[0] not in there for pk in those[1:]}:
        there = {**there, **speaker.named(others, knowing.decision)}
    found = {}
    for operation, those in owners.items():
        one, has_others = next((there[pk] for pk in those if pk in there), None), len(those) > 1
        if one is not None:
            url = "" if has_others or isinstance(one, str) else speaker.url(one, knowing.decision)
            found[operation] = Whom(str(one), url, has_others)
    return found
