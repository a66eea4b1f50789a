"""What a page of the matrix lays out: roles and types in blocks, the names of its ticks, and the ticks themselves."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import Group
from django.db.models import Count, Q
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType
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
        role, dash, code = name.partition("-")
        type_ = self.one_type if self.one_type and not dash else self.tree.by_code.get(code)
        is_known = role.isascii() and role.isdecimal() and len(role) < 19 and int(role) in self.role_by_id
        return (int(role), type_.pk) if is_known and type_ and (dash or self.one_type) else None

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


class Ticks:
    """The rows of a matrix as HTML, written at once: thousands of ticks are too many for a template each.

    ``state`` is what the form compares with, ``ticked`` what stands in the boxes, ``alls`` the ticks of *All* by key.
    """

    def __init__(self, matrix: Matrix, state: State, ticked: State, alls: Mapping[str, Iterable[str]]) -> None:
        self.matrix, self.state, self.ticked, self.alls = matrix, state, ticked, alls
        self.rights = [(right.code, escape(right.label), escape(right.sentence)) for right in RIGHTS]

    @cached_property
    def blocks(self) -> list[dict[str, object]]:
        """Each part with its rows, written once however often the template asks."""
        return [
            {
                "block": each,
                "rows": self.rows(each),
                "given": self._given(each),
                "is_changed": any(
                    set(self.state.get(line.row, ())) != set(self.ticked.get(line.row, ())) for line in each.lines
                ),
            }
            for each in self.matrix.blocks
        ]

    def _given(self, block: Block) -> int:
        return sum(len(set(self.state.get(line.row, ()))) for line in block.lines)

    def rows(self, block: Block) -> SafeString:
        """*All* and the rows under it; every word is escaped where it is put in."""
        written = [self._all(block), *(self._line(line) for line in block.lines)]
        return SafeString("\n".join(written))

    def _all(self, block: Block) -> str:
        held = block.held_by_all(self.state)
        ticked = self.alls.get(block.key, held)
        title, note = (_("All"), _("every type")) if self.matrix.role else (_("All"), _("every role of today"))
        cells = [
            self._tick(
                f"{block.all_name}-{code}",
                f"{escape(title)}: {label}",
                label,
                sentence,
                is_on=code in ticked,
                is_changed=(code in ticked) != (code in held),
                count=self._count(block, code),
            )
            for code, label, sentence in self.rights
        ]
        return _row("all", block.all_name, escape(title), escape(note), cells)

    def _count(self, block: Block, code: str) -> tuple[bool, str]:
        """Whether some but not all have it, in words."""
        told = {"given": block.given_to(self.state, code), "count": len(block.lines)}
        is_some = 0 < told["given"] < told["count"]
        return is_some, (_("some: %(given)d of %(count)d") if is_some else _("%(given)d of %(count)d")) % told

    def _line(self, line: Line) -> str:
        had, has, who = set(self.state.get(line.row, ())), set(self.ticked.get(line.row, ())), escape(line.label)
        cells = [
            self._tick(
                f"{GRANT}-{line.name}-{code}",
                f"{who}: {label}",
                label,
                sentence,
                is_on=code in has,
                is_changed=(code in has) != (code in had),
            )
            for code, label, sentence in self.rights
        ]
        return _row("", line.name, who, escape(line.note), cells)

    def _tick(
        self,
        name: str,
        said: str,
        label: str,
        sentence: str,
        *,
        is_on: bool,
        is_changed: bool,
        count: tuple[bool, str] = (False, ""),
    ) -> str:
        is_some, words = count
        return (
            f'<td{" class=changed" if is_changed else ""} title="{sentence}"><label>'
            f'<input class="form-check-input{" half" if is_some and not is_on else ""}" type="checkbox" name="{name}"'
            f'{" checked" if is_on else ""} aria-label="{said}{", " + words if words else ""}">'
            f'<span class="word">{label}</span>{f"<span class=who>{words}</span>" if words else ""}</label></td>'
        )


def _row(css: str, name: str, title: str, note: str, cells: Iterable[str]) -> str:
    return (
        f'<tr{f" class={css}" if css else ""} data-row="{name}"><th scope="row"><div><span class="role">{title}</span>'
        f'<span class="who">{note}</span></div></th>{"".join(cells)}</tr>'
    )


def people_words(count: int) -> str:
    """How many play a role."""
    return ngettext("%(count)d person", "%(count)d people", count) % {"count": count} if count else _("nobody yet")
