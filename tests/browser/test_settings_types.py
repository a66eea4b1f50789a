"""An admin at the settings of types and statuses, in a real browser."""

import pytest
from playwright.sync_api import expect

from counterparties.models import CounterpartyType, Status
from desk import text
from tests.factories import make_characteristic

order = "rows => rows.map(row => row.id)"


def shown(page):
    return page.locator("tbody tr").evaluate_all(order)


@pytest.mark.parametrize("with_scripts", [True, False])
def test_a_retail_client_is_made_from_the_row_of_its_parent_and_asks_what_it_inherits(
    open_window, enter, furnished, cast, with_scripts
):
    page = enter(open_window(javascript=with_scripts), cast.admin)
    page.goto("/")
    page.get_by_role("link", name="Settings").click()
    page.locator("#client").get_by_role("link", name="Add subtype").click()
    expect(page.locator(".given")).to_contain_text("Motto")
    page.locator("#card [name=code]").fill("retail")
    page.locator("#card [name=name]").fill("Retail client")
    page.get_by_label("Founded").check()
    page.get_by_role("button", name="Confirm").click()

    expect(page.locator("#retail .name")).to_have_text("Retail client")
    expect(page.locator("#retail td[data-label=Characteristics]")).to_contain_text("1 + 3")
    page.goto("/counterparties/new/?type=retail")
    for field in ("c-motto", "c-story", "c-size", "c-founded"):
        expect(page.locator(f"[name={field}]")).to_be_visible()


def test_statuses_are_moved_by_arrows_and_by_dragging(open_window, enter, cast):
    page = enter(open_window(), cast.ivo)
    page.goto("/settings/statuses/")

    page.get_by_role("button", name="Move Negotiating up").click()
    expect(page.get_by_role("status").or_(page.locator(".messages"))).to_contain_text("in place 2 now")
    assert shown(page) == ["active", "negotiating", "contract-signed", "on-hold", "inactive", "unreliable"]

    with page.expect_navigation():
        page.drag_and_drop("#unreliable td.name", "#negotiating td.name", target_position={"x": 20, "y": 3})
    expect(page.locator("#unreliable")).to_contain_text("2")
    assert shown(page) == ["active", "unreliable", "negotiating", "contract-signed", "on-hold", "inactive"]
    assert sorted(Status.objects.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_without_scripts_the_arrows_do_the_same(open_window, enter, cast):
    page = enter(open_window(javascript=False), cast.ivo)
    page.goto("/settings/statuses/")

    page.get_by_role("button", name="Move Active down").click()

    assert shown(page)[:2] == ["contract-signed", "active"]


def test_a_long_list_of_ticks_is_narrowed_by_typing(open_window, enter, furnished, cast):
    page = enter(open_window(), cast.ivo)
    for number in range(10):
        make_characteristic(f"c{number}", "text", name=f"Shelf {number}", position=number + 20)
    page.goto("/settings/types/supplier/edit/")
    page.get_by_label("Motto").check()

    page.get_by_role("searchbox", name="Search the characteristics").fill("SHELF 7")

    visible = page.locator(".many label:visible")
    expect(visible).to_have_text(["Motto", "Shelf 7"])


def test_moving_a_type_asks_and_then_moves(open_window, enter, furnished, cast):
    page = enter(open_window(), cast.ivo)
    page.goto("/settings/types/new/?parent=client")
    page.locator("#card [name=code]").fill("retail")
    page.locator("#card [name=name]").fill("Retail client")
    page.locator("#card [name=name]").press("Enter")
    expect(page.locator("#retail")).to_be_visible()

    page.locator("#retail").get_by_role("link", name="Edit").click()
    page.locator("[name=parent]").select_option("key-account")
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("h1")).to_have_text("Change Retail client?")
    expect(page.locator("#main")).to_contain_text("These fields appear")
    page.get_by_role("button", name="Confirm").click()

    expect(page.locator("#retail .d2")).to_be_visible()
    assert CounterpartyType.objects.get(code="retail").parent == furnished.key


def test_branches_fold(open_window, enter, furnished, cast):
    page = enter(open_window(), cast.ivo)
    page.goto("/settings/types/")

    page.get_by_role("link", name="Fold Client").click()
    expect(page.locator("#key-account")).to_have_count(0)
    page.get_by_role("link", name="Unfold Client").click()
    expect(page.locator("#key-account")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_grave_and_nothing_stands_out_of_the_window(
    open_window, enter, furnished, cast, assert_accessible, shot, width
):
    page = enter(open_window(width=width), cast.admin)

    for name, address in {
        "settings-types": "/settings/types/",
        "settings-type": "/settings/types/key-account/edit/",
        "settings-type-history": "/settings/types/key-account/history/",
        "settings-statuses": "/settings/statuses/",
        "settings-status-new": "/settings/statuses/new/",
        "settings-in-use": "/settings/statuses/active/delete/",
    }.items():
        page.goto(address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
        shot(page, f"{name}-{width}")


NAMES = (
    "Ключов клиент № 1",
    "Йога Щъркел",
    "Crédit limit (EUR)",
    "2026 план",
    "A long name of more than thirty-two letters",
)


def test_the_code_of_something_new_is_spelled_from_its_name_as_the_office_spells_it(open_window, enter, cast):
    page = enter(open_window(), cast.ivo)
    page.goto("/settings/characteristics/new/")
    name, code = page.locator("#card [name=name]"), page.locator("#card [name=code]")

    expect(name).to_be_focused()
    for each in NAMES:
        name.fill(each)
        expect(code).to_have_value(text.code_from(each))
    code.fill("mine")
    name.fill("Somewhat else")
    expect(code).to_have_value("mine")


def test_on_a_phone_nothing_is_chosen_before_one_touches_it(open_window, enter, cast):
    page = enter(open_window(width=360, height=740), cast.ivo)

    page.goto("/settings/statuses/new/")

    page.locator("#card [name=name]").fill("Sleeping")
    expect(page.locator("#card [name=code]")).to_have_value("sleeping")
    page.reload()
    assert page.evaluate("document.activeElement === document.body")


def test_a_new_client_begins_with_the_name_and_a_counterparty_of_no_type_with_the_types(open_window, enter, cast):
    page = enter(open_window(), cast.anna)

    page.goto("/counterparties/new/?type=client")
    expect(page.locator("#card [name=name]")).to_be_focused()
    page.goto("/counterparties/new/")
    expect(page.locator("#card [name=name]")).not_to_be_focused()
