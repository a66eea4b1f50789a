"""Answers that would come back and are not taken any more: beyond a limit, or said by somebody else by now."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from characteristics.domain import unshared
from characteristics.models import Characteristic
from counterparties.models import Counterparty, Value
from trail.domain.undoing.pieces import Piece
from trail.domain.undoing.stretch import Stretch

Owners = dict[unshared.Answer, set[int]]


def unlike(piece: Piece, characteristic: Characteristic) -> str:
    """Why the limits of today refuse what would come back."""
    if check := characteristic.type.checker(characteristic):
        try:
            for row in _back(piece):
                check(characteristic.type.value(row))
        except ValidationError as error:
            return " ".join(error.messages)
    return ""


def shared(piece: Piece, characteristic: Characteristic, stretch: Stretch) -> str:
    """Who says by now what nobody shares. Whoever lets go of it in the same act is not in the way."""
    if not characteristic.is_unique:
        return ""
    owners, leaving = _looked_up(characteristic, piece, stretch)
    for row in _back(piece):
        others = owners.get((characteristic.pk, characteristic.type.content_of(row)), set()) - leaving
        if others:
            other = Counterparty.objects.get(pk=min(others))
            told = {"value": characteristic.label, "name": other.name}
            if not stretch.decision.may("view", other):
                return _("“%(value)s” belongs by now to a counterparty that you may not see.") % told
            return _("“%(value)s” belongs to “%(name)s” by now.") % told
    return ""


def _looked_up(characteristic: Characteristic, piece: Piece, stretch: Stretch) -> tuple[Owners, set[int]]:
    """Who says what any piece of the stretch would bring back for the characteristic, and who is changed with it."""
    known = stretch.known.setdefault("unshared", {})
    if characteristic.pk not in known:
        pieces = [each for each in stretch.of[piece.undoing] if _asked(each) == characteristic.pk]
        contents = {characteristic.type.content_of(row) for each in pieces for row in _back(each)}
        known[characteristic.pk] = (
            unshared.owners(Value, {characteristic: contents}),
            {each.subject for each in pieces},
        )
    return known[characteristic.pk]


def _asked(piece: Piece) -> int:
    return next(row.characteristic_id for step in piece.steps for row in (step.now, step.after) if row)


def _back(piece: Piece) -> list[Value]:
    """What would stand there."""
    return [step.after for step in piece.steps if step.after is not None]
