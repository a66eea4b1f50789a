"""A random office and random people: what every page tells each of them is what plain sets reckon from the grants."""

import csv
import io
import random
import re
from dataclasses import dataclass, field
from functools import cached_property

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from characteristics.domain import values
from counterparties.models import CounterpartyType
from rights.catalog import RIGHTS
from rights.models import Grant
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_type
from tests.rights.oracle import Oracle
from tests.shown import body_of, links
from trail.domain.operations import operation

SEED, FIRMS, PEOPLE = 20_261_122, 60, 30
ROOTS = ("client", "supplier", "bank")
TYPES = (*ROOTS, *(f"t{number}" for number in range(7)))
ASKED = tuple(f"k{number}" for number in range(8))
ROLES = tuple(f"r{number}" for number in range(8))
ALIASES = 5
WORD = re.compile(r"w\d+xk\d")


@dataclass(frozen=True)
class Firm:
    """A counterparty in plain words; its answers are words that occur nowhere else."""

    number: int
    types: frozenset[str]
    is_archived: bool
    answered: frozenset[str]

    @property
    def name(self) -> str:
        return f"Firm {self.number:02}"

    @property
    def alias(self) -> str:
        return f"alias{self.number % ALIASES}"

    def answer(self, asked: str) -> str:
        return f"w{self.number:02}x{asked}"


@dataclass
class Office:
    """Everything chance decided, before any of it is put into the books."""

    chance: random.Random
    parents: dict[str, str | None] = field(default_factory=dict)
    ties: dict[str, set[str]] = field(default_factory=dict)
    firms: list[Firm] = field(default_factory=list)
    grants: set[tuple[str, str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        chance = self.chance
        for place, code in enumerate(TYPES):
            self.parents[code] = None if code in ROOTS else chance.choice(TYPES[:place])
        self.ties = {code: set(chance.sample(TYPES, chance.choice((1, 1, 2)))) for code in ASKED}
        for number in range(FIRMS):
            types = frozenset(chance.sample(TYPES, chance.choice((1, 1, 2, 3))))
            # Some answers stay from types they once had.
            answered = frozenset(code for code in ASKED if chance.random() < 0.6)
            self.firms.append(Firm(number, types, chance.random() < 0.1, answered))
        for role in ROLES:
            for type_ in chance.sample(TYPES, chance.randint(1, 4)):
                rights = {right.code for right in RIGHTS if chance.random() < 0.5}
                self.grants |= {
                    (role, type_, right) for right in rights | ({"view"} if chance.random() < 0.8 else set())
                }

    def family(self, code: str) -> set[str]:
        """The type and all below it."""
        return {code}.union(*[self.family(below) for below, above in self.parents.items() if above == code])

    def carriers(self, asked: str) -> set[str]:
        return set().union(*[self.family(code) for code in self.ties[asked]])

    def kind(self, code: str) -> str:
        return code if self.parents[code] is None else self.kind(self.parents[code])


def put_into_the_books(office: Office) -> None:
    roots = {each.code: each for each in CounterpartyType.objects.filter(parent=None)}
    types = {}
    with operation("command", by=None):
        for code, above in office.parents.items():
            types[code] = roots[code] if above is None else make_type(code, types[above])
        asked = {code: make_characteristic(code, "text", *[types[tie] for tie in office.ties[code]]) for code in ASKED}
        for firm in office.firms:
            facts = {"code": f"F{firm.number:02}", "alias": firm.alias}
            facts["archived_at"] = timezone.now() if firm.is_archived else None
            made = make_counterparty(firm.name, [types[code] for code in firm.types], pk=firm.number + 1, **facts)
            values.save(made, {asked[code]: firm.answer(code) for code in firm.answered})
        roles = {name: Group.objects.create(name=name) for name in ROLES}
        Grant.objects.bulk_create(
            Grant(role=roles[role], type=types[type_], right=right) for role, type_, right in office.grants
        )


@dataclass
class Reckoned:
    """What one person should read everywhere."""

    office: Office
    may: Oracle

    @cached_property
    def seen(self) -> list[Firm]:
        return [firm for firm in self.office.firms if self.may.may("view", firm.types)]

    @cached_property
    def current(self) -> list[Firm]:
        return [firm for firm in self.seen if not firm.is_archived]

    @cached_property
    def asked(self) -> list[str]:
        """The characteristics that are seen somewhere."""
        return [code for code in ASKED if self.office.carriers(code) & self.may.granting("view")]

    def said(self, firm: Firm, right: str = "view") -> list[str]:
        return [code for code in ASKED if self.may.may_answer(right, firm.types, self.office.carriers(code))]

    def words(self, firm: Firm) -> list[str]:
        return [firm.answer(code) for code in self.said(firm) if code in firm.answered]

    def counted(self, types: set[str]) -> int:
        """How many of daily work carry one of these types where it may be seen."""
        visible = types & self.may.granting("view")
        return sum(bool(firm.types & visible) for firm in self.current)

    def of_kind(self, kind: str) -> set[str]:
        return {code for code in TYPES if self.office.kind(code) == kind}

    def kinds(self) -> dict[str, int]:
        """The lists that stand in the menu, with their numbers."""
        visible = self.may.granting("view")
        return {f"/{kind}s/": self.counted(self.of_kind(kind)) for kind in ROOTS if self.of_kind(kind) & visible}


@pytest.fixture
def random_office(office):
    made = Office(random.Random(SEED))
    put_into_the_books(made)
    return made


ALL = "&".join(f"columns=c-{code}" for code in ASKED)


def told(desk, chance, reckoned):
    """What the pages say, and what was reckoned, under the same headings."""
    office, may = reckoned.office, reckoned.may
    page, expected = {}, {}

    # The list with every column and every filter there is, its number and the numbers of the menu.
    shown = desk.get(f"/counterparties/?filters=open&columns=name&{ALL}")
    page["rows"], expected["rows"] = names(shown), [firm.name for firm in reckoned.current]
    if may.granting("view"):
        listing = shown.context["listing"]
        page["count"], expected["count"] = listing.count, len(reckoned.current)
        page["words"] = WORD.findall(body_of(shown))
        expected["words"] = [word for firm in reckoned.current for word in reckoned.words(firm)]
        page["columns"] = {head.key for head in listing.columns} - {"name"}
        expected["columns"] = {f"c-{code}" for code in reckoned.asked}
        page["filters"] = set(re.findall(r'name="(c-k\d)"', body_of(shown)))
        expected["filters"] = expected["columns"]
        page["types"] = set(re.findall(r'name="type"[^>]*value="(\w+)"', body_of(shown)))
        expected["types"] = may.granting("view")
        numbers = {"/counterparties/": len(reckoned.current)} | reckoned.kinds()
        page["menu"] = {
            entry.url: entry.count
            for group in shown.context["menu"]
            for entry in group.entries
            if entry.count is not None
        }
        expected["menu"] = numbers

    # One characteristic to filter and to sort by, mostly a hidden one for somebody.
    code = chance.choice(ASKED)
    having = [firm for firm in reckoned.seen if code in reckoned.said(firm) and code in firm.answered]
    found = having if code in reckoned.asked else reckoned.seen
    page["filtered"] = names(desk.get(f"/counterparties/?archived=all&c-{code}=w"))
    expected["filtered"] = [firm.name for firm in found]
    page["sorted"] = names(desk.get(f"/counterparties/?sort=-c-{code}&archived=all"))
    expected["sorted"] = [firm.name for firm in reversed(having)]
    expected["sorted"] += [firm.name for firm in reckoned.seen if firm not in having]

    # Searched by what is nobody's secret.
    alias = f"alias{chance.randrange(ALIASES)}"
    page["search"] = names(desk.get(f"/counterparties/?q={alias}"))
    expected["search"] = [firm.name for firm in reckoned.current if firm.alias == alias]

    # Taken along.
    sheet = desk.get(f"/counterparties/sheet.csv?columns=code&{ALL}")
    page["sheet"] = (
        list(csv.reader(io.StringIO(body_of(sheet).removeprefix("\ufeff")))) if sheet.status_code == 200 else 403
    )
    rows = [["Code", *[code.capitalize() for code in reckoned.asked]]]
    for firm in reckoned.current:
        if may.may("export", firm.types):
            known = {code: firm.answer(code) for code in reckoned.said(firm) if code in firm.answered}
            rows.append([f"F{firm.number:02}", *[known.get(code, "") for code in reckoned.asked]])
    expected["sheet"] = rows if may.granting("export") else 403

    # The first page.
    home = desk.get("/").context
    if may.granting("view"):
        page["home"] = home["total"], {each["url"]: each["count"] for each in home["figures"]}
        expected["home"] = len(reckoned.current), reckoned.kinds()
        page["bars"] = {each["url"].rpartition("=")[2]: each["count"] for each in home["types"]}
        bars = {code: reckoned.counted(office.family(code)) for code in may.granting("view")}
        expected["bars"] = {code: number for code, number in bars.items() if number}

    # A counterparty: its page, its card, its way into the archive.
    firm = chance.choice(office.firms)
    is_seen = firm in reckoned.seen
    address = f"/counterparties/{firm.number + 1}/"
    dossier, card, archive = [desk.get(f"{address}{ending}") for ending in ("", "edit/", "archive/")]
    page["doors"] = [each.status_code for each in (dossier, card, archive)]
    expected["doors"] = [200, *[200 if may.may(right, firm.types) else 403 for right in ("edit", "archive")]]
    expected["doors"] = expected["doors"] if is_seen else [404, 404, 404]
    page["said"], expected["said"] = set(WORD.findall(body_of(dossier))), set(reckoned.words(firm) if is_seen else [])
    if card.status_code == 200:
        page["fields"] = {name for name in card.context["form"].fields if name.startswith("c-")}
        expected["fields"] = {f"c-{code}" for code in reckoned.said(firm, "edit") if code in reckoned.said(firm)}
        page["told"], expected["told"] = set(WORD.findall(body_of(card))), set(reckoned.words(firm))
    return page, expected


def names(shown):
    return [name for _address, name in links(shown)]


def test_every_page_tells_each_person_what_the_grants_say(random_office):
    chance = random_office.chance
    pages, expected = {}, {}

    for number in range(PEOPLE):
        played = chance.sample(ROLES, chance.choice((0, 1, 1, 2, 3)))
        user = User.objects.create_user(f"user{number}", language="en", rows=200)
        user.groups.set(Group.objects.filter(name__in=played))
        desk = Client()
        desk.force_login(user)
        reckoned = Reckoned(random_office, Oracle(random_office.grants, played))
        pages[number], expected[number] = told(desk, chance, reckoned)

    wrong = {
        (number, what): (said, expected[number][what])
        for number, page in pages.items()
        for what, said in page.items()
        if said != expected[number][what]
    }
    assert wrong == {}
    # Chance was kind: there were people for whom something was hidden, and things to see.
    assert len({str(each) for each in expected.values()}) > PEOPLE / 2
