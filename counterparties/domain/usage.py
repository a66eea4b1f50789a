"""Who uses a type or a status: asked before it may be deleted."""

from characteristics.models import Characteristic
from counterparties.models import Counterparty, CounterpartyType, Status
from counterparties.models.type_set import TypeSetMember


def type_is_used(type_: CounterpartyType) -> bool:
    """By a subtype, by a counterparty (or a combination that occurred), or by a characteristic that points at it."""
    return (
        type_.parent_id is None
        or type_.children.exists()
        or TypeSetMember.objects.filter(type=type_).exists()
        or Characteristic.objects.filter(target_type=type_).exists()
    )


def status_is_used(status: Status) -> bool:
    return status.is_default or Counterparty.objects.filter(status=status).exists()
