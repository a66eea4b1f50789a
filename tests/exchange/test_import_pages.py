"""A sheet on its way through the pages: brought, put to fields, previewed, run, told about; and whose it is."""

import html
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterparties.models import Counterparty
from exchange.domain import jobs
from exchange.models import Import
from files.models import StoredFile
from rights.models import Grant
from tests.factories import make_characteristic, make_counterparty
from trail.models import Operation, ReasonRule

LIST = "/imports/"


def book(**sheets):
    """A workbook with these sheets, as a browser sends it."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        tab = made.create_sheet(title)
        for row in rows:
            tab.append(row)
    saved = io.BytesIO()
    made.save(saved)
    return SimpleUploadedFile("clients.xlsx", saved.getvalue())


def sheet(*lines, name="clients.csv"):
    return SimpleUploadedFile(name, "\n".join(lines).encode())


def bring(client, file, kind="client"):
    """Upload; the address of the import it became."""
    answer = client.post(f"{LIST}?type={kind}", {"file": file})
    assert answer.status_code == 303, page(answer)
    return answer["Location"]


def columns(**said):
    """The form of the columns, as it is sent when nothing else is said."""
    return {"key": "code", "mode": "upsert", "is_whole": "", "types": ["client"], **said}


def mapping(*fields):
    return {f"column-{place}": name for place, name in enumerate(fields)}


def page(answer):
    """What a reader reads, without the marks of the page."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(text))


def chosen(answer):
    """The field that each column's choice shows."""
    text = answer.content.decode()
    selects = re.findall(r'<select[^>]* name="column-\d+".*?</select>', text, re.S)
    return [re.search(r'value="([^"]*)" selected', each)[1] for each in selects]


@pytest.fixture
def desk(client, anna):
    client.force_login(anna)
    return client


# ---- the whole way


def test_a_sheet_goes_from_the_box_to_its_report(desk, anna, client_type):
    make_characteristic("vip", "checkbox", client_type, name="VIP")
    make_counterparty("Rila", code="RILA", email="old@rila.example")
    make_counterparty("Danube", code="DAN", email="office@danube.example")

    address = bring(
        desk,
        book(
            Cover=[["Nothing here"], ["of interest"]],
            Clients=[
                ["Код", "Име", "E-mail", "vip", "Shelf"],
                ["RILA", "Rila", "new@rila.example", None, "x"],
                ["DAN", "Danube", "office@danube.example", None, None],
                [None, "Elbe", "office@elbe.example", "yes", None],
                ["BAD", "Bad one", "no mail", "perhaps", None],
            ],
        ),
    )
    # The cover was opened first; the other sheet is one choice away.
    assert "Nothing here" in page(desk.get(address))
    desk.post(address, {"sheet": "Clients", "choose_sheet": "1"})
    first = desk.get(address)
    assert chosen(first) == ["code", "name", "email", "c-vip", ""]
    assert "new@rila.example · office@danube.example" in page(first).replace(" office", " · office")

    twice = desk.post(address, columns(**mapping("code", "name", "email", "c-vip", "email")))
    assert twice.status_code == 422
    assert "“E-mail” fills this field already." in page(twice)
    assert chosen(twice)[4] == "email"

    assert desk.post(address, columns(**mapping("code", "name", "email", "c-vip", ""))).status_code == 303
    seen = page(desk.get(address))
    assert "1 counterparty will be created. 1 counterparty will be changed." in seen
    assert "1 row says what is known already. 1 refused row is left out." in seen
    assert "E-mail: old@rila.example → becomes new@rila.example" in seen
    assert "vip: “perhaps” is neither yes nor no." in page(desk.get(f"{address}?outcome=refused"))
    assert "Rila" not in page(desk.get(f"{address}?outcome=refused")).split("What it says")[1]
    refused = openpyxl.load_workbook(io.BytesIO(desk.get(f"{address}refused.xlsx").getvalue())).worksheets[0]
    assert "neither yes nor no" in "".join(cell.comment.text for row in refused for cell in row if cell.comment)
    assert Counterparty.objects.count() == 2

    ReasonRule.objects.create(kind="import", is_required=True)
    assert "this office wants a reason" in page(desk.post(f"{address}run/", {"reason": " "}))
    desk.post(f"{address}run/", {"reason": "Spring list"})
    waiting = desk.get(address)
    assert b"data-progress" in waiting.content
    jobs.perform_waiting()

    told = page(desk.get(address))
    operation = Operation.objects.get(kind="import")
    assert "1 counterparty was created. 1 counterparty was changed." in told
    assert Counterparty.objects.get(code="RILA").email == "new@rila.example"
    assert Counterparty.objects.get(name="Elbe").values.get().flag is True
    assert (operation.user, "Spring list" in operation.reason) == (anna, True)
    # Which of its rows stand below: none was asked for, then those that were refused.
    tiles = [desk.get(f"{address}{asked}").context["rows"].figures for asked in ("", "?outcome=refused")]
    assert [[each["label"] for each in found if each["is_current"]] for found in tiles] == [["All rows"], ["Refused"]]
    assert tiles[1][0]["url"] == f"{address}#rows"
    links = desk.get(address).content.decode()
    assert f'href="/operations/{operation.pk}/"' in links
    assert f'href="/operations/{operation.pk}/undo/"' in links
    assert f'href="/operations/{operation.pk}/undo/"' in desk.get(LIST).content.decode()
    # The next sheet of that sort is read as this one was.
    assert chosen(desk.get(bring(desk, sheet("Код,Име,E-mail,vip,Shelf", "X,Y,z@z.example,,")))) == [
        "code", "name", "email", "c-vip", "",
    ]  # fmt: skip


def test_what_is_missing_is_said_at_its_field_and_a_whole_import_with_a_refused_row_is_not_offered(desk, client_type):
    address = bring(desk, sheet("Code,Name,E-mail", "A,Alpha,a@a.example", "B,Beta,broken"))

    wrong = {
        "No column fills “Company number”.": columns(key="registration_number", **mapping("code", "name", "email")),
        "Choose which column holds the name.": columns(mode="create", **mapping("code", "", "email")),
        "Choose the types that new counterparties are given.": columns(types=[], **mapping("code", "name", "")),
        "There is no such field.": columns(**mapping("code", "name", "is_superuser")),
        "is not one of the available choices": columns(types=["bank"], **mapping("code", "name", "email")),
    }
    answers = {sentence: desk.post(address, said) for sentence, said in wrong.items()}
    assert {
        sentence: (each.status_code, sentence in page(each)) for sentence, each in answers.items()
    } == dict.fromkeys(wrong, (422, True))

    # In a very wide sheet fields are typed: their words are as good as their codes.
    desk.post(address, columns(is_whole="1", **mapping("code", "name", "E-mail")))
    seen = desk.get(address)
    assert "All or nothing was asked" in page(seen)
    assert 'form="ask"' not in seen.content.decode()
    assert chosen(desk.get(f"{address}?step=columns")) == ["code", "name", "email"]
    assert not Counterparty.objects.exists()


# ---- whose it is


def test_an_import_is_its_owners_and_shows_nobody_they_may_not_see_any_more(
    client, anna, boris, vera, admin, client_type
):
    make_counterparty("Zqxwjhidden", code="HID", email="old@hidden.example")
    client.force_login(anna)
    address = bring(client, sheet("Code,E-mail", "HID,new@hidden.example"))
    client.post(address, columns(mode="update", **mapping("code", "email")))
    hers = page(client.get(address))
    Grant.objects.filter(role=Group.objects.get(name="Sales"), type=client_type).delete()
    lost = page(client.get(address))
    ways = {LIST: "get", address: "get", f"{address}run/": "post", f"{address}refused.xlsx": "get"}

    found = {}
    for user in (vera, boris, admin):
        client.force_login(user)
        found[user.username] = [getattr(client, method)(way).status_code for way, method in ways.items()]
        has_entry = '<a href="/imports/"' in client.get("/profile/").content.decode()
        found[user.username].append(has_entry)

    assert ("Zqxwjhidden" in hers, "old@hidden.example" in hers) == (True, True)
    assert ("Zqxwjhidden" in lost, "old@hidden.example" in lost) == (False, False)
    assert "A counterparty you may not see" in lost
    assert found == {
        "vera": [403, 404, 404, 404, False],
        "boris": [200, 404, 404, 404, True],
        "admin": [200, 200, 403, 200, True],
    }


def test_the_imports_are_asked_for_person_day_state_and_types(client, anna, boris, admin, client_type, supplier_type):
    file = StoredFile.objects.create(sha256="0" * 64, name="clients.csv", size=1, content_type="text/csv")
    first, second, third = (
        Import.objects.create(user=user, file=file, fingerprint="x", state=state, types=types)
        for user, state, types in (
            (anna, "done", ["client"]),
            (boris, "failed", ["supplier", "client"]),
            (boris, "done", ["supplier"]),
        )
    )
    Import.objects.filter(pk=first.pk).update(created_at=first.created_at - timedelta(days=40))
    boris.username = "Борис"
    boris.save()
    client.force_login(admin)
    lately = f"{first.created_at - timedelta(days=3):%Y-%m-%d}"
    questions = {
        "user=БОРИС": {second, third},
        "state=done": {first, third},
        f"day_after={lately}": {second, third},
        f"day_before={lately}": {first},
        "types=client": {first, second},
        "types=supplier&state=failed": {second},
    }

    found = {asked: set(client.get(f"/imports/?{asked}").context["listing"].records) for asked in questions}

    assert found == questions
    # A colleague is offered nobody, and finds only their own whatever they ask.
    client.force_login(anna)
    hers = client.get("/imports/?user=борис&filters=open&type=client")
    assert hers.context["notes"] == ["This list cannot be asked for user, so that was left out."]
    assert set(hers.context["listing"].records) == {first}


def test_a_list_and_a_preview_cost_the_same_for_one_three_and_fifty(desk, client_type):
    asked = {"list": set(), "preview": set()}
    for number in (1, 3, 50):
        lines = [f"Z{number}-{each},Firm {number} {each},a{each}@z.example" for each in range(number)]
        for each in range(number):
            make_counterparty(f"Firm {number} {each}", code=f"Z{number}-{each}")
        address = bring(desk, sheet("Code,Name,E-mail", *lines))
        desk.post(address, columns(**mapping("code", "name", "email")))
        first = Import.objects.latest("pk")
        Import.objects.exclude(pk=first.pk).delete()
        Import.objects.bulk_create(
            Import(user=first.user, file=first.file, fingerprint="x", foreseen=first.foreseen)
            for _each in range(number - 1)
        )
        for name, way in (("list", LIST), ("preview", address)):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(way).status_code == 200
            asked[name].add(len(queries))

    assert {name: len(counts) for name, counts in asked.items()} == {"list": 1, "preview": 1}


def test_a_head_that_several_facts_bear_says_that_one_has_to_choose(client, anna, client_type):
    make_characteristic("limit", "number", client_type, name="Credit limit")
    client.force_login(anna)

    there = bring(client, sheet("Name;Credit limit;Nonsense", "Danube Agro;5000;1"))

    fields = client.get(there).context["form"].fields
    told = [fields[f"column-{place}"].help_text for place in range(3)]
    assert told == ["", "Several facts are called so: choose which one.", ""]
    assert fields["column-1"].initial == ""
