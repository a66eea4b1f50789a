"""How characteristics, nomenclatures and elements are taken back."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from characteristics.domain import shaping, shaping_elements
from characteristics.domain.limits import NOTHING
from characteristics.domain.placing import check_parent
from characteristics.models import Characteristic, Element, Nomenclature
from desk import ordering
from desk.ordering import Places
from trail.domain.undoing.office import OfOffice
from trail.domain.undoing.pieces import Piece
from trail.domain.undoing.registry import undoings
from trail.domain.undoing.stretch import Stretch

#: What a characteristic is checked by as a whole.
CHECKED = {"type_code", "nomenclature", "is_multiple", *NOTHING}


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
    has_facts_together = True

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        record = piece.record
        return shaping.implementers_only(record.type) if record.is_system or record.type.implementer_only else ""

    def at_odds(self, record: Characteristic, pieces: Sequence[Piece], stretch: Stretch) -> dict[str, str]:
        """Its type, its limits and its preset answer are checked together, as its page does."""
        columns = {name.removesuffix("_id"): name for piece in pieces for name in piece.names}
        asked = {name: column for name, column in columns.items() if name in CHECKED}
        if not asked:
            return {}
        try:
            shaping.check_values(pieces[0].step.now, {name: getattr(record, name) for name in asked})
        except ValidationError as error:
            said = {name: " ".join(messages) for name, messages in error.message_dict.items()}
            # Where only what stays is named, nothing of it goes back.
            wrong = said.keys() & asked.keys() or asked.keys()
            return {asked[name]: said.get(name) or " ".join(said.values()) for name in wrong}
        return {}

    def renumber(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        close_up(shaping.places_of_characteristics())
