"""Where the files of a counterparty hang, and who may see them there: now, and in the history."""

from typing import Any

from django.db.models import Model, Q

from counterparties.models import Client, Contract, Document, Value
from files.domain.reading import Place, places
from files.models import StoredFile


@places.register
class Values(Place):
    """For whoever may view a characteristic that says it, where it says it."""

    code, position = "values", 10

    def opens(self, stored: StoredFile, decision: Any) -> bool | None:
        asking = _now_or_before(Value, Q(file=stored.pk), stored, "characteristic")
        if not asking:
            return None
        types = decision.visible_types(stored.counterparty)
        return not asking.isdisjoint(each.characteristic.pk for each in decision.characteristics("view", types))


@places.register
class Documents(Place):
    """For everybody who may view the dossier; a deleted one for whoever may edit it."""

    code, position = "documents", 20

    def opens(self, stored: StoredFile, decision: Any) -> bool | None:
        hanging = Document.objects.filter(file=stored.pk, counterparty=stored.counterparty_id)
        deleted = [each.is_deleted for each in hanging]
        if not deleted:
            return None
        return not all(deleted) or decision.may("edit", stored.counterparty)


@places.register
class Contracts(Place):
    """Signed papers, for everybody who may view the dossier."""

    code, position = "contracts", 25

    def opens(self, stored: StoredFile, decision: Any) -> bool | None:
        return bool(_now_or_before(Contract, Q(file=stored.pk), stored, "counterparty")) or None


@places.register
class OfClients(Place):
    """Picture and logo, for whoever may view it as a client."""

    code, position = "clients", 30

    def opens(self, stored: StoredFile, decision: Any) -> bool | None:
        if not _now_or_before(Client, Q(picture=stored.pk) | Q(logo=stored.pk), stored, "counterparty"):
            return None
        return any(each.kind.is_client for each in decision.visible_types(stored.counterparty))


def _now_or_before(model: type[Model], where: Q, stored: StoredFile, key: str) -> set[int]:
    """What the records of its counterparty that bear the file are about; history tells those that did once."""
    # The counterparty first: its history is found by an index, the file alone would read all history there is.
    found: set[int] = set()
    for rows in (model._default_manager, model.history):  # type: ignore[attr-defined]
        found = set(rows.filter(where, counterparty=stored.counterparty_id).values_list(key, flat=True))
        if found:
            break
    return found
