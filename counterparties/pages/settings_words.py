"""How history speaks of types, their characteristics and statuses."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from counterparties.models import CounterpartyType, Status, TypeCharacteristic
from trail.domain.changes import Part
from trail.pages.settings_words import OfSettings
from trail.pages.words import Names, words


@words.register
class OfType(OfSettings):
    code, position, model = "counterparties.CounterpartyType", 200, CounterpartyType


@words.register
class OfTie(OfSettings):
    """The characteristics of a type belong to its history."""

    code, position, model = "counterparties.TypeCharacteristic", 210, TypeCharacteristic
    added = gettext_lazy("Characteristic tied: %(name)s")
    changed = gettext_lazy("Characteristic moved: %(name)s")
    removed = gettext_lazy("Characteristic taken off: %(name)s")
    left_out = ("type", "position")
    in_name = ("characteristic",)

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(type=thing.pk)) if isinstance(thing, CounterpartyType) else None

    def name(self, record: Any, names: Names) -> str:
        from_history = record._meta.get_field("characteristic").related_model
        return names.of(from_history, record.characteristic_id)


@words.register
class OfStatus(OfSettings):
    code, position, model = "counterparties.Status", 220, Status
