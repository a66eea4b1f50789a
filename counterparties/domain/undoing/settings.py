"""Types with their characteristics, and statuses."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from counterparties.domain import shaping
from counterparties.domain.placing import check_place
from counterparties.models import CounterpartyType, Status, TypeCharacteristic
from desk import ordering
from trail.domain.undoing.office import OfOffice
from trail.domain.undoing.pieces import Hindered, Piece
from trail.domain.undoing.registry import undoings
from trail.domain.undoing.stretch import Stretch

#: The one fact that says as what new counterparties begin.
BEGINS = ("is_default",)


@undoings.register
class Types(OfOffice):
    code, position, model = "counterparties.CounterpartyType", 240, CounterpartyType
    loose = ()  # the order of a type is a free number

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        record, after = piece.record, piece.step.after
        if piece.is_removal and record.parent_id is None:
            told = {"type": record.label}
            return _("%(type)s is one of the six kinds, which are part of the system. It can be stopped.") % told
        if piece.names != ("parent_id",) or after.parent_id is None:
            return ""
        parent = stretch.decision.tree.by_id.get(after.parent_id)
        if parent is not None and parent.pk in stretch.decision.tree.family(piece.step.now):
            return _("%(type)s cannot become a successor of itself.") % {"type": record}
        return ""

    def write(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        for piece in pieces:
            if piece.names == ("parent_id",) and piece.step.after.parent_id is not None:
                try:
                    check_place(piece.step.now, CounterpartyType.objects.get(pk=piece.step.after.parent_id))
                except ValidationError as error:
                    raise Hindered(" ".join(error.messages)) from None
        super().write(pieces, stretch)


@undoings.register
class Ties(OfOffice):
    """The characteristics of a type; a type whose questions change is claimed, like by its own form."""

    code, position, model, is_guarded = "counterparties.TypeCharacteristic", 250, TypeCharacteristic, False
    unique = (("type_id", "characteristic_id"),)

    def settle(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        for type_ in CounterpartyType.objects.filter(pk__in={piece.record.type_id for piece in pieces}).order_by("pk"):
            type_.claim(type_.version)
            ordering.close_up(type_.ties.all())


@undoings.register
class Statuses(OfOffice):
    code, position, model = "counterparties.Status", 200, Status
    unique = (("code",), ("is_default",))

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        """New counterparties begin as one that is offered, and there always is one."""
        begin = [each.record for each in stretch.of[self] if each.names == BEGINS and each.step.after.is_default]
        if piece.names == BEGINS and (stopped := next((each for each in begin if each.is_stopped), None)):
            return _("“%(name)s” is stopped: nobody is given it any more.") % {"name": stopped.label}
        would_go = piece.is_removal or (piece.names == ("stopped_at",) and piece.step.after.is_stopped)
        if would_go and piece.record.is_default and not begin:
            return _("New counterparties begin as “%(name)s” by now.") % {"name": piece.record.label}
        return ""

    def is_alone(self, record: Status, columns: tuple[str, ...]) -> bool:
        return bool(getattr(record, columns[0]))

    def taken_words(self, record: Status, columns: tuple[str, ...], holder: Any, stretch: Stretch) -> str:
        if columns == ("is_default",):
            return _("New counterparties begin as “%(name)s” by now.") % {"name": holder.label}
        return super().taken_words(record, columns, holder, stretch)

    def renumber(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        places = shaping.places_of_statuses()
        places.hold()
        ordering.close_up(places.siblings)
