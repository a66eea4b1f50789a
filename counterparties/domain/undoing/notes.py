"""Notes, and the roles that read them. What one said to chosen roles stays between them and its author."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from counterparties.domain import notes
from counterparties.models import Note, NoteReader
from trail.domain import in_bulk
from trail.domain.changes import Change
from trail.domain.undoing.pieces import Piece
from trail.domain.undoing.registry import undoings
from trail.domain.undoing.stretch import Stretch

from .ground import OfCounterparty


@undoings.register
class Notes(OfCounterparty):
    """A note is its author's; superusers may take back every one."""

    code, position, model, is_guarded = "counterparties.Note", 90, Note, True
    takes_along = (NoteReader,)

    def is_seen(self, change: Change, stretch: Stretch) -> bool:
        versions = [each for each in (change.was, change.became) if each is not None]
        return super().is_seen(change, stretch) and all(
            notes.knows_version(stretch.decision, each) for each in versions
        )

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        # On whose dossier it hangs is no word of its author's: it goes where the dossier goes.
        is_own = piece.names == (self.owner,)
        return super().refusal(piece, stretch) or ("" if is_own else _not_yours(piece.record, stretch))

    def pieces(self, stretch: Stretch) -> list[Piece]:
        # Open to all when the operation was done, for chosen roles today: whoever is not among them knows of neither.
        return [each for each in super().pieces(stretch) if notes.knows_version(stretch.decision, each.record)]

    def write(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        going = [piece.step.now.pk for piece in pieces if piece.is_removal]
        in_bulk.remove(list(NoteReader.objects.filter(note__in=going)))
        super().write(pieces, stretch)


@undoings.register
class Readers(OfCounterparty):
    """For which roles a note is: for its author and superusers alone to take back."""

    code, position, model = "counterparties.NoteReader", 95, NoteReader
    unique = (("note_id", "role_id"),)

    def subjects(self, operation: int) -> Iterable[int]:
        return self._owners(Q(id__in=self._written(operation).values("note"))).values()

    def rows(self, stretch: Stretch) -> Q:
        return Q(note__in=Note.history.filter(counterparty__in=list(stretch.subjects)).order_by().values("id"))

    def _owners(self, which: Q) -> dict[int, int]:
        return dict(Note.history.filter(which).order_by().values_list("id", "counterparty"))

    def pieces(self, stretch: Stretch) -> list[Piece]:
        written = self._written(stretch.operation.pk).values("note")
        versions = Note.history.filter(id__in=written).order_by("history_id")
        stretch.known["notes"] = {each.id: each for each in versions}
        return super().pieces(stretch)

    def subject(self, change: Change, stretch: Stretch) -> int:
        return stretch.known["notes"][change.record.note_id].counterparty_id

    def is_seen(self, change: Change, stretch: Stretch) -> bool:
        note = stretch.known["notes"][change.record.note_id]
        return super().is_seen(change, stretch) and notes.may_change(stretch.decision, note)

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        known = stretch.known["notes"][piece.record.note_id]
        return super().refusal(piece, stretch) or _not_yours(known, stretch)


def _not_yours(note: Any, stretch: Stretch) -> str:
    return "" if notes.may_change(stretch.decision, note) else _("A note is changed by whoever wrote it.")
