"""Writing many counterparties at once, with the same rows, keys and history that saving them one by one would leave."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

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
    fields = Counterparty._meta.concrete_fields
    stamped = [field for field in fields if getattr(field, "auto_now_add", False)]
    ids = take_ids(Counterparty, len(counterparties))
    for each, pk in zip(counterparties, ids, strict=True):
        each.pk = pk
        each.derive()
        for field in stamped:
            field.pre_save(each, add=True)
    in_bulk.insert(Counterparty, fields, list(map(row_maker(fields), counterparties)))
    in_bulk.remember_ids(Counterparty, ids, "+")


def change(counterparties: Sequence[Counterparty], touched: Iterable[Counterparty]) -> None:
    """Keep changed facts. Each counterparty that was ``touched``, be it in its values only, is claimed."""
    changes: dict[tuple[str, ...], list[Counterparty]] = defaultdict(list)
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
        changes[tuple(name for name in names if name != "version")].append(each)
    for columns, those in changes.items():
        in_bulk.update(columns, those, is_claimed=True)
    in_bulk.remember(counterparties, "~")
    log_ins.follow([each for each in counterparties if each.pk in on_log_ins], by=person_at_work())


def answer(new: Sequence[answers.Answer], changed: Sequence[Value], gone: Sequence[Value]) -> None:
    """New, changed and forgotten values."""
    for each in changed:
        each.derive()
    if gone:
        in_bulk.remove(gone)
    answers.add(new)
    in_bulk.change(changed)
