"""What the office may demand of the values of a characteristic beyond their type, and what is preset on a new card."""

from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from characteristics.domain.limits import NOTHING
from characteristics.models import Characteristic

Check = Callable[[Any], None]


class Limited:
    """A type's answers about limits and about the preset answer. Those it does not name in ``takes`` it has not."""

    #: What its characteristics are told besides: "unit", "nomenclature", "target_type", "minimum", "default" …
    takes: tuple[str, ...] = ()
    reader: Callable[..., Callable[[Any], Any]]
    text: Callable[[Any], str]
    storage: str
    stored: Callable[[Any], dict[str, Any]]
    value: Callable[[Any], Any]

    # ---- limits

    def checker(self, characteristic: Characteristic) -> Check | None:
        """Made once per field or column: raises ValidationError for a value beyond the limits. None: there are none."""
        return None

    def check(self, characteristic: Characteristic, value: Any) -> None:
        """ValidationError when the value is beyond the limits of today."""
        if check := self.checker(characteristic):
            check(value)

    def limited(self, field: forms.Field, characteristic: Characteristic, kept: Any = None) -> forms.Field:
        """The field, which refuses what is beyond the limits. What is ``kept`` already stays."""
        if check := self.checker(characteristic):
            field.validators = [*field.validators, Unless(kept, check)]
        return field

    def limit_words(self, characteristic: Characteristic) -> list[str]:
        """The limits in sentences, for the help of a field and for whoever fills in a sheet."""
        return []

    def limits_told(self, characteristic: Characteristic) -> list[str]:
        """All that a value must keep to."""
        unshared = [_("No two counterparties say the same.")] if characteristic.is_unique else []
        return [*self.limit_words(characteristic), *unshared]

    def limits_in_brief(self, characteristic: Characteristic) -> list[str]:
        """The same in a few words, for the list of settings."""
        return []

    def rule(self, characteristic: Characteristic) -> tuple[str, Any, Any] | None:
        """What a cell of a template may hold: ("decimal", "date" or "textLength"), the least and the most, or None."""
        return None

    # ---- answers that nobody shares

    @property
    def compared(self) -> str:
        """The column of a stored value by which two are told to be the same."""
        return self.storage

    def content(self, value: Any) -> Any:
        """A value as it is compared with what others say."""
        (content,) = self.stored(value).values()
        return content

    def content_of(self, row: Any) -> Any:
        """The same of a stored value."""
        return self.content(self.value(row))

    def saying(self, contents: Collection[Any]) -> Q:
        """Which stored values say one of these, by the index of values."""
        return Q(**{f"{self.storage}__in": list(contents)})

    # ---- how limits and the preset answer are kept

    def tidy(self, characteristic: Characteristic, was: Characteristic | None = None, decision: Any = None) -> None:
        """Bring them into their one spelling, and leave out what this type does not take; ValidationError by field.

        A preset answer that stands as it ``was`` may have been stopped since. ``decision`` is about whoever wrote them.
        """
        for name, nothing in NOTHING.items():
            if name not in self.takes:
                setattr(characteristic, name, nothing)
        self.tidy_limits(characteristic)
        if not characteristic.default:
            return
        if characteristic.is_unique:
            sentence = _("An answer that nobody shares cannot be preset. Leave it empty, or let it be shared.")
            raise ValidationError({"default": sentence})
        stands = was is not None and (was.type_code, was.default) == (characteristic.type_code, characteristic.default)
        try:
            if stands:
                value = self.preset(characteristic, decision)
            else:
                value = self.read_default(characteristic, decision)
                characteristic.default = self.spelled_default(value)
            if value is not None:
                self.check(characteristic, value)
        except ValidationError as error:
            raise ValidationError({"default": error.messages}) from None

    def tidy_limits(self, characteristic: Characteristic) -> None:
        """The limits alone; ValidationError names the field."""

    def read_default(self, characteristic: Characteristic, decision: Any) -> Any:
        """What somebody wrote as the preset answer, as a value."""
        return self.reader(characteristic, decision)(characteristic.default)

    def spelled_default(self, value: Any) -> str:
        """A value in the one spelling in which a preset answer is kept."""
        return str(value)

    def preset(self, characteristic: Characteristic, decision: Any = None) -> Any:
        """The value that a new card begins with, out of what is kept; None when it can be said no more."""
        return characteristic.default

    def default_in_words(self, characteristic: Characteristic) -> str:
        """The preset answer in the reader's language; as it is kept, where it can be said no more."""
        value = self.preset(characteristic)
        return characteristic.default if value is None else self.text(value)


class Unless:
    """A check that passes by what is kept: what came into the books long ago keeps nobody from saving a card."""

    def __init__(self, kept: Any, check: Check) -> None:
        self.kept, self.check = kept, check

    def __call__(self, value: Any) -> None:
        if self.kept is None or value != self.kept:
            self.check(value)


def refuse_wrong_way_round(low: Any, high: Any) -> None:
    """The least must not be more than the most."""
    if low is not None and high is not None and low > high:
        raise ValidationError({"maximum": _("This is less than the least. Write a larger one, or leave one out.")})
