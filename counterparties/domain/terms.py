"""What the days and the money of a project or a contract must be to each other; ValidationError names the fact."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def refuse_turned_round(starts_on: date | None, ends_on: date | None) -> None:
    """What ends has begun before."""
    if starts_on and ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": _("It cannot end before it starts.")})


def refuse_no_end(remind_days: int | None, ends_on: date | None) -> None:
    if remind_days is not None and not ends_on:
        raise ValidationError({"ends_on": _("Say when it ends: the reminder is counted from that day.")})


def refuse_no_currency(amount: Any, currency: str) -> None:
    if amount is not None and not currency:
        raise ValidationError({"currency": _("Say in which currency.")})
