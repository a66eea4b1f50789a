"""Whether what the rows of a sheet were judged by still stands: while they are judged, others go on working."""

from collections.abc import Collection
from typing import Any

from counterparties.models import (
    Address,
    BankAccount,
    Client,
    Contact,
    Contract,
    Counterparty,
    Document,
    Joining,
    Membership,
    Note,
    NoteReader,
    Project,
    SavedView,
    Value,
)
from files.models import StoredFile
from trail.domain.histories import ends, recorded_models

from .plan import Plan
from .taken import Taken

#: What rows are judged by, of one counterparty each, and how its history says of which.
OWN = {Counterparty: "id"} | dict.fromkeys((Value, Client, Address, BankAccount), "counterparty")
#: What no row is judged by. Anything else is taken for what all rows are judged by: a right, a type, a status.
BESIDE = {Contact, Contract, Document, Joining, Membership, Note, NoteReader, Project, SavedView, StoredFile}
#: Of so many changed counterparties it is asked which rows concern them.
MOST = 5_000

#: The keys by which rows mean a counterparty, or say that nobody has them yet, by their columns.
COLUMNS = {"code": "code_key", "registration_number": "registration_key", "email": "email", "name": "name_key"}


class Standing:
    """The books as they were when the judging of some rows began."""

    def __init__(self, plan: Plan, taken: Taken) -> None:
        self.plan, self.taken = plan, taken
        self._ends = ends(recorded_models())

    def disturbed(self) -> Collection[int] | None:
        """The rows that might be judged otherwise by now, by their numbers; None when all might.

        Asked in the transaction that writes. What a colleague has in hand and did not end yet is met there: by the
        version of each counterparty that is changed, by the codes and numbers that only one can have.
        """
        now = ends(self._ends)
        moved = {model: last for model, last in self._ends.items() if now[model] != last}
        if not moved.keys() <= OWN.keys() | BESIDE:
            return None
        changed: set[int] = set()
        for model in moved.keys() & OWN.keys():
            rows = model.history.filter(history_id__gt=moved[model]).order_by()
            changed.update(rows.values_list(OWN[model], flat=True).distinct()[: MOST + 1])
        if changed and (len(changed) > MOST or self._points):
            return None
        return self._concerning(changed)

    @property
    def _points(self) -> bool:
        """Do rows point at other counterparties, or at anything else beside their own?"""
        return any(each.characteristic and each.characteristic.type.settles for each in self.plan.columns)

    def _concerning(self, changed: set[int]) -> set[int]:
        """The rows that mean one of these, or say a key that one of them has."""
        if not changed:
            return set()
        concerned = self.taken.by("counterparty", changed)
        columns: list[Any] = [*COLUMNS.values()]
        for said in Counterparty.objects.filter(pk__in=changed).values_list(*columns):
            for sort, key in zip(COLUMNS, said, strict=True):
                concerned |= self.taken.by(sort, [key])
                if sort == self.plan.key:
                    concerned |= self.taken.by("key", [key.lower() if sort == "email" else key])
        if self.plan.key not in COLUMNS:
            key_of = next(each.characteristic for each in self.plan.columns if each.field == self.plan.key)
            said_of = Value.objects.filter(counterparty__in=changed, characteristic=key_of)
            concerned |= self.taken.by("key", said_of.values_list("text_key", flat=True))
        return concerned | self._saying(changed)

    def _saying(self, changed: set[int]) -> set[int]:
        """The rows that say what one of these says, where nobody shares it."""
        asked = [each.characteristic for each in self.plan.columns if each.characteristic]
        unique = {each.pk: each for each in asked if each.is_unique}
        found: set[int] = set()
        for row in Value.objects.filter(counterparty__in=changed, characteristic__in=unique) if unique else ():
            one = unique[row.characteristic_id]
            found |= self.taken.by(one.field_name, [one.type.content_of(row)])
        return found
