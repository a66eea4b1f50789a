"""Nothing is written without history: every page, every command, every act of the administration."""

import io
import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client as Browser

from counterparties.models import Counterparty, CounterpartyType, Membership, SavedView, Status
from tests.estate import furnish
from tests.factories import make_characteristic, make_counterparty
from tests.routes import ASKS, ROUTES, SENT, every_route
from tests.trail.books import Audit
from tests.trail.filling import Forms, filled
from trail.domain import in_bulk
from trail.domain.operations import operation

CLIENT, HOLDING, TWIN = 990_001, 990_002, 990_003
ADDED_OR_CHANGED = re.compile(r"/admin/\w+/\w+/(add|\d+/change)/")
#: What is sent where no page shows a form, and asked where a page wants to know about whom.
SENT_ALONE = {"view-columns": {"path": "/counterparties/", "columns": ["code", "name"]}}
ASKED_ABOUT = {
    "view-new": "?path=/counterparties/", "bulk": f"?row={CLIENT}", "card-new": "?type=client",
    "type-new": "?parent=client", "counterparty-join": f"?with={TWIN}",
}  # fmt: skip
CHANGED_ALONE = {"bulk": {"change": "status", "status": "on-hold", "c-motto": ""}}
#: Written by a command of its own, whose test reads its history.
ERASED = {"counterparties.Erasure"}
#: What is written on pages of clients alone, whose own tests read their history.
WRITTEN_BY_GUESTS = {"portal.Proposal", "portal.ProposedChange"}


@pytest.fixture
def estate(admin, vera, client_type):
    """A client with something in each drawer, a holding it belongs to, and a view; all of it in the books."""
    motto = make_characteristic("motto", "text", client_type)
    make_characteristic("spare", "text")
    furnish("ZQXWJ", [client_type], {motto: "ZQXWJ value"}, admin, CLIENT)
    furnish("ZQY", [CounterpartyType.objects.get(code="holding")], {}, admin, HOLDING)
    with operation("card", by=admin):
        make_counterparty("Twin", [client_type], pk=TWIN)
        Membership.objects.create(pk=HOLDING, holding_id=HOLDING, member_id=CLIENT)
        SavedView.objects.create(pk=CLIENT, user=admin, path="/counterparties/", name="Mine")


@contextmanager
def taken_back():
    """Every act begins with the same books."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def paper():
    return SimpleUploadedFile("walked.txt", b"Walked", "text/plain")


def send(desk, name, address):
    """Somebody does what this page is for, confirming what it asks."""
    if ROUTES[name] == SENT:
        return desk.post(address, SENT_ALONE.get(name, {}))
    address += ASKED_ABOUT.get(name, "")
    page = desk.get(address)
    for _turn in range(2):
        form = Forms(page.content.decode()).largest if page.status_code in (200, 422) else None
        if form is None:
            break
        page = desk.post(form["action"] or address, {**filled(form, paper), **CHANGED_ALONE.get(name, {})})
        if page.status_code != 200 or 'name="confirmed"' not in page.content.decode():
            break
    return page


def routes_that_write():
    for pk, of_holding in ((CLIENT, False), (HOLDING, True)):
        for name, address in every_route(pk):
            if of_holding != name.startswith("member-") or "logout" in address:
                continue
            if name == "admin":
                address = address.replace(f"/{pk}/", "/1/") if "staff/user" in address or "auth" in address else address
            if ROUTES[name] in (ASKS, SENT) or (name == "admin" and ADDED_OR_CHANGED.fullmatch(address)):
                yield name, address


def test_whatever_a_page_writes_stands_in_history_in_somebodys_name(estate, admin):
    desk, audit, answers = Browser(), Audit(), {}
    desk.force_login(admin)
    key = desk.cookies.copy()

    for name, address in routes_that_write():
        desk.cookies = key.copy()
        with taken_back(), audit.of(address):
            answers[address] = send(desk, name, address).status_code

    assert audit.faults == []
    assert {address: status for address, status in answers.items() if status >= 500} == {}
    assert {each._meta.label for each in audit.models} - audit.written == WRITTEN_BY_GUESTS | ERASED
    # The walk would notice: most of what it sent was really done.
    assert sum(status in (302, 303) for status in answers.values()) > 60


def test_whatever_a_command_writes_stands_in_history_with_its_name(estate, admin, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("shape.yaml").write_text(SHAPE)
    sheets = {
        "add.csv": "code,name,c-motto\nA1,One,Bread\nA2,Two,Wine\n",
        "change.csv": "code,name,c-motto\nA1,One,Bread\nA2,Two and a half,\n",
    }
    for name, lines in sheets.items():
        Path(name).write_text(lines)
    audit = Audit()

    for words in (
        ["grant", "Sales", "client", "view,balance"],
        ["revoke", "Sales", "client", "balance,export"],
        ["define_characteristics", "shape.yaml"],
        ["import_counterparties", "add.csv", "--type", "client", "--as", "admin"],
        ["import_counterparties", "change.csv", "--type", "client", "--as", "admin"],
        ["import_counterparties", "change.csv", "--type", "client"],
    ):
        with audit.of(" ".join(words), named=False):
            call_command(*words, stdout=io.StringIO(), stderr=io.StringIO())

    assert audit.faults == []
    assert {"counterparties.Value", "rights.Grant", "characteristics.Element"} <= audit.written
    # A row that says what is there already changes nothing.
    assert Counterparty.objects.get(code="A1").history.count() == 1


SHAPE = """
nomenclatures: [{code: grade, name: Grade, elements: [{code: a, name: Alpha}]}]
characteristics: [{code: grade, type: nomenclature, name: Grade, nomenclature: grade}]
types: [{code: client, characteristics: [grade]}]
"""


def by_update(danube, admin):
    Counterparty.objects.filter(pk=danube.pk).update(name="Slipped in")


def by_nobody(danube, admin):
    danube.name = "Whoever"
    danube.save()


def of_nothing(danube, admin):
    with operation("bulk", by=admin):
        in_bulk.remember([danube], "~")


def by_bulk(danube, admin):
    with operation("import", by=admin):
        Status.objects.bulk_create([Status(code="sly", name="Sly")])


def gone(danube, admin):
    with operation("settings", by=admin):
        Status.objects.filter(code="on-hold")._raw_delete("default")


@pytest.mark.parametrize(
    ("mistake", "fault"),
    [
        (by_update, "counterparties.Counterparty {pk}: history says otherwise"),
        (by_nobody, "counterparties.Counterparty {pk}: nobody did it"),
        (of_nothing, "counterparties.Counterparty {pk}: a change of nothing"),
        (by_bulk, "counterparties.Status {sly}: history says otherwise"),
        (gone, "counterparties.Status {on_hold}: history says otherwise"),
    ],
)
def test_the_audit_finds_a_planted_mistake(admin, client_type, mistake, fault):
    danube, on_hold = make_counterparty("Danube Agro"), Status.objects.get(code="on-hold")
    audit = Audit()

    with audit.of("mistake"):
        mistake(danube, admin)

    sly = Status.objects.filter(code="sly").first()
    assert audit.faults == [f"mistake: {fault}".format(pk=danube.pk, on_hold=on_hold.pk, sly=sly and sly.pk)]
