"""How a rule about reasons is taken back."""

from trail.domain.undoing.office import OfOffice
from trail.domain.undoing.registry import undoings
from trail.models import ReasonRule


@undoings.register
class Reasons(OfOffice):
    code, position, model, is_guarded = "trail.ReasonRule", 270, ReasonRule, False
    unique = (("kind",),)
