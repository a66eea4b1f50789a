"""What becomes of each counterparty of a bulk edit: changed whole, the same already, left out or refused."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from characteristics.models import Characteristic
from counterparties.domain.in_bulk.allowed import Allowed, Ids
from counterparties.domain.in_bulk.differing import Differences, Places, differing, follow, stored
from counterparties.domain.type_sets import type_set_of
from counterparties.models import Counterparty, TypeSet

from . import unshared
from .change import Change
from .outcome import Outcome


class LeftOut(Exception):
    """Not this one: the user may not, or it does not concern it."""


class Refused(Exception):
    """The rules of the office forbid it for this one, whoever asks."""


@dataclass
class Verdict:
    """What is to be written of one chunk."""

    changed: list[Counterparty] = field(default_factory=list)
    touched: list[Counterparty] = field(default_factory=list)
    values: Differences = field(default_factory=Differences)
    #: Those that change their types: what they had and what they will have.
    retyped: list[tuple[Counterparty, Ids, Ids]] = field(default_factory=list)


class Judge:
    """Decides counterparties by one change and the rights of one user, a chunk at a time."""

    def __init__(self, change: Change, decision: Any, *, is_alone: bool = False) -> None:
        """``is_alone``: one counterparty is chosen, so it may be given what nobody shares."""
        self.change, self.allowed, self.at = change, Allowed(decision), timezone.now()
        self.is_alone = is_alone
        self._type_sets: dict[Ids, TypeSet] = {}
        self._may_archive: dict[int, bool] = {}
        self._read = {each.pk for each in change.answers} | {each.pk for each in self._demanded()}

    def _demanded(self) -> list[Characteristic]:
        """What the added types require of everybody."""
        asked = self.allowed.tree.asked_of(self.change.added)
        return [each.characteristic for each in asked if each.characteristic.is_required]

    def judge(self, chunk: Sequence[Counterparty], outcome: Outcome, meanwhile: Collection[int] = ()) -> Verdict:
        """Decide one chunk; each of it is counted in the outcome. ``meanwhile``: changed after it was looked at."""
        verdict = Verdict()
        self._stored = stored(chunk, self._read)
        follow(self._stored, self.change.answers)
        for one in chunk:
            held = self.allowed.types_of(one)
            if not self.allowed.may_see(held):
                outcome.unknown += 1
                continue
            try:
                is_another = self._decide(one, held, verdict, meanwhile)
            except LeftOut as why:
                outcome.left_out[str(why)].add(one)
            except Refused as why:
                outcome.refused[str(why)].add(one)
            else:
                (outcome.changed if is_another else outcome.same).add(one)
        return verdict

    def _decide(self, one: Counterparty, held: Ids, verdict: Verdict, meanwhile: Collection[int]) -> bool:
        """Whether it becomes another one; what the same already needs no right and no freshness."""
        types = self._types(held)
        for fact, value in self.change.facts.items():
            setattr(one, fact, value)
        self._move(one)
        is_changed = bool([name for name in one.changed_fields() if name != "version"])
        found = self._values(one, types)
        if not (is_changed or found or types != held):
            return False
        self._check_facts(one, held, types, is_changed)
        self._check_demands(one, held, types)
        if one.pk in meanwhile:
            raise LeftOut(_("Somebody made another change after you had looked."))
        if types != held:
            verdict.retyped.append((one, held, types))
        if is_changed or types != held:
            verdict.changed.append(one)
        verdict.touched.append(one)
        verdict.values += found
        return True

    # ---- facts and types

    def _types(self, held: Ids) -> Ids:
        if not self.change.is_about_types:
            return held
        rest = held - {each.pk for each in self.change.removed}
        types = self.allowed.types_with(rest, self.change.added)
        if not types:
            raise Refused(_("No type would be left."))
        return types

    def _move(self, one: Counterparty) -> None:
        """Into the archive or out of it; what is there already stays as it is."""
        if self.change.archives is not None and one.is_archived != self.change.archives:
            if one.type_set_id not in self._may_archive:
                self._may_archive[one.type_set_id] = self.allowed.decision.may("archive", one)
            if not self._may_archive[one.type_set_id]:
                raise LeftOut(_("Every type must grant you the archiving, and not all of them do."))
            one.archived_at = self.at if self.change.archives else None

    def _check_facts(self, one: Counterparty, held: Ids, types: Ids, is_changed: bool) -> None:
        is_edited = types != held or (is_changed and self.change.archives is None)
        if is_edited and not self.allowed.may_edit(held):
            raise LeftOut(_("You may not edit such counterparties."))
        if (held - types) - self.allowed.edited:
            raise LeftOut(_("You may not remove a type that you may not edit."))
        if why_not := self.allowed.why_not(types - held, "edit"):
            raise LeftOut(why_not)
        status = self.change.facts.get("status")
        if is_changed and status is not None and status.is_stopped:
            raise Refused(_("The status “%(status)s” is stopped. Choose another one.") % {"status": status.label})

    def _check_demands(self, one: Counterparty, held: Ids, types: Ids) -> None:
        """A new type asks its required questions at once, as the card does."""
        if not types - held:
            return
        had, asked = (self.allowed.characteristics("edit", each) for each in (held, types))
        said = {each.pk for each, answer in self.change.answers.items() if answer}
        for pk, characteristic in asked.items():
            if characteristic.is_required and pk not in had and pk not in said and not self._stored.get((one.pk, pk)):
                told = {"name": characteristic.label}
                raise Refused(_("“%(name)s” is required with the added type; change it in the same go.") % told)

    def give_types(self, verdict: Verdict) -> None:
        """A combination that never occurred is made only when it is really given."""
        for one, _held, types in verdict.retyped:
            if types not in self._type_sets:
                self._type_sets[types] = type_set_of(types)
            one.type_set = self._type_sets[types]

    # ---- characteristics

    def _values(self, one: Counterparty, types: Ids) -> Differences:
        found = Differences()
        for characteristic, said in self.change.answers.items():
            found += self._value(one, characteristic, said, types)
        return found

    def _value(self, one: Counterparty, characteristic: Characteristic, said: list[Any], types: Ids) -> Differences:
        told = {"name": characteristic.label}
        if characteristic.pk not in self.allowed.characteristics("view", types):
            # Asked by a type the user may not see, or by none: to him that is the same.
            if said:
                raise LeftOut(_("Such counterparties are not asked for “%(name)s”.") % told)
            return Differences()
        rows = self._stored.get((one.pk, characteristic.pk), {})
        held = {each.element_id for each in rows.values()}
        seen = self._in_sight(characteristic, rows)
        found = differing(characteristic, said, one, rows)
        if not found:
            return found
        if characteristic.pk not in self.allowed.characteristics("edit", types):
            raise LeftOut(_("You may not edit “%(name)s” of such counterparties.") % told)
        if seen is None:
            raise LeftOut(_("“%(name)s” holds something that you may not see.") % told)
        if characteristic.is_required and not said:
            raise Refused(_("“%(name)s” is required.") % told)
        self._check_said(one, characteristic, said, seen)
        if why_not := unshared.why_not(one, characteristic, said, self.allowed, is_alone=self.is_alone):
            raise Refused(why_not)
        for element in [each for value in said for each in characteristic.type.chosen(value)]:
            if element.is_stopped and element.pk not in held:
                raise Refused(_("“%(value)s” is stopped. Choose another one.") % {"value": element})
        return found

    def _in_sight(self, characteristic: Characteristic, rows: Places) -> list[Any] | None:
        """What stands there now; None when some of it is not for this user, so that he cannot lose it."""
        type_ = characteristic.type
        if not type_.hides:
            return []
        stored = [type_.value(row) for _place, row in sorted(rows.items())]
        known = [type_.in_sight(each, self.allowed.decision, place) for place, each in enumerate(stored)]
        return known if all(seen is each for seen, each in zip(known, stored, strict=True)) else None

    def _check_said(self, one: Counterparty, characteristic: Characteristic, said: list[Any], seen: list[Any]) -> None:
        """Types that hide may forbid a value to some owners: nobody points at himself."""
        if characteristic.type.hides:
            try:
                for value in said:
                    characteristic.type.settled(characteristic, value, one, seen, self.allowed.decision)
            except ValidationError as error:
                raise Refused(" ".join(error.messages)) from None
