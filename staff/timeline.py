"""How history speaks of people: their names, their preferences, and which roles they play."""

from collections import defaultdict
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from staff.models import User
from trail.domain.changes import Change, Part
from trail.pages.words import Line, Names, Story, Words, words


@words.register
class People(Words):
    """Everybody knows what was changed about themselves; superusers, about all."""

    code, position, model = "staff.User", 245, User
    counted = ngettext_lazy("%(number)s user", "%(number)s users", "count")
    added = gettext_lazy("Added as a user")
    left_out = ("date_joined",)

    def part(self, thing: Any, decision: Any) -> Part | None:
        return None

    def rows(self, decision: Any) -> Q | None:
        return Q() if decision.is_superuser else Q(id=getattr(decision.user, "pk", None) or 0)

    def stories(self, changes: list[Change], names: Names) -> list[Story]:
        rows = [row for change in changes for row in change.rows if row]
        played, allowed = _roles(rows), who_may_change_settings("HistoricalUser_user_permissions", rows)
        stories = []
        for change in changes:
            old, new = (", ".join(played.get(row, [])) if row else "" for row in change.rows)
            told = self.story(change, names) or Story()
            lines = [*told.lines, *([Line(_("Roles"), old, new)] if old != new else [])]
            lines += changes_the_settings(change, allowed)
            if told.title or lines:
                stories.append(Story(told.title, lines, told.is_new))
        return stories


def _roles(rows: list[int]) -> dict[int, list[str]]:
    """The names of the roles somebody played, by the row of history that says so."""
    said = apps.get_model("staff", "HistoricalUser_groups").objects.filter(history__in=rows)
    pairs = list(said.values_list("history_id", "group_id"))
    ids = {group for _row, group in pairs}
    names = dict(Group.objects.filter(pk__in=ids).values_list("pk", "name"))
    gone = Group.history.model.objects.filter(id__in=ids - set(names)).order_by("history_id")
    names |= dict(gone.values_list("id", "name"))
    played: dict[int, list[str]] = defaultdict(list)
    for row, group in sorted(pairs, key=lambda pair: names.get(pair[1], "")):
        played[row].append(names.get(group, ""))
    return played


def who_may_change_settings(kept_in: str, rows: list[int]) -> set[int]:
    """The rows in which a person or a role may change the settings; no other permission means anything."""
    return set(apps.get_model("staff", kept_in).objects.filter(history__in=rows).values_list("history_id", flat=True))


def changes_the_settings(change: Change, allowed: set[int]) -> list[Line]:
    could, can = (row in allowed for row in change.rows)
    return [Line(_("Changes the settings"), _yes_or_no(could), _yes_or_no(can))] if could != can else []


def _yes_or_no(may: bool) -> str:
    return _("Yes") if may else _("No")
