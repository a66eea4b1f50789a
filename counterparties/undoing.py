"""How what was done to counterparties, and to the settings about them, is taken back."""

from django.utils.translation import gettext_lazy as _

from counterparties.domain.undoing import answers, belongings, cards, joinings, memberships, notes, settings, views
from counterparties.models import Erasure
from trail.domain.undoing.registry import Undoing, undoings

__all__ = ["answers", "belongings", "cards", "joinings", "memberships", "notes", "settings", "views"]


@undoings.register
class Erasures(Undoing):
    code, position, model = "counterparties.Erasure", 910, Erasure
    never = _("What was erased is kept nowhere, so nobody can bring it back.")
