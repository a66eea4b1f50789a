"""What a characteristic "with package" says."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from characteristics.models import Element
from desk.said import gettext as _


@dataclass(frozen=True)
class Packed:
    """Yes or no, and with a yes, in which package and how much of it."""

    flag: bool
    package: Element | None = None
    quantity: Decimal | None = None


def check(said: Packed) -> Packed:
    """What is said, if it makes sense; ValidationError tells what would."""
    if not said.flag and (said.package is not None or said.quantity is not None):
        raise ValidationError(_("Say yes, or leave package and quantity empty."))
    if said.quantity is not None and said.quantity <= 0:
        raise ValidationError(_("The quantity must be more than 0, or left empty."))
    return said
