"""What rows say of counterparties because they are clients, by the rules of the card."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError

from counterparties.domain import client_words, clients
from counterparties.domain.checking import within_limit
from counterparties.domain.checking_clients import CHECKS
from counterparties.domain.in_bulk.allowed import Allowed, Ids
from counterparties.models import Address, BankAccount, Client, Counterparty
from desk.said import gettext as _

from .accounts import Accounts
from .addresses import Addresses
from .categories import LEVELS, Wished
from .plan import Draft, Plan, fact_field


@dataclass(frozen=True)
class Granted:
    """Of counterparties of some types: may it be seen as a client, written as one, and set as one?"""

    is_seen: bool
    is_mine: bool
    has_settings: bool


@dataclass
class Said:
    """What is to be kept of one counterparty as a client, of its addresses and of its main account."""

    owner: Counterparty | None
    client: Client | None = None
    is_called_otherwise: bool = False
    places: list[Address] = field(default_factory=list)
    places_gone: list[Address] = field(default_factory=list)
    accounts: list[BankAccount] = field(default_factory=list)
    #: Those that are no longer the main ones.
    released: list[BankAccount] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.client or self.places or self.places_gone or self.accounts)


class AsClients:
    """Decides what the columns of clients, of addresses and of accounts say, a chunk at a time."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._granted: dict[tuple[str, Ids], Granted] = {}
        self._clients: dict[int, Client] = {}
        self._addresses, self._accounts = Addresses(plan), Accounts(plan)

    def begin(self, counterparties: Iterable[Counterparty], drafts: Iterable[Draft], allowed: Allowed) -> None:
        """Read what is stored of a whole chunk at once, as far as the sheet speaks of it."""
        self._allowed, self._granted, drafts = allowed, {}, list(drafts)
        ids = [each.pk for each in counterparties]
        rows = Client.objects.select_related("category", "subcategory").filter(counterparty__in=ids)
        self._clients = {each.counterparty_id: each for each in rows} if any(each.client for each in drafts) else {}
        self._addresses.begin(ids, drafts, allowed)
        self._accounts.begin(ids, drafts, allowed)

    def said(self, draft: Draft, owner: Counterparty | None, types: Ids, tells: Any = None) -> Said:
        """What is another than what is stored; the row is refused where it may not be said or is wrong.

        ``tells`` is told each field that changes, with its value before and after.
        """
        found = Said(owner)
        if draft.client:
            self._as_client(draft, owner, types, found, tells)
        if draft.places:
            found.places, found.places_gone = self._addresses.said(draft, owner, tells)
        if draft.account:
            found.accounts, found.released = self._accounts.said(draft, owner, tells)
        return found

    def _as_client(self, draft: Draft, owner: Counterparty | None, types: Ids, found: Said, tells: Any) -> None:
        granted = self._rights(types, "edit" if owner else "add")
        if not granted.is_seen:
            message = _("Only clients that you may see as such are asked for this.")
            # An emptied cell of what nobody asks for says nothing.
            for name in [name for name, said in draft.client.items() if said not in ("", None, False)]:
                self._refuse(draft, name, message)
            return
        for name, was, now in self._facts(draft, owner, found):
            if not granted.is_mine:
                self._refuse(draft, name, _("You may not edit this of this counterparty."))
            elif name in clients.SETTINGS and not granted.has_settings:
                self._refuse(draft, name, _("Only who may edit the settings of the client may change this."))
            elif tells:
                tells(draft, name, was, now)

    def _rights(self, types: Ids, right: str) -> Granted:
        if (right, types) not in self._granted:
            mine = {each.pk for each in self._allowed.tree.types if each.pk in types and each.kind.is_client}
            granted = mine & (self._allowed.edited if right == "edit" else self._allowed.added)
            settings = granted & self._allowed.decision.type_ids("settings")
            self._granted[right, types] = Granted(bool(mine & self._allowed.seen), bool(granted), bool(settings))
        return self._granted[right, types]

    def _refuse(self, draft: Draft, name: str, why: str | ValidationError) -> None:
        draft.refuse(why, self.plan.column_of(name))

    # ---- the facts of a client

    def _facts(self, draft: Draft, owner: Counterparty | None, found: Said) -> list[tuple[str, Any, Any]]:
        """What changes, and from what to what."""
        said = self._asked(draft)
        if not said:
            return []
        client = (self._clients.get(owner.pk) if owner else None) or Client()
        facts: dict[str, Any] = {name: getattr(client, name) for name in client_words.FACTS} | said
        for name, check in CHECKS.items():
            try:
                facts[name] = check(facts, client)
                if isinstance(facts[name], str):
                    facts[name] = within_limit(facts[name], fact_field(name).max_length)
            except ValidationError as error:
                self._refuse(draft, name, error)
        was = {name: getattr(client, name) for name in said}
        changes = [(name, was[name], facts[name]) for name in said if facts[name] != was[name]]
        for name, _was, now in changes:
            setattr(client, name, now)
        if changes:
            found.client = client
            found.is_called_otherwise = any(name == "company_name" for name, _was, _now in changes)
        return changes

    def _asked(self, draft: Draft) -> dict[str, Any]:
        """What a legal entity is not asked stays as it was."""
        said = dict(draft.client)
        if not draft.facts.get("is_person"):
            for name in [each for each in clients.PERSONAL if each in said]:
                if said.pop(name):
                    self._refuse(draft, name, _("Only individuals are asked for this."))
        client = self._clients.get(draft.stored.pk) if draft.stored else None
        if isinstance(wished := said.get("subcategory"), Wished):
            category = said.get("category", client and client.category)
            try:
                said["subcategory"] = wished.under(category, self.plan.missing.note)
            except ValidationError as error:
                del said["subcategory"]
                self._refuse(draft, "subcategory", error)
        for name in LEVELS:
            element = said.get(name)
            if element is not None and element.is_stopped and element != getattr(client, name, None):
                self._refuse(draft, name, _("“%(value)s” is stopped. Choose another one.") % {"value": element})
        return said
