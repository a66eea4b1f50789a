"""What one user may write of a counterparty of some types: asked once for each combination that occurs."""

from collections.abc import Iterable
from typing import Any

from characteristics.models import Characteristic
from counterparties.domain import type_sets
from counterparties.models import Counterparty, CounterpartyType
from desk.said import gettext as _

Ids = frozenset[int]


class Allowed:
    """The rights of one user, remembered by combination of types. ``decision`` comes from the policy."""

    def __init__(self, decision: Any) -> None:
        self.decision, self.tree = decision, decision.tree
        self.seen, self.added, self.edited = (decision.type_ids(right) for right in ("view", "add", "edit"))
        self._members = type_sets.members()
        self._settled: dict[Ids, Ids] = {}
        self._characteristics: dict[tuple[str, Ids], dict[int, Characteristic]] = {}

    def types_of(self, counterparty: Counterparty) -> Ids:
        return self._members.get(counterparty.type_set_id, frozenset())

    def may_see(self, types: Ids) -> bool:
        return bool(types & self.seen)

    def may_edit(self, types: Ids) -> bool:
        """Shared facts: one of its types grants it."""
        return bool(types & self.edited)

    def characteristics(self, right: str, types: Ids) -> dict[int, Characteristic]:
        """What may be seen, added or edited of these types' characteristics; a stopped one is only seen."""
        asked = (right, types)
        if asked not in self._characteristics:
            of = [each for each in self.tree.types if each.pk in types]
            self._characteristics[asked] = {
                each.characteristic.pk: each.characteristic
                for each in self.decision.characteristics(right, of)
                if right == "view" or not each.characteristic.is_stopped
            }
        return self._characteristics[asked]

    def new_types(self, wanted: Iterable[CounterpartyType]) -> Ids:
        """The types of a new counterparty: a subtype stands for its ancestors."""
        every = frozenset(each.pk for each in wanted)
        if every not in self._settled:
            chosen = [self.tree.by_id[pk] for pk in every]
            self._settled[every] = frozenset(each.pk for each in self.tree.without_ancestors(chosen))
        return self._settled[every]

    def types_with(self, held: Ids, wanted: Iterable[CounterpartyType]) -> Ids:
        """The types after these were added: it keeps its own, but a subtype clears ancestors that are the user's."""
        more = [each for each in wanted if not held & self.tree.family(each)]
        if not more:
            return held
        mine = [self.tree.by_id[pk] for pk in held & self.edited]
        settled = {each.pk for each in self.tree.without_ancestors([*mine, *more])}
        return frozenset(settled | (held - self.edited))

    def why_not(self, types: Iterable[int], right: str) -> str:
        """The sentence about the first of these types that the user may not give, or nothing."""
        granted = self.added if right == "add" else self.edited
        for each in (self.tree.by_id[pk] for pk in types):
            if each.pk not in self.seen:
                return _("There is no type “%(code)s” for you to choose.") % {"code": each.code}
            if each.is_stopped:
                return _("The type “%(type)s” is stopped: no counterparty is given it any more.") % {"type": each.label}
            if each.pk not in granted and right == "add":
                return _("You may not add counterparties of the type “%(type)s”.") % {"type": each.label}
            if each.pk not in granted:
                return _("You may not edit counterparties of the type “%(type)s”.") % {"type": each.label}
        return ""
