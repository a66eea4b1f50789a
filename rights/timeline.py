"""How history speaks of rights, and of the roles that have them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext

from counterparties.models import CounterpartyType
from rights.catalog import BY_CODE, RIGHTS
from rights.domain.joining import role_names
from rights.models import Grant, Look
from staff.models import User
from staff.timeline import changes_the_settings, who_may_change_settings
from trail.domain.changes import Change, Part
from trail.pages.settings_words import OfSettings
from trail.pages.words import Line, Names, Story, Words, words


@words.register
class OfGrant(OfSettings):
    """The rights on a type belong to its history: one line for each tick, type by type."""

    code, position, model = "rights.Grant", 230, Grant
    thing, owner = CounterpartyType, F("type_id")
    counted = ngettext_lazy("%(number)s right", "%(number)s rights", "count")
    left_out: tuple[str, ...] = ()

    def part(self, thing: Any, decision: Any) -> Part | None:
        return Part(self.model, Q(type=thing.pk)) if isinstance(thing, CounterpartyType) else None

    def stories(self, changes: list[Change], names: Names) -> list[Story]:
        by_type: dict[int, list[tuple[str, int, Line]]] = defaultdict(list)
        places = {right.code: place for place, right in enumerate(RIGHTS)}
        for change in changes:
            role, right = names.of(Group, change.record.role_id), change.record.right
            by_type[change.record.type_id].append((role, places.get(right, len(places)), self._line(role, change)))
        return [
            Story(
                _("Rights to %(type)s") % {"type": names.of(CounterpartyType, type_)},
                [line for _role, _place, line in sorted(told, key=lambda each: each[:2])],
            )
            for type_, told in by_type.items()
        ]

    def _line(self, role: str, change: Change) -> Line:
        right = BY_CODE.get(change.record.right)
        label = _("%(role)s · %(right)s") % {"role": role, "right": right.label if right else change.record.right}
        off, on = pgettext("right", "off"), pgettext("right", "on")
        return Line(label, off, on) if change.became else Line(label, on, off)


@words.register
class OfLook(Words):
    """Looks belong to no thing's history; the operation tells through whose eyes it was."""

    code, position, model = "rights.Look", 235, Look
    counted = ngettext_lazy("%(number)s look as somebody else", "%(number)s looks as somebody else", "count")
    added = gettext_lazy("Began to look as %(name)s")
    changed = gettext_lazy("Stopped looking as %(name)s")
    left_out = ("admin", "reason", "began_at")  # the operation says the first two
    in_name = ("person",)

    def part(self, thing: Any, decision: Any) -> Part | None:
        return None

    def rows(self, decision: Any) -> Q | None:
        return Q() if decision.is_superuser else None

    def named(self, ids: Iterable[Any], decision: Any) -> dict[Any, Any]:
        return Look.objects.select_related("admin", "person").in_bulk(list(ids))

    def name(self, record: Any, names: Names) -> str:
        return names.of(User, record.person_id)


@words.register
class OfRole(OfSettings):
    """Roles are named even after they are gone."""

    code, position, model = "auth.Group", 240, Group
    one, many = gettext_lazy("role"), gettext_lazy("roles")
    counted = ngettext_lazy("%(number)s role", "%(number)s roles", "count")

    def part(self, thing: Any, decision: Any) -> Part | None:
        return None

    def named(self, ids: Iterable[Any], decision: Any) -> dict[Any, Any]:
        return dict(role_names(set(ids)))

    def stories(self, changes: list[Change], names: Names) -> list[Story]:
        """Whether those who play it may change the settings is Django's affair, and told with the rest."""
        rows = [row for change in changes for row in change.rows if row]
        allowed = who_may_change_settings("HistoricalGroup_permissions", rows)
        stories = []
        for change in changes:
            told = self.story(change, names) or Story()
            lines = told.lines if change.became is None else [*told.lines, *changes_the_settings(change, allowed)]
            if told.title or lines:
                stories.append(Story(told.title, lines, told.is_new))
        return stories
