"""Moments of counterparties in lists: when they were added, when they were archived."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import get_language

from desk.columns import Column

#: So many days are kept as they are written: eighteen years in three languages.
KEPT_DAYS = 20_000


class Moment(Column):
    """A day on the page, the exact moment in the sheet."""

    css = "date"

    def __init__(self, key: str, title: Any, field: str, order_by: tuple[str, ...] = ()) -> None:
        self.key, self.title, self.field, self.fields, self.order_by = key, title, field, (field,), order_by

    def value(self, record: Any) -> Any:
        return getattr(record, self.field)

    def cells(self, records: Sequence[Any]) -> Sequence[Any]:
        return list(map(attrgetter(self.field), records))

    def html(self, record: Any) -> str:
        return self.lines([record])[0]

    def lines(self, records: Sequence[Any]) -> Sequence[str]:
        zone, language = timezone.get_current_timezone(), get_language()
        moments = map(attrgetter(self.field), records)
        return [_written_day(language, each.astimezone(zone).date()) if each else "" for each in moments]


@lru_cache(KEPT_DAYS)
def _written_day(_language: str | None, day: date) -> str:
    """The same days stand in very many lists, and each takes 10 µs to be put into words."""
    return escape(date_format(day))
