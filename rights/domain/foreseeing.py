"""What a change of the matrix would mean, told before it is done: for whom, on how many counterparties."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from counterparties.domain import counting, type_sets
from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType
from rights.catalog import RIGHTS, Right
from rights.domain import matrix
from rights.domain.granting import in_order
from rights.domain.matrix import Plan, Row


@dataclass(frozen=True)
class Effect:
    """What one role gains and loses on one type."""

    role: Group
    type: CounterpartyType
    people: int
    counterparties: int
    gained: list[str]
    lost: list[str]


@dataclass(frozen=True)
class Deserted:
    """A right on a type that nobody but superusers would have any more."""

    right: Right
    type: CounterpartyType


class Foreseen:
    """Every answer about one plan. The number of queries does not grow with the plan."""

    def __init__(self, plan: Plan, tree: TypeTree, reader: Any) -> None:
        self.plan, self.tree, self.reader = plan, tree, reader
        self.now = matrix.state({cell.type for cell in [*plan.given, *plan.taken]})
        self.then = {row: set(rights) for row, rights in self.now.items()}
        for cell in plan.given:
            self.then.setdefault((cell.role, cell.type), set()).add(cell.right)
        for cell in plan.taken:
            self.then[cell.role, cell.type].discard(cell.right)

    @cached_property
    def roles(self) -> dict[int, Group]:
        return Group.objects.in_bulk({cell.role for cell in [*self.plan.given, *self.plan.taken]})

    @cached_property
    def _roles_of(self) -> dict[int, set[int]]:
        """Everybody who works here and plays a role on these types → their roles."""
        user = get_user_model()
        concerned = {role for role, _type in [*self.now, *self.then]}
        rows = user.groups.through.objects.filter(user__is_active=True, group__in=concerned)
        found: dict[int, set[int]] = defaultdict(set)
        for person, role in rows.values_list("user", "group"):
            found[person].add(role)
        return found

    @cached_property
    def _superusers(self) -> set[int]:
        return set(get_user_model().objects.filter(is_superuser=True, is_active=True).values_list("pk", flat=True))

    @cached_property
    def effects(self) -> list[Effect]:
        """By the order of the types, then the names of the roles."""
        gained: dict[Row, set[str]] = defaultdict(set)
        lost: dict[Row, set[str]] = defaultdict(set)
        for cells, sort in ((self.plan.given, gained), (self.plan.taken, lost)):
            for cell in cells:
                sort[cell.role, cell.type].add(cell.right)
        place = {each.pk: number for number, each in enumerate(self.tree.types)}
        rows = sorted({*gained, *lost}, key=lambda row: (place[row[1]], self.roles[row[0]].name))
        return [
            Effect(
                self.roles[role],
                self.tree.by_id[type_],
                people=sum(role in roles for roles in self._roles_of.values()),
                counterparties=self._counterparties.get(type_, 0),
                gained=in_order(gained[role, type_]),
                lost=in_order(lost[role, type_]),
            )
            for role, type_ in rows
        ]

    @cached_property
    def _counterparties(self) -> dict[int, int]:
        """Type → how many current counterparties carry it, whoever may view them."""
        counts = counting.of_type_sets()
        found: Counter[int] = Counter()
        for type_set, types in type_sets.members().items():
            for type_ in types:
                found[type_] += counts.get(type_set, 0)
        return found

    @cached_property
    def players(self) -> int:
        """How many people play a role that changes."""
        return sum(bool(roles & set(self.roles)) for roles in self._roles_of.values())

    @cached_property
    def touched(self) -> int:
        """How many of them really gain or lose something: the others have it by another role, or may everything."""
        return sum(
            self._held(self.now, roles) != self._held(self.then, roles)
            for person, roles in self._roles_of.items()
            if roles & set(self.roles) and person not in self._superusers
        )

    def _held(self, state: dict, roles: set[int]) -> set[tuple[int, str]]:
        """What somebody with these roles may, type by type: roles add up, and nothing works without *view*."""
        held = {(type_, right) for (role, type_), rights in state.items() if role in roles for right in rights}
        return {(type_, right) for type_, right in held if (type_, "view") in held}

    @cached_property
    def deserted(self) -> list[Deserted]:
        """What somebody may now and nobody but superusers could any more."""
        people = [roles for person, roles in self._roles_of.items() if person not in self._superusers]
        now = set().union(*(self._held(self.now, roles) for roles in people))
        then = set().union(*(self._held(self.then, roles) for roles in people))
        return [
            Deserted(right, each) for each in self.tree.types for right in RIGHTS if (each.pk, right.code) in now - then
        ]

    @cached_property
    def own(self) -> list[Group]:
        """The roles among them that the reader plays."""
        mine = set(self.reader.groups.values_list("pk", flat=True))
        return sorted((role for pk, role in self.roles.items() if pk in mine), key=lambda role: role.name)
