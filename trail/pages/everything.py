"""Everything that history tells a reader, change by change, oldest operation first, however much there is.

Read in portions: neither many operations nor one that touched a hundred thousand records is ever in memory as a whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from trail.domain import changes as history
from trail.domain import touched
from trail.domain.changes import Change, Part
from trail.domain.touched import Held
from trail.models import Operation
from trail.pages.words import Names, Story, Words

#: So many operations are looked at together, and so many changes.
OPERATIONS, CHANGES = 200, 1_000


@dataclass(frozen=True)
class Told:
    """What one operation did to one record, in words; ``owner``: the id of the thing it hangs on."""

    operation: Operation
    speaker: Words
    record: int
    owner: int
    stories: list[Story]


def told(parts: dict[Words, Part], operations: QuerySet[Operation], decision: Any) -> Iterator[list[Told]]:
    """Portion by portion, in the order of the operations."""
    held = [Held(part, speaker.owner) for speaker, part in parts.items()]
    found = operations.select_related("user").order_by("pk").iterator(OPERATIONS)
    while batch := list(islice(found, OPERATIONS)):
        sizes = touched.counted(held, [each.pk for each in batch], most=CHANGES)
        together: list[Operation] = []
        for each in batch:
            size = sum(sizes.get(each.pk, {}).values())
            if size > CHANGES or size + sum(sum(sizes[one.pk].values()) for one in together) > CHANGES:
                yield _of(parts, together, decision)
                together = []
            if size > CHANGES:
                yield from _of_large(parts, each, decision)
            elif size:
                together.append(each)
        yield _of(parts, together, decision)


def _of(parts: dict[Words, Part], operations: Sequence[Operation], decision: Any) -> list[Told]:
    """Several small operations: one look at each model."""
    if not operations:
        return []
    ids = [each.pk for each in operations]
    found = [(speaker, history.changes(part, ids)) for speaker, part in parts.items()]
    names = Names([change for _speaker, changes in found for change in changes], decision)
    by_id = {each.pk: each for each in operations}
    rows = [row for speaker, changes in found for row in _said(speaker, changes, by_id, names)]
    # Within one operation they stay in the order of the registry.
    return sorted(rows, key=lambda row: row.operation.pk)


def _of_large(parts: dict[Words, Part], operation: Operation, decision: Any) -> Iterator[list[Told]]:
    """One large operation: model by model, record by record."""
    for speaker, part in parts.items():
        after = 0
        while ids := _next(part, operation, after):
            found = history.changes(Part(part.model, part.rows & Q(id__in=ids)), [operation.pk])
            yield list(_said(speaker, found, {operation.pk: operation}, Names(found, decision)))
            after = ids[-1]


def _next(part: Part, operation: Operation, after: int) -> list[int]:
    rows = touched.rows_of(part).filter(operation=operation, id__gt=after).order_by("id")
    return list(rows.values_list("id", flat=True).distinct()[:CHANGES])


def _said(speaker: Words, changes: list[Change], operations: dict[int, Operation], names: Names) -> Iterable[Told]:
    owners = speaker.whose(change.record for change in changes)
    for change, owner in zip(changes, owners, strict=True):
        if stories := speaker.stories([change], names):
            yield Told(operations[change.operation], speaker, change.record.pk, owner, stories)
