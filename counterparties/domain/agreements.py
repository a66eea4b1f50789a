"""Projects and contracts of all counterparties together, as far as a reader may view those they belong to."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from counterparties.domain import belongings, searching
from counterparties.models import Contract, Counterparty, Project
from counterparties.models.contract import MOST_REMIND_DAYS
from desk.databases import FEW, owned_by

#: So many hits of a search are named one by one.
NAMED = 2_000
#: Which counterparties' things are listed, by the answer to *archived*.
AMONG = {"no": Q(archived_at=None), "yes": Q(archived_at__isnull=False), "all": Q()}


def of_counterparties(model: Any, counterparties: QuerySet, archived: str = "no") -> QuerySet:
    """The projects, or the contracts, of these counterparties."""
    owners = counterparties.filter(AMONG[archived])
    # All counterparties there are: then nothing needs to be looked into.
    return model.objects.filter(owned_by(owners, "counterparty")) if owners.query.where else model.objects.all()


def answering(model: Any, said: str, decision: Any) -> Q:
    """Those that are called so themselves, or whose counterparty is, as far as the reader may know its names."""
    asked = searching.question(said)
    if not asked.readings:
        return Q()
    own = model.objects.filter(_said(asked, "words"))
    owners = Counterparty.objects.filter(searching.answering(asked, searching.hidden_clients(decision)))
    theirs = Exists(owners.filter(pk=OuterRef("counterparty")))
    return _among("pk", own, _said(asked, "words_in_each")) | _among("counterparty", owners, Q(theirs))


def of_members(memberships: QuerySet) -> Q:
    """Those of the companies of some holdings."""
    members = Counterparty.objects.filter(pk__in=memberships.order_by().values("member"))
    return _among("counterparty", members, Q(Exists(members.filter(pk=OuterRef("counterparty")))))


def _said(asked: searching.Question, lookup: str) -> Q:
    found = Q()
    for reading in asked.readings:
        found |= Q(**{f"search__{lookup}": reading})
    return found


def _among(key: str, hits: QuerySet, each: Q) -> Q:
    """Few hits are named, so that an index leads to them from either side of an "or"; of many, each row is looked into.

    In between they are a list that is made once: PostgreSQL would make it anew for each row that is looked into.
    """
    found = list(hits.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(found) <= NAMED:
        return Q(**{f"{key}__in": found})
    return each if len(found) > FEW else Q(**{f"{key}__in": hits.order_by().values("pk")[:FEW]})


def own_company_type(decision: Any) -> int | None:
    """The type that all own companies are of."""
    return next((each.pk for each in decision.tree.types if each.kind.is_own_company), None)


def projects_of(counterparty: Counterparty) -> list[Project]:
    return list(Project.objects.filter(counterparty=counterparty.pk).order_by("name_key", "pk"))


def project_names(ids: set[int]) -> dict[int, str]:
    return dict(Project.objects.filter(pk__in=ids).values_list("pk", "name"))


def has_code(counterparty: Counterparty, key: str, but: int | None) -> bool:
    """Does another project of the counterparty bear this code?"""
    return Project.objects.filter(counterparty=counterparty.pk, code_key=key).exclude(pk=but).exists()


def contracts_on(project: Project) -> int:
    return Contract.objects.filter(project=project.pk).count()


def give_up(project: Project, *, by: Any) -> None:
    """Take a project off the dossier; its contracts stay, on no project."""

    def release(held: Project) -> None:
        for each in Contract.objects.select_for_update().filter(project=held.pk).order_by("pk"):
            each.claim(each.version)
            each.project = None
            each.save()

    belongings.remove(project, by=by, first=release)


def last_currency(counterparty: Counterparty) -> str:
    """What the latest contract was agreed in."""
    said = Contract.objects.filter(counterparty=counterparty.pk).exclude(currency="")
    return said.order_by("-pk").values_list("currency", flat=True).first() or ""


def due(today: date) -> Q:
    """Contracts of which somebody is to be reminded: the day has come, and the end has not passed."""
    # No reminder comes earlier than so many days before the end, so later ends need not be looked at.
    last = today + timedelta(days=MOST_REMIND_DAYS)
    return Q(remind_on__lte=today, ends_on__gte=today, ends_on__lte=last)


def in_state(states: Iterable[str], today: date) -> Q:
    """Contracts that stand so on a day; the same as ``contract_state`` says of one."""
    begun, open_ended = Q(starts_on=None) | Q(starts_on__lte=today), Q(ends_on=None) | Q(ends_on__gte=today)
    told = {
        "ended": Q(ends_on__lt=today),
        "coming": Q(starts_on__gt=today) & open_ended,
        "soon": due(today) & begun,
        "running": begun & open_ended & (Q(remind_on=None) | Q(remind_on__gt=today)),
    }
    found = Q(pk__in=[])
    for state in states:
        found |= told[state]
    return found


def ending_soon(decision: Any, today: date) -> QuerySet:
    """Contracts that end soon, of current counterparties the reader may view; the soonest first."""
    # Few are due, and an index leads to them: each is looked into.
    owners = decision.counterparties("view").current().filter(pk=OuterRef("counterparty"))
    return Contract.objects.filter(in_state(["soon"], today), Exists(owners)).order_by("ends_on", "pk")
