"""A sheet goes out, is worked on, comes back, and is taken back: the office is then as it was."""

from datetime import date
from types import SimpleNamespace

import openpyxl
import pytest
from playwright.sync_api import expect

from characteristics.domain import values
from counterparties.domain import keeping
from counterparties.models import Counterparty
from exchange.domain import jobs
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.models import Operation

COLUMNS = ("code", "name", "email", "phone", "status", "c-motto", "c-grade", "c-since")
LIST = "/clients/?sort=code&" + "&".join(f"columns={name}" for name in COLUMNS)


@pytest.fixture
def books(transactional_db, cast, client_type, settings, tmp_path):
    """Five clients, each with its answers; their sheets stay with this test."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    motto = make_characteristic("motto", "text", client_type)
    grade = make_characteristic(
        "grade", "nomenclature", client_type, nomenclature=make_nomenclature("grades", "gold", "silver")
    )
    since = make_characteristic("since", "date", client_type)
    gold = grade.nomenclature.elements.get(code="gold")
    for name in ("Рила", "Danube", "Pirin", "Витоша", "Elbe"):
        made = make_counterparty(name, code=name.upper(), email=f"office@{len(name)}.example", phone="+359 2 987 6543")
        values.save(made, {motto: "Every day", grade: gold, since: date(1999, 12, 31)})
    return SimpleNamespace(anna=cast.anna, mila=cast.mila)


@pytest.mark.story
def test_a_sheet_is_taken_along_edited_brought_back_and_taken_back_as_one(open_window, enter, books, tmp_path, shot):
    page = enter(open_window(), books.anna)

    before = taken_along(page, tmp_path / "before.xlsx")
    edited(tmp_path / "before.xlsx", tmp_path / "edited.xlsx")
    pirin = Counterparty.objects.get(code="PIRIN")
    keeping.keep(pirin, {"phone": "+359 52 1"}, pirin.types, {}, by=books.mila, seen=pirin.version)

    page.goto("/imports/?type=client")
    page.locator("[name=file]").set_input_files(tmp_path / "edited.xlsx")
    page.get_by_role("button", name="Upload").click()
    its_columns_are_recognised(page, shot)
    the_preview_tells_each_row_and_changes_nothing(page, shot, tmp_path)
    it_is_run(page, shot)
    it_is_taken_back_in_one_confirm(page, shot)

    after = taken_along(page, tmp_path / "after.xlsx")
    # All is as it was, but for what a colleague wrote meanwhile.
    pirin = next(row for row in before if row[0] == "PIRIN")
    pirin[before[0].index("Phone")] = "+359 52 1"
    assert after == before


def taken_along(page, file):
    """The clients as a sheet, as the browser gets it; its rows without the versions of the second tab."""
    page.goto(LIST)
    with page.expect_download() as coming:
        page.get_by_role("link", name="XLSX").first.click()
    coming.value.save_as(file)
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(file).worksheets[0].iter_rows()]


def edited(before, after):
    """Somebody works on it: one is corrected, one spoilt, one added; one was changed here and in the office."""
    book = openpyxl.load_workbook(before)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    places = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}

    def write(code, head, said):
        sheet.cell(places[code], heads.index(head) + 1, said)

    write("РИЛА", "E-mail", "new@rila.example")
    write("РИЛА", "Grade", "silver")
    write("РИЛА", "Since", date(2001, 2, 3))
    write("PIRIN", "E-mail", "new@pirin.example")
    write("ВИТОША", "E-mail", "no mail")
    sheet.append([None, "Нова ЕООД", "office@nova.example", None, "On hold", "Newest", "Gold", None])
    book.save(after)


def its_columns_are_recognised(page, shot):
    expect(page.locator("h1")).to_have_text("edited.xlsx")
    chosen = page.locator(".import-columns select").evaluate_all("boxes => boxes.map(box => box.value)")
    assert tuple(chosen) == COLUMNS
    expect(page.locator("[name=types][value=client]")).to_be_checked()
    shot(page, "story-import-columns")
    page.get_by_role("button", name="Preview").click()


def the_preview_tells_each_row_and_changes_nothing(page, shot, tmp_path):
    done_before = Operation.objects.count()
    expect(page.locator(".question")).to_have_text("1 counterparty will be created. 1 counterparty will be changed.")
    told = [figure.split("\n") for figure in page.locator(".outcomes a").all_inner_texts()]
    assert {label: int(number) for number, label in told} == {
        "All rows": 6, "New": 1, "Changed": 1, "Same": 2, "Conflicts": 1, "Refused": 1,
    }  # fmt: skip
    rows = page.locator(".import-rows tbody tr")
    changed = rows.filter(has_text="Рила")
    expect(changed.locator("del")).to_have_text(["office@4.example", "Gold", "31 Dec 1999"])
    expect(changed.locator("ins")).to_have_text(["new@rila.example", "Silver", "3 Feb 2001"])
    expect(rows.filter(has_text="Pirin")).to_contain_text("changed")
    shot(page, "story-import-preview")
    page.locator(".outcomes a", has_text="Refused").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("no mail")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Refused rows").click()
    coming.value.save_as(tmp_path / "refused.xlsx")
    refused = openpyxl.load_workbook(tmp_path / "refused.xlsx").worksheets[0]
    marked = {cell.value: bool(cell.comment) for row in refused.iter_rows(min_row=2) for cell in row}
    assert (marked["no mail"], marked["ВИТОША"]) == (True, False)
    assert Operation.objects.count() == done_before


def it_is_run(page, shot):
    page.locator("[name=reason]").fill("They wrote to us")
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("progress")).to_be_visible()
    shot(page, "story-import-progress")
    jobs.perform_waiting()
    # The page sees by itself that the work is done.
    expect(page.locator(".notice.good")).to_contain_text("1 counterparty was created. 1 counterparty was changed.")
    shot(page, "story-import-report")
    assert Counterparty.objects.get(code="РИЛА").email == "new@rila.example"
    assert Counterparty.objects.get(code="PIRIN").email == "office@5.example"
    assert Counterparty.objects.get(name="Нова ЕООД").status.code == "on-hold"


def it_is_taken_back_in_one_confirm(page, shot):
    page.get_by_role("link", name="Take back…").click()
    expect(page.locator(".question")).to_contain_text("would be taken back")
    shot(page, "story-import-undo")
    page.get_by_role("button", name="Take back", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Taken back")
    page.goto("/imports/")
    shot(page, "story-imports")
