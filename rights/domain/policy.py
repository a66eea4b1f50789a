"""Who may do what. The only place that decides; every page, count, sheet, file and command asks here.

The rules (product.md, rule 1): rights add up over a user's roles. A right works only together with *view* of the same
type. *view, edit, export, settings, balance*: one of the counterparty's types grants it. *add, archive*: each of its
types grants it. Rights are asked of the types a counterparty carries, never of their ancestors.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.contrib.auth.models import Group

from counterparties.domain import type_sets
from counterparties.domain.inheritance import Inherited, TypeTree
from counterparties.domain.settled import Settled
from counterparties.models import Counterparty, CounterpartyType
from counterparties.models.counterparty import CounterpartyQuerySet
from desk.databases import Prepared
from rights.catalog import ASKED_OF_EACH_TYPE, BY_CODE
from rights.domain import explaining
from rights.domain.explaining import Explanation, Refused
from rights.models import Grant

#: So many counterparties are few.
FEW = 2_000
#: (right, type) of all that a user was granted by any role.
_grants = Prepared(lambda user: Grant.objects.filter(role__user=user).values_list("right", "type"), int)


def for_user(user: Any) -> "Decision":
    """The decisions about one user as things stand now; good for one request or one chunk of a job."""
    return Decision(user)


def may(user: Any, right: str, thing: Any) -> bool:
    return for_user(user).may(right, thing)


def types_for(user: Any, right: str) -> list[CounterpartyType]:
    return for_user(user).types(right)


def counterparties(user: Any, right: str = "view") -> CounterpartyQuerySet:
    return for_user(user).counterparties(right)


def explain(user: Any, right: str, thing: Any) -> Explanation:
    return for_user(user).explain(right, thing)


class Decision:
    """Answers every question about the rights of one user; reads what it needs once."""

    def __init__(self, user: Any) -> None:
        self.user = user
        # Every page asks the same a dozen times, and of hundreds of combinations of types.
        self._types_by_right: dict[str, frozenset[int]] = {}
        self._listed_by_right: dict[str, list[CounterpartyType]] = {}
        self._sets_by_right: dict[tuple[str, int], list[int]] = {}

    def anew(self) -> "Decision":
        """The same user's, as things stand by now: somebody else was faster in between."""
        return Decision(self.user)

    @cached_property
    def settled(self) -> Settled:
        """The settings as they stood when this decision first asked for them."""
        return Settled()

    @property
    def tree(self) -> TypeTree:
        return self.settled.tree

    @cached_property
    def is_superuser(self) -> bool:
        return bool(self.user and self.user.is_active and self.user.is_superuser)

    @cached_property
    def may_manage_settings(self) -> bool:
        """Superusers and holders of the permission *manage settings*."""
        return bool(self.user and self.user.is_active and self.user.has_perm("staff.manage_settings"))

    @property
    def may_look(self) -> bool:
        """Look at the office as somebody else: superusers alone, for whoever else did would see more than is theirs."""
        return self.is_superuser

    @cached_property
    def _granted(self) -> dict[str, set[int]]:
        granted: dict[str, set[int]] = defaultdict(set)
        if self.user is not None and self.user.pk and self.user.is_active:
            for right, type_id in _grants.rows(self.user.pk):
                granted[right].add(type_id)
        return granted

    @property
    def type_sets(self) -> dict[int, frozenset[int]]:
        """Every combination of types that occurs."""
        return self.settled.type_sets

    def type_ids(self, right: str) -> frozenset[int]:
        """Ids of the types that grant a right to this user."""
        if right not in BY_CODE:
            raise KeyError(f"No right {right!r}; known: {', '.join(BY_CODE)}")
        if right not in self._types_by_right:
            ids = self.tree.by_id if self.is_superuser else self._granted[right] & self._granted["view"]
            self._types_by_right[right] = frozenset(ids)
        return self._types_by_right[right]

    def types(self, right: str) -> list[CounterpartyType]:
        """The types that grant a right, parents before children."""
        if right not in self._listed_by_right:
            ids = self.type_ids(right)
            self._listed_by_right[right] = [each for each in self.tree.types if each.pk in ids]
        return [*self._listed_by_right[right]]

    def has_everything(self, right: str) -> bool:
        """No narrowing needed: superusers, and users to whom every type grants the right."""
        return self.is_superuser or self.type_ids(right) >= set(self.tree.by_id)

    def set_ids(self, right: str, among: Iterable[int] | None = None) -> list[int]:
        """Ids of the type sets whose counterparties the right covers.

        ``among``: only those that carry one of these types **visibly**; a hidden one tells of nobody that they have it.
        """
        if among is None:
            return list(self._covered(right))
        wanted, sets = self.type_ids("view").intersection(among), self.type_sets
        return [pk for pk in self._covered(right) if not wanted.isdisjoint(sets[pk])]

    def _covered(self, right: str) -> list[int]:
        # Combinations are only ever added: as long as there are as many, they are the same.
        asked = right, len(self.type_sets)
        if asked not in self._sets_by_right:
            granted, sets = self.type_ids(right), self.type_sets
            self._sets_by_right[asked] = [pk for pk, types in sets.items() if self._covers(right, types, granted)]
        return self._sets_by_right[asked]

    @cached_property
    def few(self) -> dict[int, int] | None:
        """All that the user may view, each with its combination of types; None where they are many.

        So few that naming them is quicker than asking of each whether he may.
        """
        mine = Counterparty.objects.of_type_sets(self.set_ids("view")).order_by()
        found = dict(mine.values_list("pk", "type_set")[: FEW + 1])
        return found if len(found) <= FEW else None

    def _covers(self, right: str, types: frozenset[int] | set[int], granted: frozenset[int]) -> bool:
        if self.is_superuser:
            return True
        return bool(types) and (types <= granted if right in ASKED_OF_EACH_TYPE else bool(types & granted))

    def counterparties(self, right: str = "view", among: Iterable[int] | None = None) -> CounterpartyQuerySet:
        """Counterparties the right covers, ``among`` those that carry one of these types **visibly**.

        The ids are literals: a subquery would hide from the database how rare a type is.
        """
        if among is None and self.has_everything(right):
            return Counterparty.objects.all()
        return Counterparty.objects.of_type_sets(self.set_ids(right, among))

    def _types_of(self, counterparty: Counterparty) -> set[int]:
        if counterparty.type_set_id and counterparty.type_set_id not in self.type_sets:
            # A combination that was made since the settings were read: by this very request, for example.
            self.type_sets.update(type_sets.members())
        return set(self.type_sets.get(counterparty.type_set_id, frozenset()))

    def may(self, right: str, thing: Counterparty | CounterpartyType | Iterable[CounterpartyType]) -> bool:
        """May this user do this to a counterparty, to a type's counterparties, or to one of all these types at once?"""
        if isinstance(thing, Counterparty):
            types = self._types_of(thing)
        elif isinstance(thing, CounterpartyType):
            types = {thing.pk}
        else:
            types = {each.pk for each in thing}
        return self._covers(right, types, self.type_ids(right))

    def require(self, right: str, thing: Counterparty | CounterpartyType) -> None:
        """Go on only with the right; Refused tells which one is missing and who has it."""
        if not self.may(right, thing):
            raise Refused(self.explain(right, thing), thing)

    def require_anywhere(self, right: str) -> None:
        """Go on only when at least one type grants the right."""
        if not self.may_anywhere(right):
            roles = Group.objects.filter(grants__right=right).distinct().order_by("name").values_list("name", flat=True)
            raise Refused(Explanation(right=right, allowed=False, roles=list(roles)))

    def may_anywhere(self, right: str) -> bool:
        """Does any type at all grant the right?"""
        return self.is_superuser or bool(self.type_ids(right))

    def visible_types(self, counterparty: Counterparty) -> list[CounterpartyType]:
        """Its types as far as the user may know them, in settings order."""
        ids = self._types_of(counterparty) & self.type_ids("view")
        return [each for each in self.tree.types if each.pk in ids]

    def characteristics(self, right: str = "view", types: Iterable[CounterpartyType] | None = None) -> list[Inherited]:
        """The characteristics these types (or all) ask for, as far as the right covers them, in settings order."""
        granted = self.type_ids(right)
        asked = self.tree.asked if types is None else self.tree.asked_of(types)
        among = None if types is None else {each.pk for each in types}
        return [
            each
            for each in asked
            if (carriers := self.tree.carriers(each.characteristic) & granted) and (among is None or carriers & among)
        ]

    def explain(self, right: str, thing: Counterparty | CounterpartyType) -> Explanation:
        """Whether the right covers a thing, by which roles, and which roles of the office have it."""
        types = self._types_of(thing) if isinstance(thing, Counterparty) else {thing.pk}
        return explaining.explained(self, right, types, self.may(right, thing))
