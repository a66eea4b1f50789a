"""What hangs on a dossier: contacts, addresses, projects, contracts, documents, what is kept of a client."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from counterparties.domain.clients import SETTINGS
from counterparties.models import Address, BankAccount, Client, Contact, Contract, Document, Project
from trail.domain import in_bulk
from trail.domain.changes import Change
from trail.domain.undoing.pieces import SAME, Piece, Step, copied
from trail.domain.undoing.registry import undoings
from trail.domain.undoing.stretch import Stretch

from . import together
from .ground import MAY_NOT_EDIT, OfCounterparty, held

#: By which a counterparty has one main account.
MAIN = ("counterparty_id", "currency", "is_main")


@undoings.register
class Details(OfCounterparty):
    """What is kept because it is a client: for those who may view, and edit, it as one."""

    code, position, model = "counterparties.Client", 20, Client
    unique = (("counterparty_id",),)
    is_on_card = True
    has_facts_together = True

    def is_seen(self, change: Change, stretch: Stretch) -> bool:
        owner = self.subject(change, stretch)
        return super().is_seen(change, stretch) and held(stretch).as_client("view", owner)

    def refusal(self, piece: Piece, stretch: Stretch) -> str:
        if not held(stretch).as_client("edit", piece.subject):
            piece.lacks = "edit"
            return str(MAY_NOT_EDIT)
        if _is_setting(piece) and not held(stretch).as_client("settings", piece.subject):
            piece.lacks = "settings"
            return _("You may not change the settings of such clients.")
        return _("A client's way in is opened and closed on the dossier.") if _lets_in(piece) else ""

    def at_odds(self, record: Any, pieces: Sequence[Piece], stretch: Stretch) -> together.Wrong:
        together.read_categories(record, self, stretch)
        return together.wrong(record, pieces, together.OF_CLIENT)

    def write(self, pieces: Sequence[Piece], stretch: Stretch) -> None:
        super().write(pieces, stretch)
        _search_anew({piece.subject for piece in pieces}, stretch)


def _is_setting(piece: Piece) -> bool:
    """Is a setting of the client changed, or does one come or go with the record?"""
    if piece.names:
        return bool(set(SETTINGS) & set(piece.names))
    return any(getattr(piece.record, name) not in (None, "", False) for name in SETTINGS)


def _lets_in(piece: Piece) -> bool:
    """Would he be let in by it, or out? Invitations and passwords cannot be taken back."""
    sides = [each for each in (piece.step.now, piece.step.after) if each is not None]
    return "login_allowed" in piece.names or (not piece.names and any(each.login_allowed for each in sides))


def _search_anew(owners: set[int], stretch: Stretch) -> None:
    """They are found by the name they have as clients; the column of the search is no fact and has no history."""
    names = dict(Client.objects.filter(counterparty__in=owners).values_list("counterparty", "company_name"))
    changed = [one for pk in sorted(owners) if (one := held(stretch).by_id[pk]).call_as_client(names.get(pk, ""))]
    if changed:
        in_bulk.update(["search"], changed)


@undoings.register
class Addresses(OfCounterparty):
    code, position, model = "counterparties.Address", 40, Address
    unique = (("counterparty_id", "kind"),)
    is_on_card = True

    def is_alone(self, record: Address, columns: tuple[str, ...]) -> bool:
        return record.kind != "other"

    def taken_words(self, record: Address, columns: tuple[str, ...], holder: Any, stretch: Stretch) -> str:
        return _("There is another %(kind)s by now.") % {"kind": record.get_kind_display()}


@undoings.register
class BankAccounts(OfCounterparty):
    """Of each currency one is the main one, also after something is taken back."""

    code, position, model = "counterparties.BankAccount", 45, BankAccount
    unique = (("counterparty_id", "number_key", "currency"), MAIN)
    is_on_card = True

    def behind(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        return ("is_main", "currency") if columns == MAIN else ("number", "currency")

    def is_alone(self, record: BankAccount, columns: tuple[str, ...]) -> bool:
        return record.is_main if columns == MAIN else True

    def taken_words(self, record: BankAccount, columns: tuple[str, ...], holder: Any, stretch: Stretch) -> str:
        if columns == MAIN:
            return _("The main account is %(name)s by now.") % {"name": holder}
        return _("The account %(name)s is noted by now.") % {"name": holder}


@undoings.register
class Contacts(OfCounterparty):
    code, position, model, is_guarded = "counterparties.Contact", 50, Contact, True


@undoings.register
class Projects(OfCounterparty):
    code, position, model, is_guarded = "counterparties.Project", 60, Project, True
    unique = (("counterparty_id", "code_key"),)
    has_facts_together = True

    def behind(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        return ("code",)

    def taken_words(self, record: Project, columns: tuple[str, ...], holder: Any, stretch: Stretch) -> str:
        return _("The project “%(name)s” bears the code “%(code)s” by now.") % {"name": holder, "code": record.code}

    def at_odds(self, record: Any, pieces: Sequence[Piece], stretch: Stretch) -> together.Wrong:
        return together.wrong(record, pieces, together.OF_PROJECT)


@undoings.register
class Contracts(OfCounterparty):
    code, position, model, is_guarded = "counterparties.Contract", 70, Contract, True
    has_facts_together = True

    def at_odds(self, record: Any, pieces: Sequence[Piece], stretch: Stretch) -> together.Wrong:
        return together.wrong(record, pieces, together.OF_CONTRACT)


@undoings.register
class Documents(OfCounterparty):
    """A document that was handed in is deleted as its page deletes it: whoever asks for it still finds it."""

    code, position, model, is_guarded = "counterparties.Document", 80, Document, True

    def pieces(self, stretch: Stretch) -> list[Piece]:
        found = super().pieces(stretch)
        for piece in found:
            now = piece.step.now
            if piece.is_open and piece.step.change.was is None and now is not None:
                after = copied(now, now, ())
                after.deleted_at = timezone.now()
                piece.steps = [Step(piece.step.change, now, after)]
                if now.is_deleted:
                    piece.standing = SAME
        return found
