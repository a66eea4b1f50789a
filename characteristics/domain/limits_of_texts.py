"""How long a text may be, and the pattern that the whole of it must match."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation

from characteristics.domain import patterns
from characteristics.models import Characteristic
from desk.said import gettext as _
from desk.said import ngettext

#: So much of a wrong text is repeated.
REPEATED = 60


def checker(characteristic: Characteristic) -> Any:
    """Raises ValidationError for a text beyond the limits; None where there are none."""
    longest, pattern, hint = characteristic.max_length, characteristic.pattern, characteristic.pattern_hint

    def check(said: str) -> None:
        if longest and len(said) > longest:
            sentence = ngettext(
                "It has %(length)d characters; at most %(limit)d is kept here.",
                "It has %(length)d characters; at most %(limit)d are kept here.",
                longest,
            )
            raise ValidationError(sentence % {"length": len(said), "limit": longest})
        if pattern and not patterns.matches(pattern, said):
            shown = said if len(said) <= REPEATED else f"{said[:REPEATED]}…"
            if hint:
                raise ValidationError(_("“%(value)s” does not fit here: %(hint)s") % {"value": shown, "hint": hint})
            sentence = _("“%(value)s” does not fit the pattern %(pattern)s.")
            raise ValidationError(sentence % {"value": shown, "pattern": pattern})

    return check if longest or pattern else None


def sentences(characteristic: Characteristic) -> list[str]:
    """The limits, for whoever is to keep to them."""
    told = []
    if longest := characteristic.max_length:
        sentence = translation.ngettext("At most %(count)d character.", "At most %(count)d characters.", longest)
        told.append(sentence % {"count": longest})
    if characteristic.pattern:
        in_full = translation.gettext("In the pattern %(pattern)s.") % {"pattern": characteristic.pattern}
        told.append(characteristic.pattern_hint or in_full)
    return told


def in_brief(characteristic: Characteristic) -> list[str]:
    """The same for a row of the settings."""
    told = []
    if longest := characteristic.max_length:
        words = translation.ngettext("up to %(count)d character", "up to %(count)d characters", longest)
        told.append(words % {"count": longest})
    if characteristic.pattern:
        told.append(translation.gettext("pattern %(pattern)s") % {"pattern": characteristic.pattern})
    return told


def check(characteristic: Characteristic, longest: int) -> None:
    """ValidationError, by field, for limits that could not be kept to."""
    limit = characteristic.max_length
    if limit is not None and not 1 <= limit <= longest:
        sentence = translation.gettext("Write a number from 1 to %(limit)d, or leave it empty.")
        raise ValidationError({"max_length": sentence % {"limit": longest}})
    if characteristic.pattern:
        try:
            patterns.check(characteristic.pattern, limit or longest)
        except ValidationError as error:
            raise ValidationError({"pattern": error.messages}) from None
    elif characteristic.pattern_hint:
        sentence = translation.gettext("These words belong to a pattern. Write one, or leave them out.")
        raise ValidationError({"pattern_hint": sentence})
