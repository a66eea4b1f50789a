"""How history speaks of types, their characteristics and statuses, and of lists that somebody kept."""

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from counterparties.models import CounterpartyType, SavedView, Status, TypeCharacteristic
from trail.domain.changes import Part
from trail.pages.settings_words import OfSettings
from trail.pages.words import Names, Words, words


@words.register
class OfType(OfSettings):
    code, position, model = "counterparties.CounterpartyType", 200, CounterpartyType
    counted = ngettext_lazy("%(number)s type", "%(number)s types", "count")

    def url(self, record: Any, decision: Any) -> str:
        return f"/settings/types/{record.code}/edit/" if decision.may_manage_settings else ""


@words.register
class OfTie(OfSettings):
    """The characteristics of a type belong to its history."""

    code, position, model = "counterparties.TypeCharacteristic", 210, TypeCharacteristic
    thing, owner = CounterpartyType, F("type_id")
    counted = ngettext_lazy("%(number)s tie of a characteristic", "%(number)s ties of characteristics", "count")
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
    counted = ngettext_lazy("%(number)s status", "%(number)s statuses", "count")

    def url(self, record: Any, decision: Any) -> str:
        return f"/settings/statuses/{record.code}/edit/" if decision.may_manage_settings else ""


@words.register
class OfView(Words):
    """A kept list is its owner's; superusers may know of all."""

    code, position, model = "counterparties.SavedView", 250, SavedView
    counted = ngettext_lazy("%(number)s saved view", "%(number)s saved views", "count")
    added = gettext_lazy("View kept: %(name)s")
    changed = gettext_lazy("View changed: %(name)s")
    removed = gettext_lazy("View deleted: %(name)s")
    left_out = ("user", "position")

    def part(self, thing: Any, decision: Any) -> Part | None:
        return None

    def rows(self, decision: Any) -> Q | None:
        return Q() if decision.is_superuser else Q(user=getattr(decision.user, "pk", None) or 0)

    def name(self, record: Any, names: Names) -> str:
        return record.name or _("the columns of a list")
