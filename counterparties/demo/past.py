"""Acts of the past: history tells the moment they are said to have happened at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from trail.domain import in_bulk
from trail.domain.operations import operation
from trail.models import Operation


@dataclass(frozen=True)
class Moment:
    """Who did what sort of thing, when and why."""

    at: datetime
    by: Any
    kind: str
    reason: str = ""


@contextmanager
def happened(moment: Moment) -> Iterator[Operation]:
    """An operation whose row says the past moment; whatever is recorded inside belongs to it. Never nested."""
    with operation(moment.kind, by=moment.by, reason=moment.reason) as act:
        row = Operation.objects.create(kind=moment.kind, user=moment.by, reason=moment.reason, at=moment.at)
        act.row = row.pk
        yield row


def make(things: Iterable[Model]) -> None:
    """Save new records in bulk; their history is written by ``record_new`` once their day is right."""
    for model, made in _by_model(things).items():
        for each in made:
            each.derive()
        model._base_manager.bulk_create(made, batch_size=500)


def backdate(things: list[Any], at: datetime) -> None:
    """Creation stamps records with the present; these came earlier. To be done before their history is written."""
    for model, made in _by_model(things).items():
        for each in made:
            each.created_at = at
        model._base_manager.filter(pk__in=[each.pk for each in made]).update(created_at=at)


def record_new(things: Iterable[Model], moment: Moment) -> None:
    """Write the first line of history of records made in bulk; within what happened then."""
    for model, made in _by_model(things).items():
        in_bulk.remember_ids(model, [each.pk for each in made], "+", at=moment.at)


def save(thing: Any, moment: Moment) -> None:
    """Save one record as it was changed then."""
    thing._history_date = moment.at
    thing.save()
    del thing._history_date


def _by_model(things: Iterable[Any]) -> dict[type[Any], list[Any]]:
    found: dict[type[Any], list[Any]] = defaultdict(list)
    for each in things:
        found[type(each)].append(each)
    return found
