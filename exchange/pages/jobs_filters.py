"""What the list of jobs can be asked for."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from counterparties.pages.codes_filter import OneOfCodes
from desk.pages.filters import Filter
from exchange.domain.jobs import sorts
from exchange.models import Job
from exchange.models.job import states
from staff.models import User


class InState(OneOfCodes):
    """How they stand."""

    key = column = "state"

    def __init__(self) -> None:
        self.label = _("State")

    def options(self) -> list[tuple[str, Any]]:
        return [(code, capfirst(word)) for code, word in states()]


class OfSort(OneOfCodes):
    """What they do."""

    key = column = "sort"

    def __init__(self) -> None:
        self.label = _("Sort of job")

    def options(self) -> list[tuple[str, Any]]:
        return sorts.choices()


class ByPerson(OneOfCodes):
    """Who asked for them; offered to those who see more than their own."""

    key = "user"

    def __init__(self) -> None:
        self.label = _("Who")

    def options(self) -> list[tuple[str, Any]]:
        asked = User.objects.filter(Exists(Job.objects.filter(owner=OuterRef("pk"))))
        return [(each.username.lower(), str(each)) for each in asked.order_by("first_name", "last_name", "username")]

    def condition(self, asked: Any) -> Q:
        named = Q(pk__in=[])
        for name in asked["user"]:
            named |= Q(username__iexact=name)
        return Q(owner__in=list(User.objects.filter(named).values_list("pk", flat=True)))


def filters(sees_all: bool) -> dict[str, Filter]:
    """Every filter by its key."""
    offered: list[Filter] = [InState(), OfSort()]
    if sees_all:
        offered.append(ByPerson())
    return {each.key: each for each in offered}
