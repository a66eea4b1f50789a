"""Answers that nobody shares: rows of a sheet beside the books and beside each other."""

from collections import defaultdict
from typing import Any

from characteristics.domain import unshared
from characteristics.models import Characteristic
from counterparties.domain.in_bulk.allowed import Allowed
from counterparties.models import Counterparty, Value

from .checks import holder_words
from .plan import Draft, Plan
from .taken import Taken


class Unshared:
    """The columns of a plan whose answers are one counterparty's only."""

    def __init__(self, plan: Plan, taken: Taken) -> None:
        self.plan, self.taken = plan, taken
        asked = [each.characteristic for each in plan.columns if each.characteristic]
        self.asked = [each for each in asked if each.is_unique]

    def hold(self) -> None:
        """First in a transaction that writes: before any counterparty is held."""
        unshared.hold_first(self.asked)

    def refuse(self, drafts: list[Draft], allowed: Allowed) -> None:
        """What somebody else says in the books, or an earlier row of the sheet. One statement to look, for a chunk."""
        if not self.asked:
            return
        said: dict[Characteristic, set[Any]] = defaultdict(set)
        for each in drafts:
            for characteristic, contents in self._of(each):
                said[characteristic].update(contents)
        owners = unshared.owners(Value, said)
        for each in drafts:
            for characteristic, contents in self._of(each):
                self._refuse(each, characteristic, contents, owners, allowed)

    def _of(self, draft: Draft) -> list[tuple[Characteristic, list[Any]]]:
        if draft.reasons:
            return []
        said = [(each, draft.answers.get(each.pk, ())) for each in self.asked]
        return [(each, [each.type.content(value) for value in values]) for each, values in said if values]

    def _refuse(
        self,
        draft: Draft,
        characteristic: Characteristic,
        contents: list[Any],
        owners: dict[unshared.Answer, set[int]],
        allowed: Allowed,
    ) -> None:
        column = self.plan.column_of(characteristic.field_name)
        own = draft.stored.pk if draft.stored else None
        for content in contents:
            others = owners.get((characteristic.pk, content), set()) - {own}
            if others:
                draft.refuse(holder_words(Counterparty.objects.get(pk=min(others)), allowed), column)
            else:
                self.taken.once(draft, characteristic.field_name, content, column)
