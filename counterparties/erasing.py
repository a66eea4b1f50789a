"""What is blanked of a counterparty, and of all that hangs on it."""

from typing import Any

from django.db.models import Q

from counterparties.models import (
    Address,
    BankAccount,
    Client,
    Contact,
    Contract,
    Counterparty,
    Document,
    Note,
    Project,
    SavedView,
    Value,
)
from counterparties.models.bank_account import account_words
from trail.domain.erasing import Eraser, Subject, erasers

FACTS = ("alias", "country", "registration_number", "vat_number", "email", "phone", "mobile", "website", "comment")


def empty(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names, "")


def none(*names: str) -> dict[str, Any]:
    return dict.fromkeys(names)


@erasers.register
class Itself(Eraser):
    """Its number, its types, its status and its days stay; who it was does not."""

    code, position, model, counterparty = "counterparties.Counterparty", 10, Counterparty, "id"
    blanks, called, number = empty(*FACTS), ("name",), "code"
    says = ("name", "alias", "registration_number", "vat_number", "email", "phone", "mobile", "website")
    names = ("name", "alias")

    def derive(self, record: Any) -> None:
        record.call_as_client("")
        super().derive(record)


class OfCounterparty(Eraser):
    counterparty = "counterparty"


@erasers.register
class Details(OfCounterparty):
    """As a client it has no details any more, and no log-in."""

    code, position, model = "counterparties.Client", 12, Client
    says = ("company_name", "tax_name", "office_phone", "electronic_address")
    names, bears = ("company_name",), ("picture", "logo")
    blanks = (
        empty("salutation", "gender", "language", *says, "electronic_address_scheme", "message_language", "currency")
        | none("picture", "logo", "category", "subcategory", "payment_term", "credit_limit")
        | {"login_allowed": False, "email_notifications": False}
    )


@erasers.register
class Values(OfCounterparty):
    """No characteristic says anything of it."""

    code, model, goes = "counterparties.Value", Value, True
    bears = ("file",)
    blanks = none("text", "number", "day", "flag", "element", "file", "target")


@erasers.register
class Addresses(OfCounterparty):
    code, model, goes = "counterparties.Address", Address, True
    blanks = empty("name", "line1", "line2", "city", "region", "postal_code", "country")


@erasers.register
class BankAccounts(OfCounterparty):
    """An account number leads to its holder, wherever it is written."""

    code, position, model, goes = "counterparties.BankAccount", 13, BankAccount, True
    says = ("number", "holder")
    names = ("holder",)
    blanks = empty("number", "currency", "holder", "bank_name", "bic", "purpose") | none("bank", "company")

    def look(self, subject: Subject) -> None:
        """People write an account in groups of four too."""
        super().look(subject)
        asked = self.rows(subject)
        for table in self.tables() if asked is not None else ():
            for number in table._base_manager.filter(asked).order_by().values_list("number", flat=True).distinct():
                subject.phrases.add(account_words(number))


@erasers.register
class Contacts(OfCounterparty):
    """People to talk to are people too."""

    code, position, model, goes = "counterparties.Contact", 14, Contact, True
    says, names = ("name", "email", "phone"), ("name",)
    blanks, called = empty("job", "email", "phone"), ("name",)


@erasers.register
class Notes(OfCounterparty):
    """That somebody wrote one stays."""

    code, model, called = "counterparties.Note", Note, ("text",)


@erasers.register
class Documents(OfCounterparty):
    """A paper that is there no more stands among the deleted ones, and the client sees none."""

    code, position, model = "counterparties.Document", 90, Document
    blanks, bears = empty("title"), ("file",)

    def settle(self, subject: Subject) -> None:
        if subject.counterparty:
            for paper in Document.objects.filter(counterparty=subject.counterparty).order_by("pk"):
                paper.deleted_at, paper.is_shared = paper.deleted_at or subject.at, False
                paper.save()


@erasers.register
class Projects(OfCounterparty):
    """The books keep that there was work, and when."""

    code, model, number = "counterparties.Project", Project, "code"
    called = ("name",)


@erasers.register
class Contracts(OfCounterparty):
    """The books keep that there was a contract: its number, its days and its amount."""

    code, model, number = "counterparties.Contract", Contract, "number"
    blanks, bears = empty("subject") | none("file"), ("file",)


@erasers.register
class Views(Eraser):
    """A user's own views go with them; one that a role shares stays, without what it was asked for by name."""

    code, model, goes = "counterparties.SavedView", SavedView, True
    blanks = empty("name", "query")
    mentions = ("name", "query")

    def rows(self, subject: Subject) -> Q | None:
        return Q(user__in=sorted(subject.users), role=None) if subject.users else None
