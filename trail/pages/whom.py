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
    """One thing as it may be named to the reader."""

    name: str
    url: str
    has_others: bool


def whom(knowing: Knowing, counts: Mapping[int, Mapping[Any, int]]) -> dict[int, Whom]:
    """Of each operation, by what it touched of each model. Two queries for each sort of thing."""
    by_sort: dict[Any, list[int]] = defaultdict(list)
    for operation, models in counts.items():
        sorts = {each.thing or each.model for each in knowing.told(models)}
        if sorts:
            by_sort[min(sorts, key=_place)].append(operation)
    found: dict[int, Whom] = {}
    for sort, operations in by_sort.items():
        found |= _of_one_sort(knowing, sort, operations, {model for each in operations for model in counts[each]})
    return found


def _place(model: Any) -> int:
    return words.get(model._meta.label).position


def _of_one_sort(knowing: Knowing, sort: Any, operations: list[int], models: set[Any]) -> dict[int, Whom]:
    speaker = words.get(sort._meta.label)
    held = [Held(part, each.owner) for each, part in knowing.told(models).items() if (each.thing or each.model) is sort]
    owners = knowing.asked.first_owners(held, operations)
    there = speaker.named({pk for those in owners.values() for pk in those}, knowing.decision)
    found = {}
    for operation, those in owners.items():
        named = [there[pk] for pk in those if pk in there]
        if named:
            url = "" if isinstance(named[0], str) else speaker.url(named[0], knowing.decision)
            found[operation] = Whom(str(named[0]), url, len(those) > 1)
    return found
