"""Giving each row of a chunk the counterparty it means, if it is in the books already."""

from counterparties.domain.in_bulk.allowed import Allowed
from counterparties.models import Counterparty
from desk.said import gettext as _

from . import keys
from .plan import Draft, Plan
from .taken import Taken


class Finder:
    """Looks rows up by the key of the plan; those without it otherwise, where that is safe."""

    def __init__(self, plan: Plan, taken: Taken, *, holds: bool = True) -> None:
        """``holds``: whoever is found stays as it is until the operation is over."""
        self.plan, self.taken, self._holds = plan, taken, holds
        self.column = plan.column_of(plan.key)
        self.key = keys.key_of(plan)

    def find(self, drafts: list[Draft], allowed: Allowed) -> None:
        """Set ``stored`` of every row that means somebody, and refuse those that cannot be told."""
        ids = self._by_key(drafts) | self._otherwise([each for each in drafts if not self.key(each)])
        every = {pk for some in ids.values() for pk in some}
        rows = Counterparty.objects.select_for_update(of=("self",)) if self._holds else Counterparty.objects.all()
        stored = rows.order_by("pk").in_bulk(list(every))
        for each in drafts:
            self._choose(each, [stored[pk] for pk in ids.get(each.number, []) if pk in stored], allowed)

    def _by_key(self, drafts: list[Draft]) -> dict[int, list[int]]:
        said = {each.number: key for each in drafts if (key := self.key(each))}
        found = keys.bearers(self.plan, list(said.values()))
        for each in drafts:
            if each.number in said:
                self.taken.once(each, "key", said[each.number], self.column)
                self.taken.note("name", keys.name_of(each), each.number)
        return {number: found.get(key, []) for number, key in said.items()}

    def _otherwise(self, drafts: list[Draft]) -> dict[int, list[int]]:
        """Rows without the key, by their company number and then by their name; so a second run adds nobody twice."""
        if self.plan.mode == "create":
            return {}
        if self.plan.key != "code" or self.plan.mode == "update":
            header = self.column.header if self.column else self.plan.key
            for each in drafts:
                if not self._is_wrong(each):
                    each.refuse(_("The row has no “%(key)s” to be found by.") % {"key": header}, self.column)
            return {}
        by_number = keys.by_number([key for each in drafts if (key := keys.number_of(each))])
        by_name = keys.by_name([key for each in drafts if (key := keys.name_of(each))])
        ids: dict[int, list[int]] = {}
        for each in drafts:
            each.is_known_by_key = False
            name = keys.name_of(each)
            if name:
                self.taken.once(each, "name", name, self.plan.column_of("name"))
            ids[each.number] = by_number.get(keys.number_of(each)) or by_name.get(name, [])
        return ids

    def _choose(self, draft: Draft, found: list[Counterparty], allowed: Allowed) -> None:
        column = self.column if draft.is_known_by_key else self.plan.column_of("name")
        seen = [each for each in found if allowed.may_see(allowed.types_of(each))]
        # Of e-mails, characteristics and names a hidden counterparty must not be told of: they need not be unique.
        if found and not seen and draft.is_known_by_key and self.plan.key in ("code", "registration_number"):
            draft.refuse(_("Another counterparty you may not see has this."), column)
        elif len(seen) > 1:
            draft.refuse(_("%(count)d counterparties have this; say which by the code.") % {"count": len(seen)}, column)
        elif seen and self.plan.mode == "create":
            message = _("%(code)s has this already; rows that change it need the mode update or upsert.")
            draft.refuse(message % {"code": seen[0].code}, column)
        elif seen:
            draft.stored = seen[0]
            if not draft.reasons:
                self.taken.once(draft, "counterparty", seen[0].pk, column)
        elif self.plan.mode == "update" and not self._is_wrong(draft):
            draft.refuse(_("There is no such counterparty to change."), column)

    def _is_wrong(self, draft: Draft) -> bool:
        """Is it told already what is wrong with the key?"""
        return any(reason.field == self.plan.key for reason in draft.reasons)
