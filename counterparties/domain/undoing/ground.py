"""The counterparties of an operation: read, held and kept as one, whatever of them is taken back."""

from array import array
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counterparties.domain import log_ins
from counterparties.domain.in_bulk import writing
from counterparties.domain.in_bulk.allowed import Allowed, Ids
from counterparties.domain.in_bulk.differing import Differences
from counterparties.models import Counterparty, Erasure
from trail.domain.changes import Change
from trail.domain.undoing.pieces import Piece
from trail.domain.undoing.registry import Ground, Undoing, grounds, touched_on
from trail.domain.undoing.stretch import Stretch

from .files import return_files

CODE = "counterparties"
ERASED = gettext_lazy("Its personal data was erased afterwards: what stood here is kept nowhere.")
MAY_NOT_EDIT = gettext_lazy("You may not edit such counterparties.")


class Held:
    """The counterparties of a stretch as they stand now, and what becomes of them."""

    def __init__(self, stretch: Stretch) -> None:
        self.decision, self._done_at = stretch.decision, stretch.operation.at
        self.allowed = Allowed(stretch.decision)
        rows = Counterparty.objects.filter(pk__in=list(stretch.subjects)).order_by("pk")
        rows = rows.select_for_update(of=("self",)) if stretch.is_held else rows
        self.by_id = {each.pk: each for each in rows}
        #: Types after they were taken back, of those whose types are.
        self.types_after: dict[int, Ids] = {}
        self.changed: list[Counterparty] = []
        self.touched: set[int] = set()
        self.values = Differences()
        self._may: dict[tuple[str, int], bool] = {}

    def types_of(self, pk: int) -> Ids:
        return self.allowed.types_of(self.by_id[pk]) if pk in self.by_id else frozenset()

    def asked_of(self, pk: int) -> Ids:
        """Its types of now and of afterwards: each of them may grant what is asked of a characteristic."""
        return self.types_of(pk) | self.types_after.get(pk, frozenset())

    def is_seen(self, pk: int) -> bool:
        return self.allowed.may_see(self.types_of(pk))

    def may_edit(self, pk: int) -> bool:
        return self.allowed.may_edit(self.types_of(pk))

    def may(self, right: str, pk: int) -> bool:
        """Decided once for each combination of types."""
        one = self.by_id[pk]
        key = (right, one.type_set_id)
        if key not in self._may:
            self._may[key] = self.decision.may(right, one)
        return self._may[key]

    @cached_property
    def erased(self) -> set[int]:
        """Those who were erased since the operation."""
        if not self.by_id:
            return set()
        first, last = min(self.by_id), max(self.by_id)
        rows = Erasure.objects.filter(counterparty__gte=first, counterparty__lte=last, at__gte=self._done_at)
        return self.by_id.keys() & set(rows.values_list("counterparty", flat=True))

    @cached_property
    def logging_in(self) -> set[int]:
        """Those whose card says that they may log in."""
        return log_ins.may_log_in(list(self.by_id.values()))

    def as_client(self, right: str, pk: int) -> bool:
        """Does a type that makes it a client grant the right?"""
        granting = self.types_of(pk) & self.decision.type_ids(right)
        return any(self.allowed.tree.by_id[each].kind.is_client for each in granting)


def held(stretch: Stretch) -> Held:
    return stretch.known["held"]


@grounds.register
class Counterparties(Ground):
    """One version guards a card: whoever takes something of it back claims it, once."""

    code, position = CODE, 10

    def subjects(self, operation: int) -> array:
        found: set[int] = set()
        for undoing in touched_on(self.code, operation):
            found.update(undoing.subjects(operation))
        return array("q", sorted(found))

    def enter(self, stretch: Stretch) -> None:
        stretch.known["held"] = Held(stretch)

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        return str(ERASED) if piece.subject in held(stretch).erased else ""

    def things(self, stretch: Stretch) -> dict[int, Any]:
        return held(stretch).by_id

    def leave(self, stretch: Stretch) -> None:
        room = held(stretch)
        touched = [one for pk, one in room.by_id.items() if pk in room.touched]
        writing.change(room.changed, touched)
        writing.answer(room.values.new, room.values.changed, room.values.gone)
        return_files(stretch.operation.pk)


class OfCounterparty(Undoing):
    """A record that hangs on one counterparty and is changed by whoever may edit that.

    What an operation brought together with the counterparty itself stays with it: that one is archived as a whole.
    """

    ground = CODE
    owner = "counterparty_id"
    leaves_stopped = True
    #: Does the version of the counterparty guard it?
    is_on_card = False

    def rows(self, stretch: Stretch) -> Q:
        """What came with a new counterparty is not even read: an import of 2,000 brings 24,000 values."""
        return Q(**{f"{self.owner}__in": [pk for pk in stretch.subjects if pk not in stretch.born]})

    def is_seen(self, change: Change, stretch: Stretch) -> bool:
        owner = self.subject(change, stretch)
        return owner not in stretch.born and held(stretch).is_seen(owner)

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        owners = {piece.subject, *self._owners_of(piece)}
        if owners - held(stretch).by_id.keys():
            return _("It belongs to another counterparty by now.")
        if not all(held(stretch).may_edit(pk) for pk in owners):
            piece.lacks = "edit"
            return str(MAY_NOT_EDIT)
        return self.hides(piece, stretch)

    def _owners_of(self, piece: Piece) -> Iterable[int]:
        """Where the record goes from one counterparty to another, both of them."""
        return [getattr(each, self.owner) for each in _sides(piece)] if self.owner in piece.names else ()

    def hides(self, piece: Piece, stretch: Stretch) -> str:
        """Nobody changes what points at a counterparty that is not for them to see."""
        pointing = [
            field
            for field in self.model._meta.concrete_fields
            if field.related_model is Counterparty and field.attname in piece.names
        ]
        if not pointing or held(stretch).decision.has_everything("view"):
            return ""
        asked = {getattr(each, field.attname) for each in _sides(piece) for field in pointing} - {None}
        seen = held(stretch).decision.counterparties("view").filter(pk__in=asked).count()
        return "" if seen == len(asked) else _("It points at something that you may not see.")

    def write(self, pieces: Any, stretch: Stretch) -> None:
        super().write(pieces, stretch)
        if self.is_on_card:
            held(stretch).touched.update(piece.subject for piece in pieces)


def _sides(piece: Piece) -> Iterable[Any]:
    return [each for each in (piece.step.now, piece.step.after) if each is not None]
