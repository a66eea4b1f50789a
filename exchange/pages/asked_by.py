"""Filters that lists of sheets and jobs share: whose they are, how they stand, and of which days."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from counterparties.pages.codes_filter import OneOfCodes
from counterparties.pages.filters import FIRST_DAY, LAST_DAY
from counterparties.pages.held_filters import Between
from staff.models import User


class ByPerson(OneOfCodes):
    """Whose they are; offered to those who see more than their own."""

    key = "user"

    def __init__(self, model: Any, column: str = "user") -> None:
        self.label = _("Who")
        self._model, self._column = model, column

    def options(self) -> list[tuple[str, Any]]:
        have = User.objects.filter(Exists(self._model.objects.filter(**{self._column: OuterRef("pk")})))
        return [(each.username.lower(), str(each)) for each in have.order_by("first_name", "last_name", "username")]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        # In small letters as Python makes them: databases know how to for Latin ones alone.
        people = User.objects.order_by().values_list("pk", "username")
        return Q(**{f"{self._column}__in": [pk for pk, name in people if name.lower() in asked[self.key]]})


class InState(OneOfCodes):
    """How they stand, or how they ended."""

    key = column = "state"

    def __init__(self, states: Sequence[tuple[str, Any]]) -> None:
        self.label, self._states = _("State"), states

    def options(self) -> list[tuple[str, Any]]:
        return [(code, capfirst(word)) for code, word in self._states]


class OnDays(Between):
    """When it was, by days of the office's clock, both ends included."""

    def __init__(self, column: str) -> None:
        super().__init__("day", _("Day"), column)

    def condition(self, asked: Mapping[str, Any]) -> Q:
        found = Q()
        if day := asked.get("day_after"):
            found &= Q(**{f"{self._column}__gte": _moment(day, time.min)})
        if day := asked.get("day_before"):
            found &= Q(**{f"{self._column}__lte": _moment(day, time.max)})
        return found


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), hour))


#: Names in the address that differ from the key of their filter: a day has two.
NAMES = {"day_after": "day", "day_before": "day"}
