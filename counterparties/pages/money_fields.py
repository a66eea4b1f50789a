"""Money in forms: an amount as people write it, and the currency it is in."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk import places
from desk.fields import DecimalFormField
from desk.widgets import Select

#: Amounts are kept in hundredths.
KEPT_PLACES = 2
#: More than any contract; a slip of the hand is told.
MOST = Decimal(10) ** 13


class AmountField(DecimalFormField):
    """Not below nothing, and no more than can be meant."""

    def to_python(self, value: Any) -> Decimal | None:
        amount = super().to_python(value)
        if amount is None:
            return None
        if amount < 0:
            raise ValidationError(_("An amount is not below 0."))
        if amount >= MOST:
            raise ValidationError(_("The amount is too large. Check how many digits it has."))
        return amount

    def words(self, value: Any) -> str:
        """What a form says, as people read it; the same amount typed differently is the same."""
        try:
            amount = self.to_python(value)
        except ValidationError:
            return str(value)
        return "" if amount is None else str(self.prepare_value(amount))


class CurrencyField(forms.ChoiceField):
    """A currency somebody pays with today; one that is ``kept`` stays, whatever became of it."""

    def __init__(self, kept: str = "", **kwargs: Any) -> None:
        choices = [("", "—"), *((code, f"{code} · {name}") for code, name in places.currencies())]
        if kept and kept not in dict(choices):
            choices.append((kept, kept))
        super().__init__(**{"choices": choices, "widget": Select, "required": False, **kwargs})
        self.error_messages["invalid_choice"] = _("There is no currency “%(value)s”. Choose one.")

    def to_python(self, value: Any) -> str:
        return super().to_python(value).strip().upper()


def refuse_more_places(amount: Decimal, currency: str) -> None:
    """Nobody can pay a thousandth of a euro, or half a yen."""
    places_kept = min(places.minor_units(currency), KEPT_PLACES)
    if amount == round(amount, places_kept):
        return
    if not places_kept:
        raise ValidationError(_("Amounts in %(currency)s are whole numbers.") % {"currency": currency})
    sentence = ngettext(
        "At most %(number)d digit follows the decimal sign.",
        "At most %(number)d digits follow the decimal sign.",
        places_kept,
    )
    raise ValidationError(sentence % {"number": places_kept})
