from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from desk.fields import DateFormField
from desk.text import key

from .base import types
from .bounded import Bounded

#: So many days are kept as they were read from the database: thirty years of them.
KEPT_DAYS = 12_000
#: The preset answer that is another one every day, and how people write it.
TODAY = "today"
WORDS_FOR_TODAY = {key(word) for word in (TODAY, "днес", "сегодня")}


@types.register
class Date(Bounded):
    """A day."""

    code, label, position, icon = "date", _("Date"), 40, "calendar"
    storage, order_by, css = "day", ("day",), "date"
    takes, says_the_same, parts_into = ("minimum", "maximum", "default", "is_unique"), True, "periods"
    box, cell_rule = DateFormField, "date"
    too_low = gettext_noop("“%(value)s” is too early: the first day is %(limit)s.")
    too_high = gettext_noop("“%(value)s” is too late: the last day is %(limit)s.")
    at_least, at_most = gettext_noop("Not before %(low)s."), gettext_noop("Not after %(high)s.")

    def form_field(self, characteristic: Any, value: Any = None, decision: Any = None) -> forms.Field:
        field = super().form_field(characteristic, value, decision)
        # The calendar of the browser keeps to them.
        ends = {"min": characteristic.minimum, "max": characteristic.maximum}
        field.widget.attrs |= {name: day for name, day in ends.items() if day}
        return field

    def bound(self, written: str) -> date:
        return date.fromisoformat(written)

    # ---- the preset answer: a day, or the day of the card

    def read_default(self, characteristic: Any, decision: Any) -> Any:
        is_today = key(characteristic.default) in WORDS_FOR_TODAY
        return TODAY if is_today else super().read_default(characteristic, decision)

    def check(self, characteristic: Any, value: Any) -> None:
        super().check(characteristic, timezone.localdate() if value == TODAY else value)

    def spelled_default(self, value: Any) -> str:
        return value if value == TODAY else value.isoformat()

    def preset(self, characteristic: Any, decision: Any = None) -> date:
        return timezone.localdate() if characteristic.default == TODAY else date.fromisoformat(characteristic.default)

    def default_in_words(self, characteristic: Any) -> str:
        return gettext("today") if characteristic.default == TODAY else super().default_in_words(characteristic)

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
