"""An import over sixty clients, an edit in between, and taking it back: what it did goes, what others did stays."""

import csv
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from characteristics.domain import values
from counterparties.models import Counterparty
from exchange.domain import jobs
from rights.domain.granting import copy_rights
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from tests.test_pages_in_languages import english
from trail.models import Operation

ROWS = 60
COLUMNS = ("code", "name", "types", "status", "email", "phone", "c-motto", "c-grade")
SHEET = "/clients/?sort=code&" + "&".join(f"columns={name}" for name in COLUMNS)
#: The one that somebody works on in between.
EDITED = 7
#: What its timeline tells in the end, newest first.
TOLD = [
    ("anna, undo", {
        "Types": ("Ключов", "Client"), "Status": ("On hold", "Active"), "E-mail": ("new7@x.example", "old7@x.example"),
        "Девиз": ("Нов 7", "Девиз 7"), "Степен": ("Сребро", "Злато"),
    }),
    ("admin, card", {"Name": ("Ново име 7", "Трето име"), "Phone": ("", "+359 2 987 6543")}),
    ("anna, import", {
        "Types": ("Client", "Ключов"), "Name": ("Фирма 07", "Ново име 7"), "Status": ("Active", "On hold"),
        "E-mail": ("old7@x.example", "new7@x.example"), "Девиз": ("Девиз 7", "Нов 7"), "Степен": ("Злато", "Сребро"),
    }),
]  # fmt: skip


@pytest.fixture
def books(transactional_db, cast, client_type, settings, tmp_path):
    """Sixty clients whose people write Cyrillic, each with two answers."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    copy_rights(client_type, make_type("key", client_type, name="Ключов"))
    grades = make_nomenclature("grades", name="Степени")
    gold = grades.elements.create(code="gold", name="Злато", position=1)
    grades.elements.create(code="silver", name="Сребро", position=2)
    motto = make_characteristic("motto", "text", client_type, name="Девиз")
    grade = make_characteristic("grade", "nomenclature", client_type, name="Степен", nomenclature=grades)
    for number in range(ROWS):
        one = make_counterparty(f"Фирма {number:02}", code=f"F{number:02}", email=f"old{number}@x.example")
        values.save(one, {motto: f"Девиз {number}", grade: gold})
    return SimpleNamespace(anna=cast.anna, admin=cast.admin)


@pytest.mark.story
def test_an_import_is_taken_back_whole_and_an_edit_made_in_between_survives(open_window, enter, books, tmp_path, shot):
    page, other = enter(open_window(), books.anna), enter(open_window(), books.admin)
    one = Counterparty.objects.get(code=f"F{EDITED:02}")

    before = taken_along(page, tmp_path / "before.csv")
    brought_and_run(page, changed(before, tmp_path / "клиенти.csv"))
    is_edited(other, one)
    taken_back(page, shot)

    after = taken_along(page, tmp_path / "after.csv")
    expected = [list(row) for row in before]
    for fact, said in (("name", "Трето име"), ("phone", "+359 2 987 6543")):
        expected[EDITED + 1][COLUMNS.index(fact)] = said
    assert after == expected
    its_history_reads_as_sentences(page, books.anna, one, shot)


def taken_along(page, file):
    """The clients as the browser gets them, by their rows; the first one names the columns."""
    page.goto(SHEET)
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV", exact=True).click()
    coming.value.save_as(file)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def changed(rows, file):
    """Every client gets another name, e-mail, motto and grade, and one more type."""
    said = []
    for number, row in enumerate(rows[1:]):
        facts = dict(zip(COLUMNS, row, strict=True))
        facts |= {"name": f"Ново име {number}", "email": f"new{number}@x.example", "c-motto": f"Нов {number}"}
        said.append([*(facts | {"c-grade": "Сребро", "status": "on-hold", "types": "client, key"}).values()])
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([rows[0], *said])
    return file


def brought_and_run(page, file):
    page.goto("/imports/?type=client")
    page.locator("[name=file]").set_input_files(file)
    page.get_by_role("button", name="Upload").click()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".question")).to_have_text(f"{ROWS} counterparties will be changed.")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("progress")).to_be_visible()
    jobs.perform_waiting()
    expect(page.locator(".notice.good")).to_contain_text(f"{ROWS} counterparties were changed.")


def is_edited(page, one):
    """Somebody else writes on one card: over one fact of the import, and beside the others."""
    page.goto(f"{one.get_absolute_url()}edit/")
    page.locator("#card [name=name]").fill("Трето име")
    page.locator("#card [name=phone]").fill("+359 2 987 6543")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("is saved")


def taken_back(page, shot):
    page.get_by_role("link", name="Take back…").click()
    shot(page, "story-undo-question")
    since = page.locator("h2", has_text="Changed since")
    expect(since).to_be_visible()
    expect(page.locator(".question")).to_contain_text("60 counterparties")
    page.get_by_role("button", name="Take back", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("1 left as it is because it was changed since")
    shot(page, "story-undo-done")


def its_history_reads_as_sentences(page, anna, one, shot):
    """The timeline, the operations and what would be taken back, in the languages of the office."""
    import_, undo = (Operation.objects.get(kind=kind) for kind in ("import", "undo"))
    pages = {
        "timeline": f"{one.get_absolute_url()}history/",
        "operations": "/operations/",
        "operation": f"/operations/{import_.pk}/",
        "undo": f"/operations/{undo.pk}/undo/",
    }
    page.goto(pages["timeline"])
    assert [told(entry) for entry in page.locator("ol.line > li").all()[:3]] == TOLD
    in_english = {}
    for language in ("en", "bg", "ru"):
        User.objects.filter(pk=anna.pk).update(language=language)
        for name, address in pages.items():
            page.goto(address)
            shot(page, f"story-undo-{name}-{language}")
            if language != "en":
                in_english |= dict.fromkeys(english(page.content()), (language, name))
    assert in_english == {}


def told(entry):
    """Who, through what, and each fact with what it was and what it became."""
    facts = entry.locator(".what").evaluate_all(
        """lines => lines.map(line => ["span", "del", "ins"].map(tag => line.querySelector(tag)?.innerText || ""))"""
    )
    who, _when, through = entry.locator(".who").inner_text().split(" · ")[:3]
    return f"{who}, {through}", {label: (was, became) for label, was, became in facts}
