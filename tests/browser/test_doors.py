"""Coming in, and the language one reads."""

import re

import pytest
from django.utils import translation
from playwright.sync_api import expect


def test_anna_comes_in_by_her_name_and_is_led_to_what_she_asked_for(page, log_in, anna):
    page.goto("/clients/")
    expect(page).to_have_url(re.compile(r"/login/\?next=/clients/"))
    page.get_by_label("User name or e-mail").fill("anna")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text("The name or the password is not right")
    expect(page.get_by_label("User name or e-mail")).to_have_value("anna")

    page.get_by_label("Password").fill("anna-demo")
    page.get_by_role("button", name="Log in").click()

    expect(page).to_have_url(re.compile("/clients/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Clients")


def test_after_going_out_the_way_back_shows_nothing(page, log_in, anna):
    log_in(page, anna, "anna-demo")
    page.goto("/profile/")
    page.locator(".top .menu > summary").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login/**")

    page.go_back()

    expect(page).to_have_url(re.compile("/login/"))


@pytest.mark.parametrize(("language", "button"), [("bg", "Български"), ("ru", "Русский")])
def test_a_stranger_chooses_the_language_of_the_door(page, office, language, button):
    with translation.override(language):
        title = translation.gettext("Log in")
    page.goto("/login/")
    expect(page.locator("html")).to_have_attribute("lang", "en")

    page.get_by_role("button", name=button).click()

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_the_language_of_the_profile_is_the_language_of_every_page(page, enter, anna):
    enter(page, anna)
    page.goto("/profile/")

    page.locator("[name=language]").select_option("bg")
    page.locator("button[type=submit].btn-primary").click()

    expect(page.locator("html")).to_have_attribute("lang", "bg")
    expect(page.get_by_role("status")).to_be_visible()
    page.goto("/clients/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Клиенти")


def test_the_colours_of_the_profile_are_the_colours_of_every_page(page, enter, anna):
    enter(page, anna)
    page.goto("/profile/")
    light = background(page)

    page.locator("[name=theme]").select_option("dark")
    page.locator("button[type=submit].btn-primary").click()
    page.wait_for_selector("html[data-bs-theme=dark]")

    assert background(page) != light


def background(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")
