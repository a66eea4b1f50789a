"""The characteristics of a row beside those that are stored: what is new, what is another, what is forgotten."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from characteristics.models import Characteristic
from counterparties.models import Counterparty, Value

from .plan import Draft, Plan

#: What is stored for one characteristic of one counterparty: place → value.
Places = dict[int, Value]


@dataclass
class Differences:
    """Values to add, to change and to forget."""

    new: list[Value] = field(default_factory=list)
    changed: list[Value] = field(default_factory=list)
    gone: list[Value] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    def __iadd__(self, more: "Differences") -> "Differences":
        self.new += more.new
        self.changed += more.changed
        self.gone += more.gone
        return self


class Answers:
    """The characteristics that a plan's columns fill."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.asked: dict[int, Characteristic] = {
            each.characteristic.pk: each.characteristic for each in plan.columns if each.characteristic
        }

    def stored(self, counterparties: list[Counterparty]) -> dict[tuple[int, int], Places]:
        """(counterparty, characteristic) → what is stored, for a whole chunk at once."""
        found: dict[tuple[int, int], Places] = defaultdict(dict)
        if counterparties and self.asked:
            ids = [each.pk for each in counterparties]
            for row in Value.objects.filter(counterparty__in=ids, characteristic__in=list(self.asked)):
                found[row.counterparty_id, row.characteristic_id][row.place] = row
        return found

    def of_new(self, draft: Draft, made: Counterparty) -> list[Value]:
        """The values of a new counterparty."""
        return [
            value_of(made, self.asked[pk], place, value)
            for pk, values in draft.answers.items()
            for place, value in enumerate(values)
        ]

    def differing(
        self, characteristic: Characteristic, said: list[Any], owner: Counterparty, rows: Places
    ) -> Differences:
        """What has to be done so that the counterparty says just this for the characteristic."""
        found, left = Differences(), dict(rows)
        for place, value in enumerate(said):
            row = left.pop(place, None)
            if row is None:
                found.new.append(value_of(owner, characteristic, place, value))
            elif _differs(row, characteristic, value):
                found.changed.append(row)
        found.gone += left.values()
        return found

    def refuse(self, draft: Draft, pk: int, sentence: str) -> None:
        draft.refuse(sentence, self.plan.column_of(self.asked[pk].field_name))

    def refuse_strange(self, draft: Draft, allowed: Iterable[int]) -> None:
        """Said, but not to be said of this counterparty by this user."""
        for pk in {pk for pk, said in draft.answers.items() if said}.difference(allowed):
            message = _("Counterparties of these types are not asked for this, or you may not say it.")
            self.refuse(draft, pk, message)

    def refuse_stopped(self, draft: Draft, pk: int, said: list[Any], rows: Places) -> None:
        """A stopped element stays where it is and goes nowhere else."""
        held = {each.element_id for each in rows.values()}
        for value in said:
            if getattr(value, "is_stopped", False) and value.pk not in held:
                self.refuse(draft, pk, _("“%(value)s” is stopped. Choose another one.") % {"value": value})


def value_of(counterparty: Counterparty, characteristic: Characteristic, place: int, value: Any) -> Value:
    """One value, ready to be kept."""
    stored = characteristic.type.stored(value)
    return Value(counterparty_id=counterparty.pk, characteristic_id=characteristic.pk, place=place, **stored)


def _differs(row: Value, characteristic: Characteristic, value: Any) -> bool:
    """Put the value into its row and tell whether it is another one than before."""
    for column, content in characteristic.type.stored(value).items():
        setattr(row, column, content)
    return bool(row.changed_fields())
