"""The tabs of a dossier, and the latest changes beside its facts."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counterparties.domain import bank_accounts, holdings, pointing
from counterparties.domain.hidden import HIDDEN
from counterparties.models import Client
from counterparties.pages import bank_account_rows, facts, standing
from counterparties.pages.addresses import addresses
from counterparties.pages.bank_accounts import accounts
from counterparties.pages.belongings import Belonging
from counterparties.pages.contacts import contacts
from counterparties.pages.contracts import contracts
from counterparties.pages.documents import documents
from counterparties.pages.history import history_of, latest
from counterparties.pages.links import mail_link, phone_link
from counterparties.pages.memberships import memberships
from counterparties.pages.notes import notes
from counterparties.pages.over_time import along_the_days
from counterparties.pages.projects import projects
from desk.panels import SIDE, TAB, Panel, panels
from files.pages.links import named

#: So many contacts stand in the overview; all of them have their tab.
FIRST_CONTACTS = 5


@panels.register
class Overview(Panel):
    """All that is known at a glance."""

    code, label, position, place = "overview", _("Overview"), 10, TAB
    template = "counterparties/panels/overview.html"

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        decision = request.decision
        addresses = list(record.addresses.order_by("kind")) if record.counts["addresses"] else []
        contacts = contact_rows(record)[:FIRST_CONTACTS] if record.counts["contacts"] else []
        paid_into = bank_account_rows.main_facts(record, decision) if record.counts["accounts"] else []
        return {
            "shared": facts.shared_facts(record, addresses, paid_into),
            "client": facts.client_facts(record.client_details) if record.client_details else None,
            "groups": facts.characteristics(decision, record),
            "contacts": contacts,
            "more_contacts": record.counts["contacts"] > len(contacts),
            "copies": bool(paid_into),
        }


class Counted(Panel):
    """A tab that is there only when it has rows."""

    place = TAB

    def count(self, request: HttpRequest, record: Any) -> int | None:
        return record.counts[self.code]

    def is_shown(self, request: HttpRequest, record: Any) -> bool:
        return bool(record.counts[self.code])


class Held(Counted):
    """A tab of things that whoever may edit the counterparty adds, edits and deletes; to them it is always there."""

    belonging: Belonging

    def is_shown(self, request: HttpRequest, record: Any) -> bool:
        return super().is_shown(request, record) or self.belonging.may_change(request.decision, record)

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        may_change = self.belonging.may_change(request.decision, record)
        return {
            "may_change": may_change,
            "new_url": self.belonging.new_url(record) if may_change else "",
            "new_words": self.belonging.new_words,
        }

    def row(self, thing: Any, may_change: bool) -> dict[str, Any]:
        """The thing, and the way to its form for those who may."""
        return {"thing": thing, "edit_url": self.belonging.edit_url(thing) if may_change else ""}


@panels.register
class Contacts(Held):
    code, label, position = "contacts", _("Contacts"), 20
    template = "counterparties/panels/contacts.html"
    belonging = contacts

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        found = super().context(request, record)
        return found | {"contacts": contact_rows(record, found["may_change"])}


def contact_rows(record: Any, may_change: bool = False) -> list[dict[str, Any]]:
    """People to talk to, with addresses that can be followed."""
    return [
        {
            "name": each.name,
            "job": each.job,
            "email": mail_link(each.email),
            "phone": phone_link(each.phone),
            "edit_url": contacts.edit_url(each) if may_change else "",
        }
        for each in record.contacts.all()
    ]


@panels.register
class Addresses(Held):
    code, label, position = "addresses", _("Addresses"), 25
    template = "counterparties/panels/addresses.html"
    belonging = addresses

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        found = super().context(request, record)
        rows = [
            self.row(each, found["may_change"])
            | {"kind": facts.address_title(each), "words": facts.address_words(each)}
            for each in record.addresses.order_by("kind", "pk")
        ]
        return found | {"rows": rows}


@panels.register
class BankAccounts(Held):
    """The own company and the bank are named to whoever may view them; to others they are hidden ones."""

    code, label, position = "accounts", _("Bank accounts"), 27
    template = "counterparties/panels/accounts.html"
    belonging = accounts

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        found = super().context(request, record)
        rows = bank_account_rows.rows_of(record, request.decision)
        if found["may_change"]:
            rows = [each | self.row(each["thing"], True) | accounts.act(each["thing"]) for each in rows]
        has_companies = any(each["thing"].company_id for each in rows)
        return found | {"rows": rows, "has_companies": has_companies, "hidden": HIDDEN, "copies": bool(rows)}


@panels.register
class Projects(Held):
    code, label, position = "projects", _("Projects"), 30
    template = "counterparties/panels/projects.html"
    belonging = projects

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        found, states = super().context(request, record), standing.of_projects()
        rows = [
            self.row(each, found["may_change"]) | {"state": states.get(each.status)}
            for each in record.projects.order_by("name_key", "pk")
        ]
        return found | {"rows": rows}


@panels.register
class Contracts(Held):
    """What was signed. The own company is named to whoever may view it; to others it is a hidden one."""

    code, label, position = "contracts", _("Contracts"), 40
    template = "counterparties/panels/contracts.html"
    belonging = contracts

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        found, states, today = super().context(request, record), standing.of_contracts(), timezone.localdate()
        listed = list(record.contracts.select_related("contract_type", "project", "file"))
        companies = request.decision.counterparties("view").in_bulk({each.company_id for each in listed} - {None})
        rows = [
            self.row(each, found["may_change"])
            | {
                "company": companies.get(each.company_id),
                "amount": facts.money(each.amount, each.currency),
                "file": named(each.file) if each.file else "",
                "state": standing.of_contract(each, states, today),
            }
            for each in listed
        ]
        chart = along_the_days([(each["thing"], each["state"]) for each in rows], today)
        has_companies = any(each.company_id for each in listed)
        return found | {"rows": rows, "has_companies": has_companies, "hidden": HIDDEN, "chart": chart}


@panels.register
class Documents(Held):
    """The papers; whoever may edit the counterparty finds the deleted ones too, by ``?deleted=1``."""

    code, label, position = "documents", _("Documents"), 50
    template = "counterparties/panels/documents.html"
    belonging = documents

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        found = super().context(request, record)
        return found | documents.listed(request, record, found["may_change"])


@panels.register
class Notes(Held):
    """What colleagues tell each other, as far as it is for the reader; one is written without leaving the page."""

    code, label, position = "notes", _("Notes"), 60
    template = "counterparties/panels/notes.html"
    belonging = notes

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        found = super().context(request, record)
        return found | notes.listed(request, record, found["may_change"])


@panels.register
class Members(Held):
    """Companies in the holding, as far as the reader may view them; for whoever may view it as a holding."""

    code, label, position = "members", _("Companies in the holding"), 80
    template = "counterparties/panels/members.html"
    belonging = memberships

    def is_shown(self, request: HttpRequest, record: Any) -> bool:
        return holdings.as_holding(request.decision, "view", record) and super().is_shown(request, record)

    def count(self, request: HttpRequest, record: Any) -> int | None:
        """Those of today. Asked of holdings alone, so that no other dossier pays for it."""
        if not record.counts[self.code]:
            return 0
        return holdings.members_of(record.pk, request.decision).on(timezone.localdate()).count()

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        found = super().context(request, record)
        return found | memberships.listed(request, record, found["may_change"])


@panels.register
class HeldAccounts(Panel):
    """What a bank holds for counterparties that the reader may view."""

    code, label, position, place = "held-accounts", _("Accounts at this bank"), 82, TAB
    template = "counterparties/panels/held_accounts.html"

    def count(self, request: HttpRequest, record: Any) -> int | None:
        return record.counts["held_accounts"]

    def is_shown(self, request: HttpRequest, record: Any) -> bool:
        return bool(record.counts["held_accounts"])

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        limit = bank_accounts.LISTED
        portion = bank_account_rows.held(request, record)
        return {"portion": portion, "is_cut": portion.total >= limit, "limit": limit, "copies": True}


@panels.register
class PointedAt(Panel):
    """Who names it in a characteristic: its subsidiaries, those it recommended."""

    code, label, position, place = "pointed-at", _("Pointed at by"), 85, TAB
    template = "counterparties/panels/pointed_at.html"

    def count(self, request: HttpRequest, record: Any) -> int | None:
        return record.counts["pointed_at"]

    def is_shown(self, request: HttpRequest, record: Any) -> bool:
        return bool(record.counts["pointed_at"])

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        return {"pointing": pointing.at(record, request.decision)}


@panels.register
class History(Panel):
    code, label, position, place = "history", _("History"), 90, TAB
    template = "counterparties/panels/history.html"

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        return history_of(request, record)


@panels.register
class LatestChanges(Panel):
    code, label, position, place = "latest-changes", _("Latest changes"), 20, SIDE
    template = "counterparties/panels/latest_changes.html"

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        return {"entries": latest(request, record)}


def client_details(decision: Any, counterparty: Any) -> Client | None:
    """What is kept of it as a client, for whoever may view it as one."""
    if not any(each.kind.is_client for each in decision.visible_types(counterparty)):
        return None
    rows = Client.objects.select_related("category", "subcategory", "picture", "logo")
    found = rows.filter(counterparty=counterparty).first()
    if found:
        found.counterparty = counterparty
    return found
