"""What the list of jobs can be asked for."""

from typing import Any

from django.utils.translation import gettext as _

from counterparties.pages.codes_filter import OneOfCodes
from desk.pages.filters import Filter
from exchange.domain.jobs import sorts
from exchange.models import Job
from exchange.models.job import states

from .asked_by import ByPerson, InState


class OfSort(OneOfCodes):
    """What they do."""

    key = column = "sort"

    def __init__(self) -> None:
        self.label = _("Sort of job")

    def options(self) -> list[tuple[str, Any]]:
        return sorts.choices()


def filters(sees_all: bool) -> dict[str, Filter]:
    """Every filter by its key."""
    offered: list[Filter] = [InState(states()), OfSort()]
    if sees_all:
        offered.append(ByPerson(Job, "owner"))
    return {each.key: each for each in offered}
