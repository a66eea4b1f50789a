"""A card or a thing of a dossier that is sent twice is taken in once; see ``trail.domain.twice``."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from characteristics.domain import values
from counterparties.domain.clients import Differences
from counterparties.models import Counterparty
from trail.domain.twice import Twice, says_same

#: So many of the same name are looked at: whoever leaves a card open for a year is not asked to wait.
LOOKED_AT = 20


def refuse_card(
    made: Counterparty, answers: Mapping[Any, Any], of_client: Mapping[str, Any], opened_at: datetime, by: Any
) -> None:
    """Twice where the same card was taken in since it was opened. In the operation, when the new one has its code.

    Then whoever sent it first is done: the numbering makes them wait for each other.
    """
    same = Counterparty.objects.filter(name_key=made.name_key, type_set=made.type_set_id, created_at__gte=opened_at)
    for each in same.exclude(pk=made.pk).order_by("-pk")[:LOOKED_AT]:
        is_same = says_same(each, made, left_out={"id", "code", "created_at"})
        if is_same and _is_of(each, by) and not (values.Answered(each, answers) or Differences(each, **of_client)):
            raise Twice(each)


def refuse(made: Any, opened_at: datetime, by: Any) -> None:
    """The same for what hangs on a dossier. In the operation, before it is written."""
    owner = "holding" if hasattr(made, "holding_id") else "counterparty"
    # Two clicks come at once: the second waits here until the first is done.
    list(Counterparty.objects.select_for_update(no_key=True).filter(pk=getattr(made, f"{owner}_id")).values_list("pk"))
    added = type(made).history.filter(history_type="+", history_date__gte=opened_at, operation__user=by)
    new = added.filter(**{owner: getattr(made, f"{owner}_id")}).order_by().values("id")
    for each in type(made)._base_manager.filter(pk__in=new).order_by("pk"):
        if says_same(each, made, left_out={"id", "created_at", "position"}):
            raise Twice(each)


def _is_of(counterparty: Counterparty, by: Any) -> bool:
    return counterparty.history.filter(history_type="+", operation__user=by).exists()
