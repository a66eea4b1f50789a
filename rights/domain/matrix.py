"""The matrix of rights: what its form showed, what somebody wants, what changed meanwhile, and one Confirm for it all.

A cell acts only where it differs from what was shown. Cells changed meanwhile by somebody else and not by me stay
theirs; where my wish would undo what somebody did meanwhile, nothing is saved and both are told.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import Group

from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType
from desk.databases import attempt
from rights.catalog import RIGHTS
from rights.domain import granting
from rights.domain.granting import Cell
from rights.models import Grant
from trail.domain.operations import operation

KIND = "rights"
CODES = [right.code for right in RIGHTS]

#: A role and a type, by their ids.
Row = tuple[int, int]
#: Which rights each row has.
State = Mapping[Row, Iterable[str]]
#: What is to be: row → right → given or not. What is not in it stays as it is.
Targets = dict[Row, dict[str, bool]]


@dataclass(frozen=True)
class Column:
    """A tick of the row *All* that was changed: one right, given to all these rows or taken from all of them."""

    rows: tuple[Row, ...]
    right: str
    is_given: bool


@dataclass(frozen=True)
class Clash:
    """A cell somebody else changed since it was shown, and of which I want the opposite."""

    cell: Cell
    was: bool

    @property
    def theirs(self) -> bool:
        return not self.was


@dataclass
class Plan:
    """What a Confirm would do as things stand now."""

    given: list[Cell] = field(default_factory=list)
    taken: list[Cell] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.given or self.taken)


class Clashing(Exception):
    """Somebody was faster with cells I want otherwise."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"{len(plan.clashes)} cells of the matrix were changed meanwhile")
        self.plan = plan


def state(types: Iterable[int]) -> dict[Row, set[str]]:
    """The rights all roles have on these types now. One query."""
    found: dict[Row, set[str]] = defaultdict(set)
    for role, type_, right in Grant.objects.filter(type__in=set(types)).values_list("role", "type", "right"):
        found[role, type_].add(right)
    return found


def version(types: Iterable[int]) -> int:
    """The newest entry in the history of the rights on these types: what a page says it has shown."""
    rows = Grant.history.model.objects.filter(type__in=set(types)).order_by("-history_id")
    return rows.values_list("history_id", flat=True).first() or 0


def targets(shown: State, ticked: State, columns: Iterable[Column] = ()) -> Targets:
    """What the ticks ask for. *All* wins over its column; every right brings *view*, without *view* there is none."""
    wanted: Targets = {row: _differing(set(rights), set(ticked.get(row, ()))) for row, rights in shown.items()}
    for column in columns:
        for row in column.rows:
            if row in wanted:
                wanted[row][column.right] = column.is_given
    return {row: _with_view(asked) for row, asked in wanted.items() if asked}


def _differing(shown: set[str], ticked: set[str]) -> dict[str, bool]:
    return {right: right in ticked for right in CODES if (right in shown) != (right in ticked)}


def _with_view(asked: dict[str, bool]) -> dict[str, bool]:
    # Whoever takes view away and gives another right in one go gives nothing: the smaller right is the safer one.
    if asked.get("view") is False:
        return dict.fromkeys(CODES, False)
    return {**asked, "view": True} if any(asked.values()) else asked


def same_as(pattern: CounterpartyType, others: Iterable[int]) -> Targets:
    """Every role has on the others exactly what it has on the pattern."""
    others = set(others)
    now = state([pattern.pk, *others])
    roles = {role for role, _type in now}
    return {
        (role, other): {right: right in now.get((role, pattern.pk), ()) for right in CODES}
        for role in sorted(roles)
        for other in sorted(others)
    }


def plan(wanted: Targets, shown: State, now: State) -> Plan:
    """What would change, and what cannot because somebody else wanted the opposite meanwhile."""
    made = Plan()
    for row, asked in wanted.items():
        had, has = set(shown.get(row, ())), set(now.get(row, ()))
        for right in CODES:
            if right not in asked or asked[right] == (right in has):
                continue
            cell = Cell(*row, right)
            if (right in had) != (right in has):
                made.clashes.append(Clash(cell, right in had))
            elif asked[right]:
                made.given.append(cell)
            else:
                made.taken.append(cell)
    return made


def confirm(wanted: Targets, shown: State, *, by: Any, reason: str = "") -> Plan:
    """Give and take, all of it or nothing; Clashing when somebody was faster with the opposite. Tells what was done."""
    types, roles = {type_ for _role, type_ in wanted}, {role for role, _type in wanted}

    def act() -> Plan:
        with operation(KIND, by=by, reason=reason):
            granting.hold(types)
            made = plan(_still_there(wanted, types, roles), shown, state(types))
            if made.clashes:
                raise Clashing(made)
            granting.change(made.given, made.taken)
        return made

    return attempt(act)


def _still_there(wanted: Targets, types: set[int], roles: set[int]) -> Targets:
    """Without the rows of a role or type that was deleted while the page was open; nothing is given to nobody."""
    held = Group.objects.select_for_update(no_key=True).filter(pk__in=roles).order_by("pk")
    there = set(held.values_list("pk", flat=True))
    types = set(CounterpartyType.objects.filter(pk__in=types).values_list("pk", flat=True))
    return {(role, type_): asked for (role, type_), asked in wanted.items() if role in there and type_ in types}


def below(type_: CounterpartyType, tree: TypeTree) -> list[CounterpartyType]:
    """All subtypes of a type, in the order of the settings."""
    family = tree.family(type_) - {type_.pk}
    return [each for each in tree.types if each.pk in family]
