"""The register in a browser: ask, choose, sort, turn the pages, take the sheet along."""

import csv
import io
import re
from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

names = ".rows tbody .name a"


@pytest.fixture
def desk(page, enter, furnished, anna):
    """Anna's window."""
    return enter(page, anna)


def test_status_and_a_characteristic_are_asked_for_together(desk, furnished):
    desk.goto("/counterparties/")
    desk.locator("[data-key=f]").click()
    desk.locator("details.choose", has=desk.locator("[name=status]")).locator("summary").click()
    desk.locator("[name=status][value=active]").check()
    desk.keyboard.press("Escape")
    desk.locator("[name='c-size_min']").fill("90")

    desk.locator(".filters button[type=submit]").click()

    expect(desk.locator(names)).to_have_text([furnished.shown.name])
    expect(desk.locator(".chip")).to_have_count(2)
    desk.locator(".chip", has_text="Staff").get_by_role("link").click()
    expect(desk.locator(".chip")).to_have_count(1)
    assert desk.locator(names).count() > 1


@pytest.mark.parametrize(
    "typed",
    ["риболов", "РИБОЛОВ", "chernomorski ribolov", "8316417", "+359 52 900200", "052 900 200", "office@chernom"],
)
def test_the_search_finds_it_however_it_is_typed(desk, furnished, typed):
    desk.goto("/")

    desk.keyboard.press("/")
    desk.keyboard.type(typed)
    desk.keyboard.press("Enter")

    expect(desk.locator(names)).to_have_text([furnished.shown.name])


def test_columns_are_chosen_and_the_list_is_sorted_by_one_of_them(desk, furnished):
    desk.goto("/clients/")
    desk.locator("summary", has_text="Columns").click()
    for tick in desk.locator("[name=columns]").all():
        tick.set_checked(tick.get_attribute("value") in ("name", "c-size"))
    desk.locator("details.menu", has=desk.locator("[name=columns]")).get_by_role(
        "button", name="Show", exact=True
    ).click()
    expect(desk.locator(".rows thead th:not(.pick)")).to_have_count(2)

    desk.locator(".rows thead a", has_text="Staff").click()

    expect(desk.locator(names).first).to_have_text(furnished.shown.name)
    expect(desk.locator(".rows thead th:not(.pick)")).to_have_count(2)
    expect(desk.locator("th[aria-sort]")).to_contain_text("Staff")


def heads(desk):
    return desk.locator(".rows thead th:not(.pick)").all_inner_texts()


def test_columns_are_dragged_into_an_order_that_is_remembered_and_kept_in_a_view(desk, furnished, assert_accessible):
    desk.goto("/clients/")
    desk.locator("summary", has_text="Columns").click()
    shown = desk.locator("[data-columns] li")
    desk.locator(".choose-columns li", has_text=re.compile("^Country")).drag_to(shown.filter(has_text="Status"))
    shown.filter(has_text="Created").drag_to(shown.filter(has_text="E-mail"))
    desk.get_by_role("button", name="Move up: Country").click()
    expect(desk.get_by_role("button", name="Move up: Country")).to_be_focused()
    assert_accessible(desk)
    order = [title.strip() for title in shown.all_inner_texts()]
    assert order.index("Created") < order.index("Status")
    assert "Country" in order[:-1]

    desk.get_by_role("button", name="Show and remember").click()

    desk.goto("/clients/")
    assert [head.removesuffix(" ↑") for head in heads(desk)] == order

    desk.goto("/clients/?status=active&filters=open")
    desk.get_by_role("link", name="Save as view").click()
    desk.locator("#id_name").fill("At work")
    desk.get_by_label("The list opens with it").check()
    assert_accessible(desk)
    desk.get_by_role("button", name="Save").click()
    desk.goto("/clients/")
    expect(desk.locator(".views > summary")).to_have_text("View: At work")
    expect(desk.locator(".chip")).to_have_count(1)
    desk.locator(".views > summary").click()
    assert_accessible(desk)
    desk.get_by_role("link", name="Show all").click()
    expect(desk.locator(".chip")).to_have_count(0)
    expect(desk.locator(".views > summary")).to_have_text("View: all")


def test_pages_are_turned_forth_and_back_without_losing_a_row(desk):
    desk.goto("/counterparties/?sort=-name")
    seen, first = [], desk.locator(names).all_inner_texts()
    while True:
        seen += desk.locator(names).all_inner_texts()
        onward = desk.locator("a[rel=next]")
        if not onward.count():
            break
        onward.click()
    count = int(desk.locator("#main h1 + *, #main .page-head").first.inner_text().split(" found")[0].split()[-1])
    assert (len(seen), len(set(seen))) == (count, count)

    while (back := desk.locator("a[rel=prev]")).count():
        back.click()

    assert desk.locator(names).all_inner_texts() == first


QUESTION = (
    "/clients/?status=active&status=on-hold&sort=-name"
    "&columns=name&columns=status&columns=country&columns=c-size&columns=c-founded&columns=created"
)


def test_the_sheet_holds_what_is_listed(desk, furnished):
    desk.goto(QUESTION)
    heads = [head.get_attribute("title") for head in desk.locator(".rows thead th:not(.pick)").all()]
    listed = desk.locator(names).all_inner_texts()
    assert desk.locator("a[rel=next]").count() == 0

    with desk.expect_download() as coming:
        desk.get_by_role("link", name="XLSX").click()

    book = load_workbook(io.BytesIO(coming.value.path().read_bytes()))
    header, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert list(header) == heads
    assert [row[0] for row in rows] == listed
    full = next(row for row in rows if row[0] == furnished.shown.name)
    assert Decimal(str(full[3])) == Decimal("91.5")
    assert full[4] == datetime(1994, 5, 3)
    assert isinstance(full[5], datetime)
    assert coming.value.suggested_filename.startswith("clients-")


def test_the_plain_sheet_holds_the_same(desk):
    desk.goto(QUESTION)
    listed = desk.locator(names).all_inner_texts()

    with desk.expect_download() as coming:
        desk.get_by_role("link", name="CSV").click()

    content = coming.value.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n")
    _header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert [row[0] for row in rows] == listed


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_filter_is_found_by_its_label_and_nothing_moves_meanwhile(open_window, enter, cast, furnished, javascript):
    desk = enter(open_window(javascript=javascript), cast.anna)
    desk.goto("/counterparties/?filters=open&c-size_min=5")
    box = desk.locator(".filters .find")
    expect(box).to_be_visible(visible=javascript)

    if javascript:
        box.fill("count")
        expect(desk.locator(".filter-grid > :visible")).to_have_count(2)  # Country, and Staff, which is filled in
        box.press("Enter")
        expect(box).to_have_value("count")
