"""A counterparty as it was: everything history knows of one moment, or of two side by side, for whoever may see it."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from counterparties.domain.type_sets import type_set_of
from counterparties.models import Address, Client, Contact, CounterpartyType, Document, Note, NoteReader, Status
from files.models import StoredFile
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.domain.operations import operation
from trail.models import Operation

SPRING, SUMMER, AUTUMN = (datetime(2025, month, 1, 9, tzinfo=UTC) for month in (4, 7, 10))


@pytest.fixture
def story(office, anna, boris, client_type, bank_type):
    """Added in spring, changed in summer, archived in autumn."""
    grade = make_nomenclature("grade", "good", "bad")
    rated = make_characteristic("rating", "nomenclature", client_type, nomenclature=grade)
    banked = make_characteristic("limit", "number", bank_type)
    holding = CounterpartyType.objects.get(code="holding")
    with time_machine.travel(SPRING, tick=False), operation("import", by=boris):
        firm = make_counterparty("Danube Agro", [client_type, bank_type], country="BG")
        values.save(firm, {rated: grade.elements.get(code="good"), banked: 7})
        Client.objects.create(counterparty=firm, company_name="Danube Ltd")
        person = Contact.objects.create(counterparty=firm, name="Maria")
        Address.objects.create(counterparty=firm, kind="company", city="Ruse")
        file = StoredFile.objects.create(sha256="0" * 64, name="offer.pdf", size=1, content_type="application/pdf")
        paper = Document.objects.create(counterparty=firm, file=file, title="Offer")
    with time_machine.travel(SUMMER, tick=False), operation("card", by=anna):
        firm.name, firm.status = "Dunav Agro", Status.objects.get(code="on-hold")
        firm.type_set = type_set_of([client_type, bank_type, holding])
        firm.save()
        values.save(firm, {rated: grade.elements.get(code="bad"), banked: None})
        person.delete()
        secret = Note.objects.create(counterparty=firm, author=boris, text="Zqxwjsecret", audience="roles")
        NoteReader.objects.create(note=secret, role=Group.objects.get(name="Bookkeeping"))
    with time_machine.travel(AUTUMN, tick=False), operation("archive", by=boris):
        firm.archived_at = paper.deleted_at = AUTUMN
        firm.save()
        paper.save()
    return firm


def told(answer):
    """Section → name of the thing → fact → what was said at each moment."""
    return {
        each.title: {thing.name: {row.label: row.said for row in thing.rows} for thing in each.things}
        for each in answer.context["sections"]
    }


@pytest.fixture
def read(client, story):
    def read(user, query):
        client.force_login(user)
        return client.get(f"/counterparties/{story.pk}/as-of/{query}")

    return read


def test_everything_stands_as_it_stood_on_that_day(read, admin):
    spring, summer, autumn = (
        told(read(admin, f"?at={day}")) for day in ("2025-05-01", "01.07.2025 23:00", "2025-12-31")
    )

    assert spring["Facts"][""] | {"Code": None} == {
        "Types": ["Client, Bank"], "Code": None, "Name": ["Danube Agro"], "Status": ["Active"], "Country": ["Bulgaria"],
    }  # fmt: skip
    assert spring["Characteristics"] == {"": {"Rating": ["Good"], "Limit": ["7"]}}
    assert spring["Client details"] == {"": {"Company name": ["Danube Ltd"]}}
    assert list(spring["Contacts"]) == ["Maria"]
    assert list(spring["Documents"]) == ["Offer"]
    assert (summer["Facts"][""]["Name"], summer["Facts"][""]["Status"]) == (["Dunav Agro"], ["On hold"])
    assert summer["Characteristics"] == {"": {"Rating": ["Bad"]}}
    assert [section in summer for section in ("Contacts", "Addresses", "Documents", "Notes")] == [
        False,
        True,
        True,
        True,
    ]
    assert autumn["Facts"][""]["Archived"] == ["Yes"]
    assert "Documents" not in autumn


def test_two_moments_stand_side_by_side(read, admin, anna):
    both = told(read(admin, "?at=2025-08-01&and=2025-05-01"))
    differing = told(read(anna, "?at=2025-05-01&and=2025-08-01&differing=1"))
    change = Operation.objects.get(kind="card")
    before = read(anna, f"?before={change.pk}")

    assert both["Facts"][""]["Name"] == ["Danube Agro", "Dunav Agro"]
    assert both["Facts"][""]["Country"] == ["Bulgaria", "Bulgaria"]
    assert both["Contacts"]["Maria"]["Name"] == ["Maria", ""]
    assert differing == {
        "Facts": {"": {"Name": ["Danube Agro", "Dunav Agro"], "Status": ["Active", "On hold"]}},
        "Characteristics": {"": {"Rating": ["Good", "Bad"]}},
        "Contacts": {"Maria": {"Name": ["Maria", ""]}},
    }
    assert told(before)["Facts"][""]["Name"] == ["Danube Agro"]
    assert before.context["moments"] == ["before the change of 1 Jul 2025, 12:00"]


def test_what_the_reader_may_not_know_today_is_not_told_of_then(read, anna, boris, vera):
    shown = told(read(anna, "?at=2025-08-01"))

    assert shown["Facts"][""]["Types"] == ["Client"]
    assert shown["Characteristics"] == {"": {"Rating": ["Bad"]}}
    assert "Notes" not in shown
    assert "Zqxwjsecret" in read(boris, "?at=2025-08-01").content.decode()
    assert read(vera, "?at=2025-08-01").status_code == 404


def test_a_moment_that_cannot_be_read_or_that_history_does_not_reach_is_told(read, anna):
    sentences = {
        "?at=nonsense": "Choose a day",
        "?at=0001-01-01T00:00": "No history reaches that day.",
        "?at=2024-01-01": "It was not in the office yet: it was added on 1 Apr 2025",
        "?before=99999999999": "Choose a day",
        "": "Choose a day",
    }

    found = {query: read(anna, query) for query in sentences}

    assert {query: sentence in found[query].content.decode() for query, sentence in sentences.items()} == dict.fromkeys(
        sentences, True
    )
    assert {each.status_code for each in found.values()} == {200}


def test_it_asks_as_much_of_a_long_history_as_of_a_short_one(read, story, anna):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            read(anna, "?at=2025-05-01&and=2030-01-01")
        return len(asked)

    questions()
    few = questions()
    for number in range(50):
        with operation("card", by=anna):
            story.name = f"Danube {number}"
            story.save()
            Contact.objects.create(counterparty=story, name=f"Person {number}")

    assert questions() == few
