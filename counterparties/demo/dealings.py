"""What the office agreed with its counterparties: holdings and their members, projects, contracts."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from characteristics.models import Element
from counterparties.models import Contract, Membership, Project

from .firms import CLIENTS, Draft

HOLDING_MEMBERS = (3, 8)
PROJECTS = [
    "Spring deliveries",
    "New branch",
    "Equipment of the kitchen",
    "Catalogue",
    "Export to the Union",
    "Yearly supply",
]


def memberships(drafts: list[Draft], today: date, random: Random) -> list[Membership]:
    """Each holding has some firms, most of them from its own country."""
    firms = [draft for draft in drafts if draft.codes & CLIENTS and not draft.counterparty.is_person]
    found = []
    for holding in (draft for draft in drafts if "holding" in draft.codes):
        near = [draft for draft in firms if draft.land is holding.land]
        for member in random.sample(near or firms, k=min(random.randint(*HOLDING_MEMBERS), len(near or firms))):
            since = today - timedelta(days=random.randint(200, 2_500))
            until = today - timedelta(days=random.randint(1, 150)) if random.random() < 0.1 else None
            tie = Membership(holding=holding.counterparty, member=member.counterparty, since=since, until=until)
            found.append(tie)
    return found


def projects(drafts: list[Draft], today: date, random: Random) -> list[Project]:
    clients = [draft.counterparty for draft in drafts if draft.codes & CLIENTS and not draft.counterparty.is_person]
    found = []
    for client in random.sample(clients, k=min(110, len(clients))):
        starts = today - timedelta(days=random.randint(0, 600))
        ends = starts + timedelta(days=random.randint(60, 500))
        found.append(
            Project(
                counterparty=client, name=f"{random.choice(PROJECTS)} {starts.year}", starts_on=starts, ends_on=ends
            )
        )
    return found


def contracts(drafts: list[Draft], for_projects: list[Project], today: date, random: Random) -> list[Contract]:
    """Contracts of projects, and framework contracts of other clients and suppliers, signed by our own companies."""
    own = [draft.counterparty for draft in drafts if "company" in draft.codes]
    kinds = {each.code: each for each in Element.objects.filter(nomenclature__code="contract-type")}
    partners: list[tuple[Any, Project | None]] = [(each.counterparty, each) for each in for_projects]
    others = [
        draft.counterparty for draft in drafts if not draft.codes & {"bank", "company", "state-organisation", "holding"}
    ]
    partners += [(each, None) for each in random.sample(others, k=min(160, len(others)))]
    found = []
    for number, (partner, project) in enumerate(partners, start=1):
        began = project.starts_on if project else None
        starts = began or today - timedelta(days=random.randint(0, 1_000))
        found.append(
            Contract(
                counterparty=partner,
                company=random.choice(own) if own else None,
                project=project,
                number=f"{starts.year}-{number:04d}",
                contract_type=kinds.get(random.choice(("sale", "service")) if project else "framework"),
                starts_on=starts,
                ends_on=starts + timedelta(days=random.choice((365, 730))),
                amount=Decimal(random.randint(12, 900) * 100),
                currency="EUR",
            )
        )
    return found
