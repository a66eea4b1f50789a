"""One person erased, within the operation of whoever does it."""

from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from trail.domain.histories import recorded_models
from trail.models import Operation

from .registry import MANY, erasers
from .subject import Subject

#: The sort of operation; those of before keep why they were done.
KIND = "erase"


def erase(subject: Subject) -> None:
    """Everything known is found first; then what changes, changes; then nothing of it is left to read."""
    look(subject)
    for each in erasers:
        each.settle(subject)
    for each in erasers:
        each.blank(subject)
    _forget_reasons(subject)
    transaction.on_commit(lambda: _clear(subject.shelves))


def look(subject: Subject) -> None:
    """Nothing is written. Texts are searched when it is known what it is called and what touched it."""
    for each in erasers:
        each.look(subject)
    _find_operations(subject)
    for each in erasers:
        each.search(subject)
    _find_operations(subject)


def _find_operations(subject: Subject) -> None:
    for model in recorded_models():
        if (asked := _rows(model, subject)) is not None:
            rows = model.history.model._base_manager.filter(asked).order_by()
            subject.operations |= set(rows.values_list("operation", flat=True).distinct())


def _rows(model: Any, subject: Subject) -> Q | None:
    return erasers.get(model._meta.label).rows(subject) if model._meta.label in erasers else None


def _forget_reasons(subject: Subject) -> None:
    """Why something was done to it alone is about it; why it was done to many stays, without its name."""
    for batch in _batches(sorted(subject.operations)):
        alone = set(batch)
        for model in recorded_models():
            if not alone:
                break
            others = model.history.model._base_manager.filter(operation__in=sorted(alone)).order_by()
            if (asked := _rows(model, subject)) is not None:
                others = others.exclude(history_id__in=model.history.model._base_manager.filter(asked).values("pk"))
            alone -= set(others.values_list("operation", flat=True).distinct())
        spoken = Operation.objects.filter(pk__in=sorted(alone)).exclude(kind=KIND).exclude(reason="")
        subject.counts[Operation._meta.db_table] += spoken.update(reason="")


def _batches(numbers: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(numbers), MANY):
        yield numbers[start : start + MANY]


def _clear(shelves: set[str]) -> None:
    """Files go when nothing can bring their rows back; what was drawn from them goes with them."""
    for shelf in sorted(shelves):
        folder = shelf.rpartition("/")[0]
        try:
            beside = default_storage.listdir(folder)[1]
        except FileNotFoundError:
            continue
        for name in beside:
            whole = f"{folder}/{name}" if folder else name
            if whole == shelf or whole.startswith(f"{shelf}."):
                default_storage.delete(whole)
