"""What the list of imports can be asked for."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from counterparties.pages.codes_filter import OneOfCodes
from counterparties.pages.facts import visible_path
from desk.pages.filters import Filter
from exchange.models import Import
from exchange.models.importing import states

from .asked_by import ByPerson, InState, OnDays


class OfType(OneOfCodes):
    """Of which counterparties the sheet was, by the types that its new ones are given."""

    key = "types"

    def __init__(self, decision: Any) -> None:
        self.label, self._decision = _("Types"), decision

    def options(self) -> list[tuple[str, Any]]:
        return [(each.code, visible_path(each, self._decision)) for each in self._decision.types("view")]

    def condition(self, asked: Mapping[str, Any]) -> Q:
        # SQLite cannot look into a list; written down, a code stands there between its quotation marks.
        written = Import.objects.annotate(written=Cast("types", TextField()))
        named = Q(pk__in=[])
        for code in asked[self.key]:
            named |= Q(written__contains=f'"{code}"')
        return Q(pk__in=written.filter(named).order_by().values("pk"))


def filters(sees_all: bool, decision: Any) -> dict[str, Filter]:
    """Every filter by its key."""
    offered: list[Filter] = [InState(states()), OnDays("created_at"), OfType(decision)]
    if sees_all:
        offered.insert(0, ByPerson(Import))
    return {each.key: each for each in offered}
