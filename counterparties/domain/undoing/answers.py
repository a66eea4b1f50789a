"""What a counterparty says for a characteristic: all values of it together are one fact."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from characteristics.models import Characteristic
from counterparties.domain.in_bulk.answers import Answer
from counterparties.domain.in_bulk.differing import Places, stored
from counterparties.models import Counterparty, Value
from trail.domain.changes import Change, recorded
from trail.domain.undoing import reading
from trail.domain.undoing.pieces import READY, SAME, SINCE, Piece, Step
from trail.domain.undoing.registry import undoings
from trail.domain.undoing.stretch import Stretch

from .ground import OfCounterparty, held
from .limits import shared, unlike

#: (counterparty, characteristic)
Asked = tuple[int, int]


@undoings.register
class Said(OfCounterparty):
    code, position, model = "counterparties.Value", 30, Value
    is_on_card = True

    def is_seen(self, change: Change, stretch: Stretch) -> bool:
        return super().is_seen(change, stretch) and self._characteristic("view", change.record, stretch) is not None

    def _characteristic(self, right: str, row: Value, stretch: Stretch) -> Characteristic | None:
        room = held(stretch)
        granted = room.allowed.characteristics(right, room.asked_of(row.counterparty_id))
        return granted.get(row.characteristic_id)

    # ---- what could be taken back

    def pieces(self, stretch: Stretch) -> list[Piece]:
        grouped: dict[Asked, list[Change]] = defaultdict(list)
        for change in self.changes(stretch):
            grouped[change.record.counterparty_id, change.record.characteristic_id].append(change)
        owners = [held(stretch).by_id[pk] for pk in sorted({owner for owner, _asked in grouped})]
        there = stored(owners, {asked for _owner, asked in grouped})
        found = [self._piece(key, changes, there.get(key, {})) for key, changes in grouped.items()]
        for piece in found:
            if any(step.change and (Value, step.change.record.pk) in stretch.unknown for step in piece.steps):
                piece.refuse(str(reading.NO_PAST))
        return found

    def _piece(self, key: Asked, changes: list[Change], there: Places) -> Piece:
        was = {each.record.place: _said(each.was) for each in changes}
        became = {each.record.place: _said(each.became) for each in changes}
        now = {place: _said(row) for place, row in there.items()}
        grows = [place for place in was if (was[place] is None) != (became[place] is None)]
        beyond = bool(grows) and max(now, default=-1) > max(was)
        if not beyond and all(now.get(place) == said for place, said in became.items()):
            standing = READY
        else:
            standing = SAME if all(now.get(place) == said for place, said in was.items()) else SINCE
        after = {place: said for place, said in {**now, **was}.items() if said is not None}
        # Values are counted from 0 without a gap.
        final = dict(enumerate(after[place] for place in sorted(after)))
        steps = self._steps(key, changes, there, final)
        seen = repr(sorted(now.items())) if standing == SINCE else ""
        return Piece(self, f"{self.name}-{key[0]}-{key[1]}", key[0], steps, standing, seen=seen)

    def _steps(self, key: Asked, changes: list[Change], there: Places, final: dict[int, Any]) -> list[Step]:
        by_place = {each.record.place: each for each in changes}
        others = [place for place in sorted({*there, *final}) if place not in by_place]
        found = []
        for place in [*sorted(by_place), *others]:
            change = by_place.get(place)
            after = _value(key, place, final[place], change.was if change else None) if place in final else None
            found.append(Step(change, there.get(place), after))
        return found

    # ---- what stands in the way

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        known = piece.step.change.record
        seen = self._characteristic("view", known, stretch)
        if seen is None:
            return _("It is no longer there.")
        told = {"name": seen.label}
        if seen.is_stopped:
            return _("“%(name)s” is stopped: nothing is written there any more.") % told
        if self._characteristic("edit", known, stretch) is None:
            piece.lacks = "edit"
            return _("You may not edit “%(name)s” of such counterparties.") % told
        if sum(step.after is not None for step in piece.steps) > 1 and not seen.is_multiple:
            return _("“%(name)s” holds one value by now.") % told
        why_not = self._why_not_pointing(piece, seen, stretch) if seen.type.hides else ""
        return why_not or unlike(piece, seen) or shared(piece, seen, stretch)

    def _why_not_pointing(self, piece: Piece, characteristic: Characteristic, stretch: Stretch) -> str:
        """Of what points at counterparties, nothing hidden is touched and nothing unfit comes back."""
        type_, column = characteristic.type, f"{characteristic.type.storage}_id"
        targets = self._targets(stretch, column)
        sides = ([step.now for step in piece.steps], [step.after for step in piece.steps])
        now, after = ([targets.get(getattr(row, column)) for row in side if row] for side in sides)
        if None in (*now, *after):
            return _("“%(name)s” pointed at something that is no longer there.") % {"name": characteristic.label}
        for value in (*now, *after):
            if type_.in_sight(value, stretch.decision) is not value:
                return _("“%(name)s” holds something that you may not see.") % {"name": characteristic.label}
        try:
            for value in after:
                type_.settled(characteristic, value, held(stretch).by_id[piece.subject], now, stretch.decision)
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def _targets(self, stretch: Stretch, column: str) -> dict[int, Any]:
        """All that the pieces of a stretch point at, read once."""
        if column not in stretch.known:
            rows = [row for piece in stretch.of[self] for step in piece.steps for row in (step.now, step.after) if row]
            ids = {getattr(row, column) for row in rows} - {None}
            model: Any = Value._meta.get_field(column.removesuffix("_id")).related_model
            stretch.known[column] = (model or Counterparty)._base_manager.in_bulk(list(ids))
            self._restore(stretch.known[column], stretch)
        return stretch.known[column]

    def _restore(self, targets: dict[int, Any], stretch: Stretch) -> None:
        """Who leaves the archive in the same go may be pointed at again."""
        for pieces in stretch.of.values():
            for piece in pieces:
                if piece.names == ("archived_at",) and stretch.is_chosen(piece) and piece.subject in targets:
                    targets[piece.subject].archived_at = piece.step.after.archived_at

    # ---- taking it back

    def write(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        room = held(stretch)
        for piece in pieces:
            for step in piece.steps:
                if step.now is None:
                    room.values.new.append(_again(step.after))
                elif step.after is None:
                    room.values.gone.append(step.now)
                elif _said(step.now) != _said(step.after):
                    for name in _columns():
                        setattr(step.now, name, getattr(step.after, name))
                    room.values.changed.append(step.now)
            room.touched.add(piece.subject)


@cache
def _columns() -> tuple[str, ...]:
    """Those that hold what is said."""
    about = ("id", "counterparty", "characteristic", "place")
    return tuple(field.attname for field in recorded(Value) if field.name not in about)


def _said(row: Value | None) -> tuple[Any, ...] | None:
    return None if row is None else tuple(getattr(row, name) for name in _columns())


def _again(row: Value) -> Answer:
    """What was forgotten, to be said anew."""
    columns = {name: getattr(row, name) for name in _columns()}
    return Answer(row.counterparty_id, row.characteristic_id, row.place, columns)


def _value(key: Asked, place: int, said: tuple[Any, ...], was: Value | None) -> Value:
    """A value as it would be; mostly just the one that was there."""
    if was is not None and _said(was) == said:
        return was
    owner, characteristic = key
    columns = dict(zip(_columns(), said, strict=True))
    return Value(counterparty_id=owner, characteristic_id=characteristic, place=place, **columns)
