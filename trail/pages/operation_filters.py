"""What operations can be asked for: of whom, what sort, which days. Apps on the right add what they know of."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from desk.fields import DateFormField
from desk.pages.filters import CodesField, Filter
from desk.registry import Registry
from trail.kinds import act_choices

#: Classes with a code, a position and ``filter(decision)``, which makes the filter for one reader.
further = Registry("filter of operations")

#: Days beyond these have moments that no clock of the office reaches.
FIRST_DAY, LAST_DAY = date(2, 1, 1), date(9998, 12, 31)


class OneOf(Filter):
    """Any of some codes."""

    def __init__(self, key: str, label: Any, column: str, options: Callable[[], list[tuple[str, Any]]]) -> None:
        self.key, self.label, self._column, self._options = key, label, column, options

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {self.key: CodesField(self._options())}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        return Q(**{f"{self._column}__in": asked[self.key]})


class Days(Filter):
    """When it was done, by days of the office's clock, both ends included."""

    key = "day"

    def __init__(self) -> None:
        self.label = _("Day")

    @cached_property
    def _fields(self) -> dict[str, forms.Field]:
        return {"day_after": DateFormField(), "day_before": DateFormField()}

    def fields(self) -> dict[str, forms.Field]:
        return self._fields

    def condition(self, asked: Mapping[str, Any]) -> Q:
        found = Q()
        if day := asked.get("day_after"):
            found &= Q(at__gte=moment(day, time.min))
        if day := asked.get("day_before"):
            found &= Q(at__lte=moment(day, time.max))
        return found

    def words(self, asked: Mapping[str, Any]) -> str:
        after, before = asked.get("day_after"), asked.get("day_before")
        if after and before:
            return _("%(after)s to %(before)s") % {"after": date_format(after), "before": date_format(before)}
        if after:
            return _("since %(after)s") % {"after": date_format(after)}
        return _("until %(before)s") % {"before": date_format(asked["day_before"])}


def moment(day: date, hour: time) -> datetime:
    """A moment of the office's clock."""
    return timezone.make_aware(datetime.combine(min(max(day, FIRST_DAY), LAST_DAY), hour))


def filters(decision: Any, people: Callable[[], list[int]]) -> list[Filter]:
    """All of them, for one reader; ``people``: ids of those of whose acts the reader may know."""
    return [
        OneOf("user", _("Who"), "user", lambda: names_of(people())),
        OneOf("kind", _("Through what"), "kind", act_choices),
        Days(),
        *[each.filter(decision) for each in further],
    ]


def names_of(people: list[int]) -> list[tuple[str, str]]:
    """People to choose from, by their names."""
    users = get_user_model().objects.filter(pk__in=people).order_by("first_name", "last_name", "username")
    return [(str(each.pk), str(each)) for each in users]
