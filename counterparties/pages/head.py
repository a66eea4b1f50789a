"""The head of a dossier: who it is at a glance."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import IntegerField, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from counterparties.domain import bank_accounts, pointing
from counterparties.domain.holdings import members_of, of_today
from counterparties.models import (
    Address,
    BankAccount,
    Contact,
    Contract,
    Counterparty,
    Document,
    Erasure,
    Joining,
    Note,
    Project,
)
from counterparties.pages.facts import Fact, visible_path
from counterparties.pages.memberships import days
from desk.places import country_name
from trail.models import Operation
from trail.pages.words import plain_words

#: What is counted for the tabs, by the names of the tabs.
COUNTED = {
    "accounts": BankAccount,
    "addresses": Address,
    "contacts": Contact,
    "projects": Project,
    "contracts": Contract,
    "documents": Document,
    "notes": Note,
}
#: Of these the reader may not know all there are.
KNOWN: dict[str, Callable[[Any, Any], QuerySet]] = {
    "documents": lambda rows, decision: rows.current(),
    "notes": lambda rows, decision: rows.read_by(decision),
}


class Number(Subquery):
    """How many rows a question finds. Django takes three times as long to write it with an aggregate of its own."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def with_counts(rows: QuerySet, decision: Any) -> QuerySet:
    """Each counterparty with the numbers beside its tabs, and that of its erasure: one query for all of them."""
    hanging = {name: model.objects.filter(counterparty=OuterRef("pk")) for name, model in COUNTED.items()}
    hanging |= {name: known(hanging[name], decision) for name, known in KNOWN.items()}
    counts: dict[str, Any] = {name: Number(rows.order_by().values("pk")) for name, rows in hanging.items()}
    counts["members"] = Number(members_of(OuterRef("pk"), decision).values("pk"))
    counts["held_accounts"] = Number(bank_accounts.held_at(OuterRef("pk"), decision).values("pk"))
    counts["pointed_at"] = Number(pointing.values_of(decision).filter(target=OuterRef("pk")).order_by().values("pk"))
    counts["joinings"] = Number(Joining.objects.filter(Q(into=OuterRef("pk")) | Q(counterparty=OuterRef("pk"))))
    receipts = Erasure.objects.filter(counterparty=OuterRef("pk")).order_by("-pk")
    rows = rows.annotate(erasure_number=Subquery(receipts.values("pk")[:1]))
    return rows.annotate(**{f"{name}_count": count for name, count in counts.items()})


def counts_of(counterparty: Any) -> dict[str, int]:
    return {
        name: getattr(counterparty, f"{name}_count") for name in (*COUNTED, "members", "held_accounts", "pointed_at")
    }


@dataclass(frozen=True)
class TypeWord:
    """A type as its path, leading to the others of its sort."""

    path: str
    url: str


def type_words(decision: Any, counterparty: Counterparty) -> list[TypeWord]:
    visible = decision.visible_types(counterparty)
    return [TypeWord(visible_path(each, decision), f"/counterparties/?type={each.code}") for each in visible]


def key_facts(counterparty: Counterparty) -> list[Fact]:
    """What one looks for first; only what is said."""
    said = [
        Fact(_("Company number"), counterparty.registration_number, "mono"),
        Fact(_("VAT"), counterparty.vat_number or (_("registered") if counterparty.is_vat_registered else ""), "mono"),
        Fact(_("Country"), country_name(counterparty.country) if counterparty.country else ""),
        Fact(_("Created"), plain_words(timezone.localdate(counterparty.created_at))),
    ]
    return [fact for fact in said if fact.said]


def holdings(decision: Any, counterparty: Counterparty) -> list[tuple[Counterparty, str]]:
    """The holdings it belongs to today, as far as the reader may view them as such, each with its days in words."""
    joined = of_today(decision).filter(member=counterparty.pk).select_related("holding")
    return [(each.holding, days(each)) for each in joined.order_by("holding__name_key", "holding", "pk")]


def portrait(counterparty: Any) -> Any:
    """The face of a person, the logo of an organisation; to whoever may view it as a client."""
    client = counterparty.client_details
    if client is None:
        return None
    return (client.picture or client.logo) if counterparty.is_person else (client.logo or client.picture)


def archived_by(counterparty: Counterparty) -> Operation | None:
    """The operation that took it out of daily work."""
    if not counterparty.is_archived:
        return None
    rows = Counterparty.history.filter(id=counterparty.pk, archived_at=counterparty.archived_at)
    first = rows.order_by("history_id").select_related("operation__user").first()
    return first and first.operation


def erasure(counterparty: Any) -> Erasure | None:
    """The last receipt, where its personal data were erased."""
    number = counterparty.erasure_number
    return Erasure.objects.select_related("by").get(pk=number) if number else None


@dataclass(frozen=True)
class Joined:
    """With whom it was joined, and who was joined with it, as far as the reader may view them."""

    into: Counterparty | None
    is_hidden: bool
    others: list[Counterparty]


def joined(decision: Any, counterparty: Any) -> Joined | None:
    """Who was brought back into daily work since is told of no more."""
    if not counterparty.joinings_count:
        return None
    seen = decision.counterparties("view")
    is_gone = counterparty.is_archived and Joining.objects.filter(counterparty=counterparty.pk).exists()
    into = seen.filter(joinings__counterparty=counterparty.pk).first() if is_gone else None
    others = list(seen.archived().filter(joining__into=counterparty.pk).order_by("name_key", "pk"))
    return Joined(into, is_gone and into is None, others) if is_gone or others else None
