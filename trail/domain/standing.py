"""How recorded things stood at an earlier moment, read from history alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Max, Q

from trail.domain.changes import Change, Part, record_of, recorded


@dataclass(frozen=True)
class Moment:
    """A moment: the last one of what is meant by ``at``, or just before an operation."""

    at: datetime | None = None
    before: int | None = None

    @property
    def until(self) -> Q:
        """The rows of history that were written by then."""
        return Q(history_date__lte=self.at) if self.at else Q(operation__lt=self.before)


def stood(part: Part, moment: Moment) -> dict[Any, Any]:
    """The records of a part as they stood then, by id; not to be saved. One query.

    The last word then must itself be for the reader: where it is not, an earlier one does not take its place.
    """
    history: Any = part.model.history.model  # type: ignore[attr-defined]
    key = part.model._meta.pk.attname
    ours = history.objects.filter(part.rows).order_by().values(key)
    last = history.objects.filter(moment.until, **{f"{key}__in": ours}).order_by().values(key)
    found = history.objects.filter(part.rows, history_id__in=last.annotate(last=Max("history_id")).values("last"))
    wanted = [field.attname for field in recorded(part.model)]
    rows = found.exclude(history_type="-").order_by("history_id").values(*wanted)
    return {row[key]: record_of(part.model, row) for row in rows}


def differences(part: Part, first: Moment, second: Moment) -> list[Change]:
    """What stood differently at two moments, as one change from the first to the second; also what did not differ."""
    was, became = stood(part, first), stood(part, second)
    return [Change(0, part.model, was.get(pk), became.get(pk)) for pk in dict.fromkeys([*was, *became])]


def standing(part: Part, moment: Moment) -> list[Change]:
    """The same of one moment: every record as if it had just been added."""
    return [Change(0, part.model, None, each) for each in stood(part, moment).values()]


def first_moment(record: models.Model) -> datetime | None:
    """When the record was added, as history knows it."""
    rows: Any = type(record).history.filter(**{record._meta.pk.attname: record.pk})  # type: ignore[attr-defined]
    return rows.order_by("history_id").values_list("history_date", flat=True).first()
