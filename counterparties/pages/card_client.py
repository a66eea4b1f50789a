"""What the card asks of a counterparty because it is a client: for those who may edit it as one."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from counterparties.domain import clients, earlier
from counterparties.domain.checking_clients import CHECKS
from counterparties.domain.identifiers import electronic
from counterparties.models import Client

from .alike import NUMBERS, suggested
from .card_client_fields import NOTE, fields_of, note_field


class ClientPart:
    """A client's facts on one card, as one user may write them."""

    def __init__(self, card: Any) -> None:
        self.card, self.decision = card, card.decision
        mine = self._as_client(card.offered.mine)
        self.is_asked = bool(mine)
        #: What only the right *settings* of a client type opens.
        self.has_settings = bool(mine & self.decision.type_ids("settings"))
        self.fields = self._fields() if self.is_asked else {}

    def _as_client(self, granted: set[int]) -> set[int]:
        """Those types of the card that make it a client and are granted."""
        return {each.pk for each in self.card.types if each.kind.is_client} & granted

    @cached_property
    def is_told(self) -> bool:
        """May it be read as a client, and no more?"""
        return not self.is_asked and bool(self._as_client(self.card.offered.seen))

    @cached_property
    def stored(self) -> Client:
        return clients.client_of(self.card.counterparty)

    def _fields(self) -> dict[str, Any]:
        fields = fields_of(self.stored, self.decision.user)
        left_out = set() if self.has_settings else set(clients.SETTINGS)
        return {name: field for name, field in fields.items() if name not in left_out} | {NOTE: note_field()}

    @property
    def names(self) -> list[str]:
        """What two versions of a card may differ in; a new note is nobody else's."""
        return [name for name in self.fields if name != NOTE]

    # ---- what was sent

    def clean(self) -> None:
        if not self.is_asked:
            return
        cleaned = self.card.cleaned_data
        if not cleaned.get("is_person"):
            for name in clients.PERSONAL:
                self.card.errors.pop(name, None)
        for name, check in CHECKS.items():
            if name in cleaned:
                try:
                    cleaned[name] = check(cleaned, self.stored)
                except ValidationError as error:
                    self.card.add_error(name, error)

    def facts(self) -> dict[str, Any]:
        """What to store. What a legal entity is not asked stays as it was."""
        cleaned = self.card.cleaned_data
        ignored = () if cleaned["is_person"] else clients.PERSONAL
        return {name: cleaned[name] for name in clients.FACTS if name in self.fields and name not in ignored}

    @property
    def note(self) -> str:
        """One more for the notes of its dossier."""
        return self.card.cleaned_data[NOTE] if self.is_asked else ""

    # ---- what is told beside the fields, and after the save

    def log_in_news(self) -> str:
        """What became of his log-in with this card."""
        cleaned, told = self.card.cleaned_data, {"email": self.card.cleaned_data["email"]}
        has_new_email = bool(self.card.counterparty and self.card.counterparty.email != cleaned["email"])
        if "login_allowed" not in cleaned and not has_new_email:
            # Whatever he was allowed stays as it is: nothing need be read to say so.
            return ""
        before = self.stored.login_allowed
        may_log_in = cleaned.get("login_allowed", before)
        if may_log_in and not before:
            return _("An invitation to log in goes to %(email)s.") % told
        if before and not may_log_in:
            return _("The log-in of the client is withdrawn; whoever is logged in with it is out at once.")
        if may_log_in and has_new_email:
            return _("The client logs in with %(email)s from now on; let them know.") % told
        return ""

    def warnings(self) -> list[str]:
        """What is taken and will not be for ever."""
        code = self.card.cleaned_data.get("electronic_address_scheme", "") if self.is_asked else ""
        if not electronic.is_ending(code):
            return []
        words = _("The scheme %(scheme)s is about to be taken off the list. Ask for an address of another one.")
        return [words % {"scheme": electronic.scheme_words(code)}]

    def suggestion(self) -> SafeString | str:
        """An electronic address out of the numbers on the card, where none is written."""
        if self.card["electronic_address"].value():
            return ""
        return suggested({name: str(self.card[name].value() or "") for name in ("country", *NUMBERS)})

    # ---- for two versions to be compared

    def words(self, name: str, value: Any) -> str:
        """A value as people read it."""
        field = self.fields[name]
        if hasattr(field, "words"):
            return str(field.words(value))
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        return str(field.prepare_value(value) if name == "credit_limit" else value)

    def as_opened(self, moment: Any) -> dict[str, Any]:
        """What the card showed then."""
        client = earlier.client_at(self.card.counterparty, moment)
        return {name: getattr(client, name) for name in clients.FACTS if name in self.fields}
