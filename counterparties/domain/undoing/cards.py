"""A counterparty's own facts, types and place in or out of the archive."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from counterparties.domain import log_ins
from counterparties.domain.in_bulk.allowed import Ids
from counterparties.domain.type_sets import key_of, type_set_of
from counterparties.models import (
    Address,
    BankAccount,
    Client,
    Contact,
    Contract,
    Counterparty,
    Document,
    Membership,
    Note,
    Project,
    TypeSet,
    Value,
)
from trail.domain import in_bulk
from trail.domain.changes import Change
from trail.domain.undoing import reading, writing
from trail.domain.undoing.pieces import READY, SAME, SINCE, Piece, Step, copied
from trail.domain.undoing.registry import undoings
from trail.domain.undoing.stretch import Stretch

from . import together
from .ground import OfCounterparty, held

#: What may have been done to a new counterparty since it came.
HANGING = (Value, Client, Address, BankAccount, Contact, Note, Document, Project, Contract)
WITH_OTHERS = ((Membership, "holding"), (Membership, "member"))
TYPES, ARCHIVED = "type_set", "archived_at"


@undoings.register
class Itself(OfCounterparty):
    """Who came by an operation goes into the archive: nobody is ever deleted. Types are taken back one by one, so that
    those which somebody else gave stay."""

    code, position, model, owner = "counterparties.Counterparty", 10, Counterparty, "id"
    made = (TYPES,)
    unique = (("code_key",), ("registration_key",))
    is_on_card = True
    has_facts_together = True

    def behind(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        return ("code",) if columns == ("code_key",) else ("registration_number", "country")

    def now(self, changes: Sequence[Change], stretch: Stretch) -> dict[int, Any]:
        return held(stretch).by_id

    # ---- what could be taken back

    def pieces(self, stretch: Stretch) -> list[Piece]:
        found: list[Piece] = []
        for piece in super().pieces(stretch):
            if piece.is_open and piece.step.change.was is None:
                stretch.born.add(piece.subject)
                self._archives(piece)
            elif piece.names == ("type_set_id",) and not self._gives_types(piece, stretch):
                continue
            found.append(piece)
        self._mark_changed(found, stretch)
        return found

    def _archives(self, piece: Piece) -> None:
        now = piece.step.now
        after = copied(now, now, ())
        after.archived_at = timezone.now()
        piece.steps = [Step(piece.step.change, now, after)]
        piece.standing = SAME if now.is_archived else READY

    def _mark_changed(self, pieces: list[Piece], stretch: Stretch) -> None:
        """A new counterparty with which somebody worked since is more than what the operation brought."""
        new = {piece.subject: piece for piece in pieces if piece.subject in stretch.born and piece.standing == READY}
        if not new:
            return
        later = reading.later(stretch.operation)
        # Named by what brought them: a thousand numbers in each of ten questions take Django longer than the database.
        came = Counterparty.history.filter(operation=stretch.operation.pk, history_type="+").order_by()
        came = came.filter(id__range=(min(new), max(new))).values("id")
        places = [(Counterparty, "id"), *((model, "counterparty") for model in HANGING), *WITH_OTHERS]
        rows = [
            model.history.filter(later, **{f"{name}__in": came}).order_by().values_list(name, flat=True)
            for model, name in places
        ]
        for pk in new.keys() & set(rows[0].union(*rows[1:])):
            new[pk].standing = SINCE

    def _gives_types(self, piece: Piece, stretch: Stretch) -> bool:
        """Which types it would have; False when the reader may know of none that changed."""
        room, change = held(stretch), piece.step.change
        was, became = (room.allowed.types_of(each) & room.allowed.seen for each in (change.was, change.became))
        if was == became:
            return False
        now, given, taken = room.allowed.types_of(piece.step.now), became - was, was - became
        after = (now - given) | taken
        if given <= now and not taken & now:
            piece.standing = READY
        else:
            piece.standing = SAME if after == now else SINCE
        piece.seen = key_of(now) if piece.standing == SINCE else ""
        room.types_after[piece.subject] = after
        piece.step.after.type_set_id = self._number(after, stretch)
        return True

    def _number(self, types: Ids, stretch: Stretch) -> int:
        """The combination of these types; one that never occurred has no number yet and is shown under none."""
        numbers = stretch.known.setdefault("numbers", {each: pk for pk, each in stretch.decision.type_sets.items()})
        if types not in numbers:
            pk = TypeSet.objects.filter(key=key_of(types)).values_list("pk", flat=True).first()
            numbers[types] = pk or -1 - len(numbers)
            stretch.decision.type_sets[numbers[types]] = types
        return numbers[types]

    # ---- what stands in the way

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        room = held(stretch)
        if piece.subject in stretch.born or piece.names == (ARCHIVED,):
            if room.may("archive", piece.subject):
                return ""
            piece.lacks = "archive"
            return _("Every type must grant you the archiving, and not all of them do.")
        if why := super().refusal(piece, stretch):
            return why
        if piece.names == ("email",) and piece.subject in room.logging_in:
            return _why_not_email(piece)
        return self._why_not_types(piece, stretch) if piece.names == ("type_set_id",) else ""

    def _why_not_types(self, piece: Piece, stretch: Stretch) -> str:
        room = held(stretch)
        now, after, tree = room.types_of(piece.subject), room.types_after[piece.subject], room.allowed.tree
        if not after:
            return _("No type would be left.")
        if after - tree.by_id.keys():
            return _("One of its types is no longer there.")
        if (now - after) - room.allowed.edited:
            return _("You may not remove a type that you may not edit.")
        if why := room.allowed.why_not(after - now, "edit"):
            return why
        settled = {each.pk for each in tree.without_ancestors(tree.by_id[pk] for pk in after)}
        if settled != after:
            return _("It has a subtype of that type by now, which stands for it.")
        return ""

    def taken_words(self, record: Any, columns: tuple[str, ...], holder: Any, stretch: Stretch) -> str:
        told = {"value": record.code if columns == ("code_key",) else record.registration_number}
        if not stretch.decision.may("view", holder):
            return _("“%(value)s” belongs by now to a counterparty that you may not see.") % told
        return _("“%(value)s” belongs to “%(name)s” by now.") % (told | {"name": holder.name})

    def at_odds(self, record: Any, pieces: Sequence[Piece], stretch: Stretch) -> together.Wrong:
        return together.wrong(record, pieces, together.OF_CARD)

    # ---- taking it back

    def write(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        room = held(stretch)
        changed = writing.changed(pieces)
        for piece in pieces:
            if piece.names == ("type_set_id",):
                one = room.by_id[piece.subject]
                one.type_set = type_set_of(room.types_after[piece.subject])
        release(changed)
        room.changed += changed
        room.touched.update(each.pk for each in changed)


def _why_not_email(piece: Piece) -> str:
    """He logs in with it: it must be there, and nobody else's to log in with."""
    try:
        log_ins.check_email(piece.step.after.email, piece.step.now)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def release(changed: Sequence[Counterparty]) -> None:
    """Where two exchange a code or a number, both let go of it before either takes the other's."""
    for each in changed:
        each.derive()
    for key in ("code_key", "registration_key"):
        moving = [each for each in changed if key in each.changed_fields()]
        wanted = [getattr(each, key) for each in moving]
        stored = dict(Counterparty.objects.filter(pk__in=[each.pk for each in moving]).values_list("pk", key))
        if not set(stored.values()) & set(wanted) - {None}:
            continue
        for each in moving:
            setattr(each, key, None if key == "registration_key" else f" {each.pk}")
        in_bulk.update([key], moving)
        for each, said in zip(moving, wanted, strict=True):
            setattr(each, key, said)
