"""Who joined a role or left it, read from the history of people."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from staff.models import User
from trail.models import Operation


@dataclass(frozen=True)
class Joining:
    """One person, one role, one moment."""

    step: int
    user: User
    role: str
    has_joined: bool
    operation: Operation

    @property
    def who(self) -> str:
        """Who let them in or out."""
        return str(self.operation.user) if self.operation.user else _("the system")


def joinings(*, most: int, before: int | None = None) -> list[Joining]:
    """The newest first; ``before``: only steps older than this one. A handful of queries, however many there are."""
    found = sorted([*_steps(True, most, before), *_steps(False, most, before)], reverse=True)[:most]
    steps = User.history.model.objects.select_related("operation__user").in_bulk([step for step, *_rest in found])
    people = User.objects.in_bulk({user for _step, user, _role, _joined in found})
    names = role_names({role for _step, _user, role, _joined in found})
    return [
        Joining(step, people[user], names.get(role, ""), has_joined, steps[step].operation)
        for step, user, role, has_joined in found
    ]


def _steps(has_joined: bool, most: int, before: int | None) -> list[tuple[int, int, int, bool]]:
    """Each entry of a person's history says all their roles: one that is in it and not in the entry before was joined,
    one that is in it and not in the entry after was left with that one."""
    said, people = apps.get_model("staff", "HistoricalUser_groups"), User.history.model.objects
    beside = people.filter(id=OuterRef("user_id"))
    if has_joined:
        other = beside.filter(history_id__lt=OuterRef("history_id")).order_by("-history_id")
    else:
        other = beside.filter(history_id__gt=OuterRef("history_id")).order_by("history_id")
    there = said.objects.filter(history_id=OuterRef("other"), group_id=OuterRef("group_id"))
    rows: QuerySet[Any] = said.objects.annotate(other=Subquery(other.values("history_id")[:1])).filter(~Exists(there))
    step = "history_id" if has_joined else "other"
    if not has_joined:
        rows = rows.filter(other__isnull=False)
    if before is not None:
        rows = rows.filter(**{f"{step}__lt": before})
    found = rows.order_by(f"-{step}", "group_id").values_list(step, "user_id", "group_id")[:most]
    return [(*row, has_joined) for row in found]


def role_names(ids: set[int]) -> dict[int, str]:
    """Names of roles, of those too that are no longer there."""
    names = dict(Group.objects.filter(pk__in=ids).values_list("pk", "name"))
    gone = Group.history.model.objects.filter(id__in=ids - set(names)).order_by("history_id")
    return {**dict(gone.values_list("id", "name")), **names}
