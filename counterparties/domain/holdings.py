"""Who belongs to whom, as far as a reader may know."""

from typing import Any

from counterparties.models.counterparty import CounterpartyQuerySet


def seen_by(decision: Any) -> CounterpartyQuerySet:
    """Holdings that may be viewed as holdings: seen as a client alone, one is nobody's holding to the reader."""
    return decision.counterparties("view", [each.pk for each in decision.types("view") if each.kind.groups_clients])
