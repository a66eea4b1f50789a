"""Files go where what bears them goes: back to the counterparty from which an operation took both."""

from counterparties.models import Client, Contract, Document, Value
from files.models import StoredFile
from trail.domain import in_bulk

#: What bears a file, and in which columns.
BEARERS = ((Document, "file"), (Contract, "file"), (Value, "file"), (Client, "picture"), (Client, "logo"))


def return_files(operation: int) -> None:
    """Each file that the operation gave to another counterparty belongs to whoever bears it now."""
    changed = StoredFile.history.filter(operation=operation, history_type="~").order_by()
    given = set(changed.values_list("id", flat=True))
    if not given:
        return
    borne: dict[int, set[int]] = {pk: set() for pk in given}
    for model, column in BEARERS:
        rows = model._base_manager.filter(**{f"{column}__in": given}).values_list(column, "counterparty")
        for pk, owner in rows:
            borne[pk].add(owner)
    files = StoredFile.objects.select_for_update(of=("self",)).filter(pk__in=given).order_by("pk")
    returning = [each for each in files if borne[each.pk] and each.counterparty_id not in borne[each.pk]]
    for each in returning:
        each.counterparty_id = min(borne[each.pk])
    in_bulk.change(returning)
