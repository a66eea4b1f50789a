"""Pages for everybody: what axe can see; the keyboard alone; a focus one can see."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.walks import walks

pytestmark = pytest.mark.looks

names = ".rows tbody .name a"


def test_axe_finds_nothing_grave_on_any_page(open_window, enter, furnished, cast, assert_accessible):
    page = open_window()

    for user, addresses in walks(furnished, cast):
        if user:
            enter(page, user)
        for address in addresses.values():
            page.goto(address)
            assert_accessible(page)


def test_axe_finds_nothing_grave_on_what_opens_and_what_is_refused(
    open_window, enter, furnished, anna, assert_accessible
):
    page = enter(open_window(), anna)
    page.goto("/counterparties/")
    page.locator("summary", has_text="Columns").click()
    assert_accessible(page)
    page.goto("/counterparties/new/?type=key-account")
    page.locator("#main [name=email]").fill("no e-mail")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".wrong").first).to_be_visible()
    assert_accessible(page)


def test_axe_finds_nothing_grave_on_a_phone(open_window, enter, furnished, anna, assert_accessible):
    page = enter(open_window(width=360, height=740), anna)

    for address in ("/counterparties/", f"/counterparties/{furnished.shown.pk}/", "/counterparties/new/?type=client"):
        page.goto(address)
        assert_accessible(page)


def test_axe_is_not_asleep(page, office, assert_accessible):
    page.goto("/login/")
    page.evaluate("document.querySelector('[name=login]').removeAttribute('id')")

    with pytest.raises(AssertionError, match="label"):
        assert_accessible(page)


def test_the_keyboard_alone_searches_walks_and_opens(page, enter, furnished, anna):
    enter(page, anna)
    page.goto("/counterparties/")

    page.keyboard.press("/")
    expect(page.locator(".top [name=q]")).to_be_focused()
    page.keyboard.type("danube")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=danube"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(page.locator(names).first).to_be_focused()
    wanted = page.locator(names).first.inner_text()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(wanted)


@pytest.mark.parametrize(("key", "leads_to"), [("n", "/counterparties/new/"), ("f", "filters=open")])
def test_a_key_of_the_register_does_what_its_button_does(page, enter, furnished, anna, key, leads_to):
    enter(page, anna)
    page.goto("/counterparties/")

    page.keyboard.press(key)

    page.wait_for_url(re.compile(re.escape(leads_to)))


def test_the_help_opens_and_closes_by_keys(page, enter, furnished, anna):
    enter(page, anna)
    page.goto("/")

    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#keys")).to_be_hidden()


def test_a_letter_typed_into_a_field_is_a_letter(page, enter, furnished, anna):
    enter(page, anna)
    page.goto("/counterparties/new/?type=client")

    page.locator("#main [name=name]").press_sequentially("n/e?")

    expect(page.locator("#main [name=name]")).to_have_value("n/e?")


@pytest.mark.parametrize("address", ["/counterparties/", "/counterparties/new/?type=client", "/profile/"])
def test_the_focus_is_seen_wherever_the_tab_key_leads(page, enter, furnished, anna, address):
    enter(page, anna)
    page.goto(address)
    if "new" in address:
        expect(page.locator("#main [name=name]")).to_be_focused()  # a new card begins there; the whole way is walked
        page.locator(".skip").focus()
    else:
        page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    unseen, places = [], []

    for _step in range(30):
        page.keyboard.press("Tab")
        place, is_seen = page.evaluate(FOCUS)
        if place.startswith("BODY"):  # behind the last one: in the browser's own frame
            break
        places.append(place)
        if not is_seen:
            unseen.append(place)

    assert unseen == []
    assert len(set(places)) > 15


#: Where the focus is, and whether an outline or a ring tells so (of two choices side by side, their common frame).
FOCUS = """() => {
  const at = document.activeElement;
  const shown = at.closest(".choice") ?? at;
  const look = getComputedStyle(shown);
  const seen = (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
  const box = at.getBoundingClientRect();
  return [`${at.tagName} ${at.name || at.href || at.innerText} ${Math.round(box.x)} ${Math.round(box.y)}`, seen];
}"""
