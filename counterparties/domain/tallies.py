"""What the database counts of counterparties while they are written."""

from counterparties.models import Arrivals, Counterparty, Tally
from desk.databases import tallies
from desk.databases.tally_triggers import Chosen, Fact, IsSaid, Month

BY_STATUS = tallies.Tally(
    Counterparty,
    Tally,
    {"type_set": Fact("type_set_id"), "status": Chosen("status_id"), "is_archived": IsSaid("archived_at")},
)
BY_MONTH = tallies.Tally(
    Counterparty,
    Arrivals,
    {"type_set": Fact("type_set_id"), "month": Month("created_at"), "is_archived": IsSaid("archived_at")},
)
ALL = (BY_STATUS, BY_MONTH)


def prepare(anew: bool = False) -> None:
    """Make or mend them; run after every migrate, and ``anew`` where rows were written past them."""
    for each in ALL:
        each.prepare(anew)


def missing() -> list[str]:
    """Names of triggers that should keep them and are not there."""
    return [name for each in ALL for name in each.missing()]
