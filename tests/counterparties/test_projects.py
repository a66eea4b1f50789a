"""Projects are kept on the dossier of the counterparty they are for, and listed together at /projects/."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.models import Contract, CounterpartyType, Project
from tests.factories import make_counterparty
from tests.shown import body_of

#: Every column of the lists of what hangs on counterparties.
EVERY = {
    "/projects/": ("code", "name", "counterparty", "status", "starts", "ends"),
    "/contracts/": (
        "number", "subject", "counterparty", "type", "project", "company", "state", "starts", "ends", "amount",
        "currency", "remind",
    ),
}  # fmt: skip


@pytest.fixture
def danube(client_type):
    return make_counterparty("Danube", [client_type], country="BG")


def test_a_project_is_added_changed_and_deleted_each_as_one_operation(desk, danube, anna):
    at = f"/counterparties/{danube.pk}/projects/"
    sent = {"code": "S-1", "name": "Silo", "status": "planned", "starts_on": "01.03.2026", "ends_on": "2026-12-31"}

    added = desk.post(f"{at}new/", sent)
    project = Project.objects.get()
    changed = desk.post(f"{at}{project.pk}/edit/", sent | {"status": "running", "version": project.version})
    stale = desk.post(f"{at}{project.pk}/edit/", sent | {"name": "Silos", "version": project.version})
    tab = desk.get(f"/counterparties/{danube.pk}/?tab=projects").content.decode()
    contract = Contract.objects.create(counterparty=danube, project=project, number="2026/1")
    asked = desk.post(f"{at}{project.pk}/delete/").content.decode()
    deleted = desk.post(f"{at}{project.pk}/delete/", {"confirmed": "1"})

    assert [each.status_code for each in (added, changed, stale, deleted)] == [303, 303, 409, 303]
    assert "S-1" in tab
    assert "Running" in tab
    assert "1 contract stays on the dossier, without the project." in asked
    rows = Project.history.order_by("history_id")
    assert [(row.history_type, row.status, row.operation.user) for row in rows] == [
        ("+", "planned", anna),
        ("~", "running", anna),
        ("-", "running", anna),
    ]
    contract.refresh_from_db()
    last = Contract.history.order_by("-history_id").first()
    assert (contract.project, contract.version, last.operation_id) == (None, 2, rows.last().operation_id)


def test_what_cannot_be_right_is_said_at_its_field(desk, danube):
    at = f"/counterparties/{danube.pk}/projects/new/"
    other = make_counterparty("Other")
    Project.objects.create(counterparty=danube, code="Ш-1", name="Silo")
    Project.objects.create(counterparty=other, code="S-2", name="Silo")
    wrong = [
        {"name": "", "status": "running"},
        {"name": "Mill", "status": "sleeping"},
        {"name": "Mill", "status": "running", "code": "ш-1"},
        {"name": "Mill", "status": "running", "starts_on": "2026-05-02", "ends_on": "2026-05-01"},
        {"name": "Mill", "status": "running", "starts_on": "31.02.2026"},
        {"name": "x" * 201, "status": "running"},
    ]

    answers = [desk.post(at, sent) for sent in wrong]
    good = [desk.post(at, {"name": "Mill", "status": "running", "code": code}) for code in ("S-2", "", "")]

    assert [each.status_code for each in answers] == [422] * 6
    assert [list(each.context["form"].errors) for each in answers] == [
        ["name"], ["status"], ["code"], ["ends_on"], ["starts_on"], ["name"],
    ]  # fmt: skip
    assert [each.status_code for each in good] == [303] * 3
    assert Project.objects.filter(counterparty=danube).count() == 4


@pytest.fixture
def works(danube, bank_type, supplier_type):
    """Projects of a client, of a supplier, of an archived client, and of a bank that Anna may not view."""
    today = timezone.localdate()
    owners = {
        "danube": danube,
        "rila": make_counterparty("Рила Габи", [supplier_type]),
        "gone": make_counterparty("Gone", archived_at=timezone.now()),
        "bank": make_counterparty("Zqxwjbank", [bank_type]),
    }
    made = [
        ("danube", "S-1", "Silo", "running", -30, 20),
        ("danube", "", "мелница", "planned", 10, None),
        ("rila", "R-9", "Silo", "done", -90, -2),
        ("rila", "", "Road", "running", None, None),
        ("gone", "G-1", "Old silo", "done", None, -400),
        ("bank", "Z-1", "Zqxwjvault", "running", -1, 1),
    ]
    for owner, code, name, status, starts, ends in made:
        days = [None if each is None else today + timedelta(days=each) for each in (starts, ends)]
        Project.objects.create(
            counterparty=owners[owner], code=code, name=name, status=status, starts_on=days[0], ends_on=days[1]
        )
    return owners


def names(answer):
    return [each.name for each in answer.context["listing"].records]


def test_the_list_holds_what_the_reader_may_see_and_asks_for(ask, works, anna, boris, vera):
    asked = {
        "": ["Road", "Silo", "Silo", "мелница"],
        "q=silo": ["Silo", "Silo"],
        "q=r-9": ["Silo"],
        "q=gabi": ["Road", "Silo"],
        "q=МЕЛН": ["мелница"],
        "q=zqxwjbank": [],
        "status=running&status=done": ["Road", "Silo", "Silo"],
        f"client={works['danube'].pk}": ["Silo", "мелница"],
        "client=рила габи": ["Road", "Silo"],
        f"client={works['bank'].pk}": [],
        "ends_within=20": ["Silo"],
        "ends_within=19": [],
        f"ends_before={timezone.localdate()}": ["Silo"],
        f"starts_after={timezone.localdate()}": ["мелница"],
        "archived=yes": ["Old silo"],
        "archived=all&q=silo": ["Old silo", "Silo", "Silo"],
        "nonsense=1&sort=colour&columns=zqxwj": ["Road", "Silo", "Silo", "мелница"],
    }

    found = {question: names(ask(anna, question, "/projects/")) for question in asked}
    strange = ask(anna, "nonsense=1&sort=colour&columns=zqxwj", "/projects/")
    sheet = body_of(ask(anna, "", "/projects/sheet.csv"))
    nobody = ask(vera, "", "/projects/")

    assert found == asked
    assert len(strange.context["notes"]) == 3
    # Suppliers are Anna's to view, not to take along.
    assert [line.split(",")[1] for line in sheet.splitlines()] == ["Name", "Silo", "мелница"]
    assert strange.context["left_out"] == (2, False)
    assert "Zqxwj" not in ask(anna, "filters=open", "/projects/").content.decode()
    assert "Zqxwjvault" in names(ask(boris, "", "/projects/"))
    assert (nobody.status_code, "listing" in nobody.context) == (200, False)
    assert ask(vera, "", "/projects/sheet.csv").status_code == 403


def test_every_order_is_walked_page_by_page_and_back(ask, works, boris):
    boris.rows = 2
    boris.save()
    walked = {}

    def page(url):
        return ask(boris, url.partition("?")[2], "/projects/").context["listing"]

    for sort in [f"{sign}{key}" for key in EVERY["/projects/"] for sign in ("", "-")]:
        pages = [page(f"?sort={sort}")]
        while pages[-1].next_url:
            pages.append(page(pages[-1].next_url))
        back = [pages[-1]]
        while back[0].previous_url:
            back.insert(0, page(back[0].previous_url))
        there, returned = ([[each.pk for each in one.records] for one in way] for way in (pages, back))
        walked[sort] = (there == returned, len(there), len({pk for one in there for pk in one}))

    assert set(walked.values()) == {(True, 3, 5)}


def test_a_list_asks_the_same_number_of_questions_however_long_it_is(ask, works, admin):
    ours = make_counterparty("Ours", [CounterpartyType.objects.get(code="company")])
    project = Project.objects.first()

    def questions(path):
        with CaptureQueriesContext(connection) as asked:
            ask(admin, "columns=" + "&columns=".join(EVERY[path]), path)
        return len(asked)

    ask(admin, "", "/projects/")
    counts = {path: [] for path in EVERY}
    for number in (1, 2, 42):
        for each in range(number):
            owner = make_counterparty(f"Owner {each}")
            Project.objects.create(counterparty=owner, name=f"Work {each}")
            Contract.objects.create(counterparty=owner, number=str(each), project=project, company=ours)
        for path in EVERY:
            counts[path].append(questions(path))

    assert {path: len(set(numbers)) for path, numbers in counts.items()} == dict.fromkeys(EVERY, 1)
    assert max(number for numbers in counts.values() for number in numbers) <= 18
