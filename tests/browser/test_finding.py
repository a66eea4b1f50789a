"""The search box in a browser: it leads while one types, and Enter alone still searches."""

import re

import pytest
from playwright.sync_api import expect

offered = "#suggestions li"


@pytest.fixture
def desk(page, enter, furnished, anna):
    """Anna's window."""
    return enter(page, anna)


def test_a_few_letters_lead_to_a_dossier(desk, furnished):
    desk.goto("/clients/")

    desk.keyboard.press("Control+k")
    desk.keyboard.type("риболов")
    expect(desk.locator(offered)).to_have_text([re.compile(furnished.shown.name)])
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(re.compile(f"/counterparties/{furnished.shown.pk}/$"))


def test_the_keys_reach_the_box_from_inside_a_field_and_a_click_leads_to_a_page(desk):
    desk.goto("/counterparties/new/?type=client")
    desk.locator("[name=phone]").focus()

    desk.keyboard.press("Control+k")
    desk.keyboard.type("proj")
    desk.locator(offered).first.click()

    expect(desk).to_have_url(re.compile("/projects/$"))


def test_enter_without_a_choice_searches_and_escape_closes_what_is_offered(desk):
    desk.goto("/")
    desk.keyboard.press("/")
    desk.keyboard.type("cli")
    expect(desk.locator(offered).first).to_be_visible()

    desk.keyboard.press("Escape")
    expect(desk.locator(offered)).to_have_count(0)
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(re.compile(r"/counterparties/\?q=cli$"))
