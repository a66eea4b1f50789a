"""The log-ins of clients follow what the books say of them."""

from collections.abc import Collection
from typing import Any

from counterparties.domain.log_ins import Keeper, keepers
from counterparties.models import Counterparty
from portal.domain import opening
from portal.models import Access


@keepers.register
class OfPortal(Keeper):
    """Their way in to their own pages."""

    code, position = "portal", 10

    def user_of(self, counterparty: Counterparty) -> int | None:
        return Access.objects.filter(counterparty=counterparty.pk).values_list("user", flat=True).first()

    def open(self, counterparty: Counterparty, *, by: Any) -> None:
        opening.open_for(counterparty, by=by)

    def close(self, counterparties: Collection[Counterparty], *, by: Any) -> None:
        opening.close(counterparties, by=by)

    def readdress(self, counterparties: Collection[Counterparty], *, by: Any) -> None:
        opening.readdress(counterparties, by=by)
