"""Operations that touched one counterparty: a filter of their list."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from counterparties.models import Counterparty
from counterparties.pages import held_filters
from trail.domain import changes
from trail.pages.operation_filters import further
from trail.pages.timeline import parts_of

#: The newest of them that the list can go back to.
MOST = 2_000


class Touching(held_filters.OfCounterparty):
    """By what its timeline tells the reader: a hidden counterparty is as good as none."""

    def condition(self, asked: Mapping[str, Any]) -> Q:
        found: set[int] = set()
        for each in asked[self.key]:
            if isinstance(each, Counterparty):
                found |= changes.operations(parts_of(each, self._decision), most=MOST).keys()
        return Q(pk__in=found)


@further.register
class OfCounterparty:
    code, position = "counterparty", 10

    def filter(self, decision: Any) -> Touching:
        return Touching("counterparty", _("Touched the counterparty"), "", decision)
