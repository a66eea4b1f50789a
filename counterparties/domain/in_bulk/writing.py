"""Writing many counterparties at once, with the same rows, keys and history that saving them one by one would leave.

Each act has two halves: what can be made ready while others write, and the writing itself, during which an embedded
database lets nobody else write.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from characteristics.domain import unshared
from characteristics.models import Characteristic
from counterparties.domain import log_ins
from counterparties.models import Counterparty, Value
from counterparties.models.counterparty import KEYED
from desk.databases.ready import row_maker
from desk.databases.writing import take_ids
from trail.domain import in_bulk
from trail.history import person_at_work

from . import answers


def add(counterparties: Sequence[Counterparty]) -> None:
    """New counterparties; they have their ids afterwards."""
    for each, pk in zip(counterparties, add_rows(newcomers(counterparties)), strict=True):
        each.pk = pk


def newcomers(counterparties: Sequence[Counterparty]) -> list[list[Any]]:
    """New counterparties as rows; their ids are given when they are written."""
    fields: Any = Counterparty._meta.concrete_fields
    stamped = [each for each in fields if getattr(each, "auto_now_add", False)]
    for one in counterparties:
        one.derive()
        for each in stamped:
            each.pre_save(one, add=True)
    return list(map(row_maker(fields), counterparties))


def add_rows(rows: Sequence[list[Any]]) -> list[int]:
    """Write newcomers, and tell their ids."""
    ids = take_ids(Counterparty, len(rows))
    for pk, row in zip(ids, rows, strict=True):
        row[0] = pk
    in_bulk.insert(Counterparty, Counterparty._meta.concrete_fields, rows)
    in_bulk.remember_ids(Counterparty, ids, "+")
    return ids


@dataclass
class Changed:
    """Changed counterparties, made ready."""

    facts: in_bulk.Changes
    #: Those whose log-in, if they have one, depends on what is another now.
    on_log_ins: list[Counterparty] = field(default_factory=list)

    def write(self) -> None:
        self.facts.write()
        log_ins.follow(self.on_log_ins, by=person_at_work())


def change(counterparties: Sequence[Counterparty], touched: Iterable[Counterparty]) -> None:
    """Keep changed facts. Each counterparty that was ``touched``, be it in its values only, is claimed."""
    changes(counterparties, touched).write()


def changes(counterparties: Sequence[Counterparty], touched: Iterable[Counterparty]) -> Changed:
    """The same, made ready."""
    by_fields: dict[tuple[str, ...], list[Counterparty]] = defaultdict(list)
    changed = {each.pk for each in counterparties}
    on_log_ins: set[int] = set()
    for each in counterparties:
        # Keys cost more than all the rest, and a new status leaves them as they are.
        if KEYED.intersection(each.changed_fields()):
            each.derive()
    for each in touched:
        names = each.changed_fields() if each.pk in changed else []
        if log_ins.DEPENDS_ON.intersection(names):
            on_log_ins.add(each.pk)
        by_fields[tuple(name for name in names if name != "version")].append(each)
    facts = in_bulk.Changes(is_claimed=True, remembered=[each.pk for each in counterparties])
    for columns, those in by_fields.items():
        facts.add(columns, those)
    return Changed(facts, [each for each in counterparties if each.pk in on_log_ins])


@dataclass
class Answered:
    """New, changed and forgotten values, made ready."""

    new: list[list[Any]] = field(default_factory=list)
    changed: in_bulk.Changes = field(default_factory=in_bulk.Changes)
    gone: list[int] = field(default_factory=list)
    #: For which characteristics something is changed.
    about: set[int] = field(default_factory=set)

    def write(self) -> None:
        """Shared where two would say what nobody shares."""
        asked = {row[answers.ASKED] for row in self.new} | self.about
        held = unshared.hold(asked) if asked else {}
        in_bulk.remove_ids(Value, self.gone)
        answers.add(self.new)
        self.changed.write()
        if held:
            written = [row[0] for row in self.new if row[answers.ASKED] in held]
            unshared.refuse_shared(Value, _contents(held, [*written, *self.changed.remembered]))


def _contents(held: dict[int, Characteristic], ids: list[int]) -> unshared.Contents:
    """What these values say for the characteristics that are held."""
    found: dict[Characteristic, set[Any]] = defaultdict(set)
    for row in Value.objects.filter(pk__in=ids, characteristic__in=held):
        found[held[row.characteristic_id]].add(held[row.characteristic_id].type.content_of(row))
    return found


def answer(new: Sequence[answers.Answer], changed: Sequence[Value], gone: Sequence[Value]) -> None:
    """New, changed and forgotten values."""
    answered(new, changed, gone).write()


def answered(new: Sequence[answers.Answer], changed: Sequence[Value], gone: Sequence[Value]) -> Answered:
    """The same, made ready."""
    for each in changed:
        each.derive()
    about = {each.characteristic_id for each in changed}
    return Answered(answers.Rows().of(new), in_bulk.changes(changed), [each.pk for each in gone], about)
