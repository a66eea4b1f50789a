from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from desk.fields import DecimalFormField

from .base import types
from .bounded import Bounded

#: Stored numbers are counted in millionths.
PARTS_OF_ONE = Decimal(10**6)


def plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent: 1200, 0.5."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


@types.register
class Number(Bounded):
    """A number, exact to six places, with an optional unit."""

    code, label, position, icon = "number", _("Number"), 30, "123"
    storage, order_by, css = "number", ("number",), "num"
    takes, says_the_same = ("unit", "minimum", "maximum", "default", "is_unique"), True
    parts_into, is_added_up = "ranges", True
    box, cell_rule = DecimalFormField, "decimal"
    too_low = gettext_noop("“%(value)s” is too low: the least is %(limit)s.")
    too_high = gettext_noop("“%(value)s” is too high: the most is %(limit)s.")
    at_least, at_most = gettext_noop("At least %(low)s."), gettext_noop("At most %(high)s.")

    def bound(self, written: str) -> Decimal:
        return Decimal(written)

    def spelled_default(self, value: Any) -> str:
        return self.spelled(plain(value))

    def preset(self, characteristic: Any, decision: Any = None) -> Decimal:
        return Decimal(characteristic.default)

    def filter_fields(self, characteristic: Any, decision: Any = None) -> dict[str, forms.Field]:
        return {"_min": DecimalFormField(), "_max": DecimalFormField()}

    def matching(self, characteristic: Any, asked: dict[str, Any]) -> Q:
        bounds = {"_min": "number__gte", "_max": "number__lte"}
        return Q(**{bounds[ending]: value for ending, value in asked.items()})

    def asked_words(self, characteristic: Any, asked: dict[str, Any]) -> str:
        low, high = (None if (v := asked.get(ending)) is None else self.text(v) for ending in ("_min", "_max"))
        if low and high:
            return _("%(low)s to %(high)s") % {"low": low, "high": high}
        return _("from %(low)s") % {"low": low} if low else _("up to %(high)s") % {"high": high}

    def example(self, characteristic: Any) -> Decimal:
        return Decimal("12.5")

    def text(self, value: Any) -> str:
        return number_format(plain(value), use_l10n=True, force_grouping=True)

    def cell(self, value: Any) -> Any:
        return plain(value)

    def brief_writer(self, characteristic: Any, read: Any) -> Callable[[Any], Any]:
        """Divided into whole ones, as many parts have neither trailing zeros nor an exponent."""
        return lambda parts: Decimal(parts) / PARTS_OF_ONE

    def spelled(self, cell: Any) -> str:
        # A single point is the fraction's in every language; thousands parted by signs are not.
        return f"{cell:f}"
