from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from desk.fields import DateFormField

from .base import CharacteristicType, types

#: So many days are kept as they were read from the database: thirty years of them.
KEPT_DAYS = 12_000


@types.register
class Date(CharacteristicType):
    """A day."""

    code, label, position, icon = "date", _("Date"), 40, "calendar"
    storage, order_by, css = "day", ("day",), "date"
    says_the_same = True

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        return DateFormField()

    def filter_fields(self, characteristic: Any, decision: Any = None) -> dict[str, forms.Field]:
        return {"_after": DateFormField(), "_before": DateFormField()}

    def matching(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        bounds = {"_after": "day__gte", "_before": "day__lte"}
        return Q(**{bounds[ending]: value for ending, value in asked.items()})

    def asked_words(self, characteristic: Any, asked: dict[str, Any]) -> str:
        after, before = (None if (v := asked.get(ending)) is None else self.text(v) for ending in ("_after", "_before"))
        if after and before:
            return _("%(after)s to %(before)s") % {"after": after, "before": before}
        return _("since %(after)s") % {"after": after} if after else _("until %(before)s") % {"before": before}

    def example(self, characteristic: Any) -> date:
        return timezone.localdate()

    def text(self, value: Any) -> str:
        return date_format(value)

    def cell(self, value: Any) -> Any:
        return value

    def brief_writer(self, characteristic: Any, read: Callable[[Any], Any]) -> Callable[[Any], Any]:
        # The same ones stand in very many rows.
        return lru_cache(KEPT_DAYS)(read)
