"""Fields that keep their promises on both databases: clean text, exact numbers, keys in one order."""

import re
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from desk import reading, text


class LineFormField(forms.CharField):
    """One line of text, cleaned on the way in."""

    lines = False

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        # A NUL stays for the validator to refuse it with a sentence; everything else unwanted is dropped.
        return value if not value or "\x00" in value else text.clean(value, lines=self.lines)


class LinesFormField(LineFormField):
    """Text that may have line breaks, cleaned on the way in."""

    lines = True
    widget = forms.Textarea


class DecimalFormField(forms.Field):
    """A number as people write it (`1 234,50`), exact to six places."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:
        return None if value in self.empty_values or not str(value).strip() else reading.read_decimal(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            whole = value == value.to_integral_value()
            return number_format(value.to_integral_value() if whole else value.normalize(), use_l10n=True)
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class DateFormField(forms.DateField):
    """A day as people write it: `2026-12-31`, `31.12.2026`, `31 декември 2026`."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def to_python(self, value: Any) -> Any:
        return None if value in self.empty_values or not str(value).strip() else reading.read_date(value)


#: The answer of a filter that asks for records which say nothing.
NOT_SAID = "none"


class FlagFormField(forms.Field):
    """Yes, no, or nothing said."""

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", "—"), ("yes", _("Yes")), ("no", _("No"))]
        super().__init__(**{"widget": forms.Select(choices=choices), **kwargs})

    def to_python(self, value: Any) -> bool | None:
        return None if value in self.empty_values or not str(value).strip() else reading.read_flag(value)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != (data or "")


class AskedFlagFormField(FlagFormField):
    """Of a filter: yes, no, those that say neither, or any."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.choices = [*self.widget.choices, (NOT_SAID, _("Not said"))]

    def to_python(self, value: Any) -> Any:
        return NOT_SAID if str(value).strip().lower() == NOT_SAID else super().to_python(value)


class Line(models.CharField):
    """One line of text. Whatever writes it, a form or a bulk path, it is stored clean."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return text.clean(value) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LineFormField, **kwargs})


class Lines(models.TextField):
    """Text of many lines, stored clean."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return text.clean(value, lines=True) if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LinesFormField, **kwargs})


class KeyField(models.TextField):
    """A normalised text that is compared and sorted byte by byte, alike on both databases."""

    def db_parameters(self, connection: Any) -> Any:
        # SQLite compares bytes by itself; PostgreSQL only under the collation C.
        return super().db_parameters(connection) | ({"collation": "C"} if connection.vendor == "postgresql" else {})


CODE = re.compile(r"[a-z][a-z0-9_-]*")
code_validator = RegexValidator(
    r"^[a-z][a-z0-9_-]*\Z",
    _("A code begins with a small Latin letter and holds small Latin letters, digits, - and _."),
)


class CodeFormField(LineFormField):
    """The short code of a settings object; other alphabets get a proposal."""

    def clean(self, value: Any) -> Any:
        value = (value or "").strip().lower()
        proposal = text.code_from(value)
        if value and proposal and proposal != value:
            message = _("A code is short and Latin: small letters, digits, - and _. “%(proposal)s” would do.")
            if not CODE.fullmatch(value):
                raise ValidationError(message, code="invalid", params={"proposal": proposal})
        return super().clean(value)


class CodeField(Line):
    """The short Latin code by which settings objects are known in imports, addresses and configuration."""

    default_validators = [code_validator]

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value.lower() if isinstance(value, str) else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": CodeFormField, **kwargs})


class ExactField(models.Field):
    """A decimal kept as a whole number of its smallest part, because SQLite would round decimals.

    ``places`` says how small a part is: 6 = millionths, 2 = cents. The Python value is a Decimal. Raises
    ValidationError, naming the limit, for what does not fit into ±9·10¹⁸ parts.
    """

    def __init__(self, *args: Any, places: int = 6, **kwargs: Any) -> None:
        self.places = places
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "places": self.places}

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    @property
    def limit(self) -> Decimal:
        return Decimal(9).scaleb(18 - self.places)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Decimal):
            return value
        try:
            return Decimal(str(value))
        except InvalidOperation:
            raise ValidationError(_("“%(value)s” is not a number."), params={"value": value}) from None

    def from_db_value(self, value: Any, *_args: Any) -> Any:
        return None if value is None else Decimal(value).scaleb(-self.places)

    def get_prep_value(self, value: Any) -> Any:
        value = self.to_python(super().get_prep_value(value))
        if value is None:
            return None
        if not value.is_finite() or abs(value) > self.limit:
            raise ValidationError(
                _("Numbers from %(low)s to %(high)s are kept."),
                params={"low": f"{-self.limit:f}", "high": f"{self.limit:f}"},
            )
        return int(value.scaleb(self.places).to_integral_value(ROUND_HALF_EVEN))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.DecimalField, "decimal_places": self.places, **kwargs})
