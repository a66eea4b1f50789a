"""What a page of the matrix lays out: roles and types in blocks, and the names of its ticks."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType
from desk import text
from rights.catalog import RIGHTS
from rights.domain.granting import in_order
from rights.domain.matrix import Row, State

#: How the names of the fields begin: ``all-view``, ``grant-12-view``.
ALL, GRANT = "all", "grant"


@dataclass(frozen=True)
class Line:
    """One row of ticks. ``name`` stands in the names of its fields."""

    row: Row
    name: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Block:
    """Rows under one *All*: the roles of a type, or the types of a role. ``key`` tells one *All* from another."""

    key: str
    title: str
    note: str
    lines: list[Line]

    @property
    def all_name(self) -> str:
        return f"{ALL}-{self.key}" if self.key else ALL

    def given_to(self, state: State, right: str) -> int:
        """How many rows of the block have a right."""
        return sum(right in state.get(line.row, ()) for line in self.lines)

    def held_by_all(self, state: State) -> list[str]:
        """The rights every row has: the ticks of *All*."""
        return [each.code for each in RIGHTS if self.lines and self.given_to(state, each.code) == len(self.lines)]


class Matrix:
    """Roles × types. ``one_type``: the page of that type, whose fields name roles alone."""

    def __init__(self, tree: TypeTree, *, one_type: CounterpartyType | None = None) -> None:
        self.tree, self.one_type = tree, one_type
        self.role: Group | None = None
        self.types = [one_type] if one_type else tree.types

    @cached_property
    def roles(self) -> list[Group]:
        """Every role of today by name, with the number of those who play it."""
        people = Count("user", filter=Q(user__is_active=True))
        return list(Group.objects.annotate(people=people).order_by("name"))

    @cached_property
    def role_by_id(self) -> dict[int, Group]:
        return {each.pk: each for each in self.roles}

    def show_only(self, role: Group | None = None, type_: CounterpartyType | None = None) -> None:
        """A part of the whole: one role over the types, one type over the roles, or one of each."""
        self.role = role
        self.types = [type_] if type_ else self.tree.types

    @property
    def type_ids(self) -> list[int]:
        return [each.pk for each in self.types]

    @cached_property
    def blocks(self) -> list[Block]:
        if self.role:
            lines = [self._of_type(self.role, each) for each in self.types]
            return [Block(str(self.role.pk), self.role.name, people_words(self.role.people), lines)]
        return [
            Block(
                "" if self.one_type else each.code,
                self.tree.path(each),
                _("stopped") if each.is_stopped else "",
                [self._of_role(role, each) for role in self.roles],
            )
            for each in self.types
        ]

    def _of_role(self, role: Group, type_: CounterpartyType) -> Line:
        return Line((role.pk, type_.pk), self.name((role.pk, type_.pk)), role.name, people_words(role.people))

    def _of_type(self, role: Group, type_: CounterpartyType) -> Line:
        note = _("stopped") if type_.is_stopped else ""
        return Line((role.pk, type_.pk), self.name((role.pk, type_.pk)), self.tree.path(type_), note)

    # ---- names

    def name(self, row: Row) -> str:
        role, type_ = row
        return str(role) if self.one_type else f"{role}-{self.tree.by_id[type_].code}"

    def row(self, name: str) -> Row | None:
        """The row a name in a form means; None when there is no such role or type."""
        word, dash, code = name.partition("-")
        role = text.number(word)
        type_ = self.one_type if self.one_type and not dash else self.tree.by_code.get(code)
        return (role, type_.pk) if role in self.role_by_id and type_ and (dash or self.one_type) else None

    def covers(self, key: str, row: Row) -> bool:
        """Does the *All* of this key stand over the row?"""
        return not key or key == str(row[0]) or key == self.tree.by_id[row[1]].code

    def has_all(self, key: str) -> bool:
        """Is there an *All* of this key? A code begins with a letter, the number of a role does not."""
        if self.one_type:
            return not key
        return key in self.tree.by_code or key in {str(pk) for pk in self.role_by_id}

    # ---- what a form carries

    def shown(self, state: State) -> str:
        """All that the page shows, for its hidden field: ``all:view 12:view,add 15:``."""
        return " ".join(self._tokens(state))

    def _tokens(self, state: State) -> Iterator[str]:
        for block in self.blocks:
            yield f"{block.all_name}:{','.join(block.held_by_all(state))}"
            for line in block.lines:
                yield f"{line.name}:{','.join(in_order(state.get(line.row, ())))}"

    def fields(self, state: State, ticked: State) -> list[tuple[str, str]]:
        """What a browser would send of a form that shows ``state``, with ``ticked`` ticked and no *All* touched."""
        sent = [("shown", self.shown(state))]
        for block in self.blocks:
            sent += [(f"{block.all_name}-{code}", "on") for code in block.held_by_all(state)]
            for line in block.lines:
                sent += [(f"{GRANT}-{line.name}-{code}", "on") for code in in_order(ticked.get(line.row, ()))]
        return sent


def people_words(count: int) -> str:
    """How many play a role."""
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count} if count else _("nobody yet")
