"""Which operations touched counterparties that somebody may view, as the database noted them."""

from typing import Any

from django.db.models import QuerySet

from counterparties.models import Counterparty, Touch
from trail.pages.worth_asking import keepers


@keepers.register
class OfCounterparties:
    code, position, thing = "counterparty", 10, Counterparty

    def operations(self, decision: Any) -> QuerySet | None:
        """By their types. Whoever may view everything may know of nearly every operation, and of what is gone."""
        if decision.has_everything("view"):
            return None
        sets = frozenset(decision.set_ids("view"))
        return Touch.objects.filter(type_set__among=sets).order_by().values_list("operation")
