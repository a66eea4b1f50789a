"""The characteristics that a sheet fills: what may be said of each row."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError

from characteristics.models import Characteristic
from counterparties.domain.in_bulk.allowed import Ids
from counterparties.domain.in_bulk.answers import Answer
from counterparties.domain.in_bulk.differing import Places, Stored
from counterparties.models import Counterparty
from desk.said import gettext as _

from .plan import Draft, Plan


class Answers:
    """The characteristics that a plan's columns fill."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.asked: dict[int, Characteristic] = {
            each.characteristic.pk: each.characteristic for each in plan.columns if each.characteristic
        }
        types = {pk: each.type for pk, each in self.asked.items()}
        self._stored = {pk: type_.stored for pk, type_ in types.items()}
        self._settling = {pk for pk, type_ in types.items() if type_.settles}
        self._presets: dict[Ids, Mapping[int, list[Any]]] = {}
        #: Those that name elements.
        self._naming = {pk for pk, type_ in types.items() if type_.needs_nomenclature}

    def of_new(self, draft: Draft, owner: int) -> list[Answer]:
        """The values of a new counterparty."""
        return [
            Answer(owner, pk, place, self._stored[pk](value))
            for pk, values in (*draft.answers.items(), *draft.presets.items())
            for place, value in enumerate(values)
        ]

    def begin(self) -> None:
        """A chunk with its own decision: what it may preset is asked anew."""
        self._presets = {}

    def presets(self, types: Ids, mine: Mapping[int, Characteristic], decision: Any) -> Mapping[int, list[Any]]:
        """With which answers somebody new of these types begins, of those that no column fills.

        An empty cell stays empty: there the sheet could have said something.
        """
        if types not in self._presets:
            absent = [each for pk, each in mine.items() if each.default and pk not in self.asked]
            found = {each.pk: each.type.preset(each, decision) for each in absent}
            self._presets[types] = {pk: [value] for pk, value in found.items() if value is not None}
            self._stored |= {each.pk: each.type.stored for each in absent}
        return self._presets[types]

    def settle(self, draft: Draft, owner: Counterparty | None, stored: Stored, decision: Any) -> None:
        """What the row says for types that settle, beside what its user knows to stand there."""
        for pk in [pk for pk in draft.answers if pk in self._settling]:
            characteristic, type_ = self.asked[pk], self.asked[pk].type
            rows = stored.get((owner.pk, pk), {}) if owner else {}
            held = [type_.in_sight(type_.value(row), decision, place) for place, row in sorted(rows.items())]
            try:
                said = [type_.settled(characteristic, each, owner, held, decision) for each in draft.answers[pk]]
            except ValidationError as error:
                self.refuse(draft, pk, error)
            else:
                draft.answers[pk] = said

    def refuse(self, draft: Draft, pk: int, why: str | ValidationError) -> None:
        draft.refuse(why, self.plan.column_of(self.asked[pk].field_name))

    def refuse_strange(self, draft: Draft, allowed: Iterable[int]) -> None:
        """Said, but not to be said of this counterparty by this user."""
        for pk in {pk for pk, said in draft.answers.items() if said}.difference(allowed):
            message = _("Counterparties of these types are not asked for this, or you may not say it.")
            self.refuse(draft, pk, message)

    def refuse_stopped(self, draft: Draft, pk: int, said: list[Any], rows: Places) -> None:
        """A stopped element stays where it is and goes nowhere else."""
        if pk not in self._naming:
            return
        held = {each.element_id for each in rows.values()}
        for element in [each for value in said for each in self.asked[pk].type.chosen(value)]:
            if element.is_stopped and element.pk not in held:
                self.refuse(draft, pk, _("“%(value)s” is stopped. Choose another one.") % {"value": element})
