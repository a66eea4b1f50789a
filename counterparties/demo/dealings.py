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
#: What a contract without a project is about, and so many days before its end somebody is reminded.
SUBJECTS = ["Deliveries as ordered", "Yearly quantities and prices", "Transport to the door", "Discounts and returns"]
REMINDERS = (30, 60, 90, None)


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
    for number, client in enumerate(random.sample(clients, k=min(110, len(clients))), start=1):
        starts = today - timedelta(days=random.randint(0, 600))
        ends = starts + timedelta(days=random.randint(60, 500))
        if number % 9 == 0:
            starts, ends = today + timedelta(days=number), today + timedelta(days=number + 180)
        found.append(
            Project(
                counterparty=client,
                code=f"P{starts:%y}-{number:03d}",
                name=f"{random.choice(PROJECTS)} {starts.year}",
                status=_standing(number, starts, ends, today),
                starts_on=starts,
                ends_on=ends,
            )
        )
    return found


def _standing(number: int, starts: date, ends: date, today: date) -> str:
    """What is over is done, or was given up; what is under way waits now and then."""
    if ends < today:
        return "given-up" if number % 8 == 0 else "done"
    if starts > today:
        return "planned"
    return "on-hold" if number % 7 == 0 else "running"


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
                subject=project.name if project else SUBJECTS[number % len(SUBJECTS)],
                contract_type=kinds.get(random.choice(("sale", "service")) if project else "framework"),
                starts_on=starts,
                ends_on=starts + timedelta(days=random.choice((365, 730))),
                amount=Decimal(random.randint(12, 900) * 100),
                currency="EUR",
                remind_days=REMINDERS[number % len(REMINDERS)],
            )
        )
    return found
