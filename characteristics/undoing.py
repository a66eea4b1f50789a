"""How characteristics, nomenclatures and elements are taken back."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from characteristics.domain import shaping, shaping_elements
from characteristics.domain.placing import check_parent
from characteristics.models import Characteristic, Element, Nomenclature
from desk import ordering
from desk.ordering import Places
from trail.domain.undoing.office import OfOffice
from trail.domain.undoing.pieces import Piece
from trail.domain.undoing.registry import undoings
from trail.domain.undoing.stretch import Stretch


def close_up(places: Places) -> None:
    """Number a list without gaps."""
    places.hold()
    ordering.close_up(places.siblings)


@undoings.register
class Nomenclatures(OfOffice):
    code, position, model = "characteristics.Nomenclature", 210, Nomenclature

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        if not (piece.record.is_system and piece.is_removal):
            return ""
        return _("“%(name)s” is part of the system: the office itself chooses from it.") % {"name": piece.record.label}

    def renumber(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        close_up(shaping.places_of_nomenclatures())


@undoings.register
class Elements(OfOffice):
    code, position, model = "characteristics.Element", 220, Element
    unique = (("nomenclature_id", "code"),)

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        after = piece.step.after
        if piece.names != ("parent_id",) or after.parent_id is None:
            return ""
        parent = Element.objects.filter(pk=after.parent_id).first()
        try:
            if parent is not None:
                check_parent(piece.step.now, parent, parent.nomenclature)
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def renumber(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        touched = {piece.record.nomenclature_id for piece in pieces}
        for nomenclature in Nomenclature.objects.filter(pk__in=touched).order_by("pk"):
            close_up(shaping_elements.places(nomenclature))


@undoings.register
class Characteristics(OfOffice):
    """What its page would refuse because of the values that were said, is refused here too."""

    code, position, model = "characteristics.Characteristic", 230, Characteristic

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        record, after = piece.record, piece.step.after
        if record.is_system or record.type.implementer_only:
            return shaping.implementers_only(record.type)
        if piece.step.now is None or not piece.names or after is None:
            return ""
        name = piece.names[0].removesuffix("_id")
        try:
            shaping.check_values(piece.step.now, {name: getattr(after, name)})
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def renumber(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        close_up(shaping.places_of_characteristics())
