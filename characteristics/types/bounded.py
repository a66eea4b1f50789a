"""Types whose values lie in an order in which the office may set the first and the last: numbers and days."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from characteristics.models import Characteristic
from desk.said import gettext as _

from .base import CharacteristicType
from .limited import Check, refuse_wrong_way_round

Ends = tuple[Any, Any]


class Bounded(CharacteristicType):
    """A type of numbers or days."""

    box: ClassVar[type[forms.Field]]
    #: What such a cell is called by those who make workbooks.
    cell_rule = ""
    #: How it says that a value is beyond an end, and which ends there are.
    too_low = too_high = at_least = at_most = ""

    def bound(self, written: str) -> Any:
        """A limit as it is kept, as a value."""
        raise NotImplementedError

    def form_field(self, characteristic: Characteristic, value: Any = None, decision: Any = None) -> forms.Field:
        return self.limited(self.box(), characteristic, value)

    def ends(self, characteristic: Characteristic) -> Ends:
        """The least and the most; None where there is no end."""
        low, high = (written and self.bound(written) for written in (characteristic.minimum, characteristic.maximum))
        return (None if low == "" else low), (None if high == "" else high)

    def checker(self, characteristic: Characteristic) -> Check | None:
        low, high = self.ends(characteristic)

        def check(value: Any) -> None:
            if low is not None and value < low:
                told = {"value": self.text(value), "limit": self.text(low)}
                raise ValidationError(_(self.too_low) % told)
            if high is not None and value > high:
                told = {"value": self.text(value), "limit": self.text(high)}
                raise ValidationError(_(self.too_high) % told)

        return None if low is None and high is None else check

    def limit_words(self, characteristic: Characteristic) -> list[str]:
        low, high = (None if end is None else self.text(end) for end in self.ends(characteristic))
        if low is not None and high is not None:
            return [gettext("From %(low)s to %(high)s.") % {"low": low, "high": high}]
        if low is not None:
            return [gettext(self.at_least) % {"low": low}]
        return [] if high is None else [gettext(self.at_most) % {"high": high}]

    def limits_in_brief(self, characteristic: Characteristic) -> list[str]:
        return [each[:1].lower() + each[1:].removesuffix(".") for each in self.limit_words(characteristic)]

    def rule(self, characteristic: Characteristic) -> tuple[str, Any, Any] | None:
        low, high = self.ends(characteristic)
        return None if low is None and high is None else (self.cell_rule, low, high)

    def tidy_limits(self, characteristic: Characteristic) -> None:
        for name in ("minimum", "maximum"):
            if written := getattr(characteristic, name):
                try:
                    value = self.box().clean(written)
                except ValidationError as error:
                    raise ValidationError({name: error.messages}) from None
                setattr(characteristic, name, self.spelled_default(value))
        refuse_wrong_way_round(*self.ends(characteristic))
