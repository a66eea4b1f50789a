"""The card in a browser: refused and not lost, two windows at once, archiving and coming back."""

import pytest
from playwright.sync_api import expect

from counterparties.models import Counterparty
from tests.browser.office import write

ANSWERS = {
    "name": "Златна рибка ЕООД",
    "email": "fish@example.com",
    "c-motto": "Three wishes",
    "c-story": "A line.\nAnother line.",
    "c-size": "1234.5",
    "c-founded": "1835-10-02",
}


def fill(page, answers):
    for name, value in answers.items():
        page.locator(f"#main [name='{name}']").fill(value)


def test_a_refused_card_keeps_everything_typed(page, enter, furnished, anna):
    enter(page, anna)
    page.goto("/counterparties/new/?type=key-account")
    fill(page, ANSWERS | {"email": "no e-mail", "c-size": "many"})

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".bar .late")).to_have_text("2 errors")
    for name, value in (ANSWERS | {"email": "no e-mail", "c-size": "many"}).items():
        expect(page.locator(f"#main [name='{name}']")).to_have_value(value)
    assert not Counterparty.objects.filter(name=ANSWERS["name"]).exists()


def test_the_country_below_its_box_is_the_one_that_is_typed(page, enter, furnished, anna):
    enter(page, anna)
    page.goto("/counterparties/new/?type=client")
    country = page.locator("[name=country]")
    meant = page.locator("[name=country] + .meant")
    expect(meant).to_have_text("Bulgaria")

    country.fill("de")
    expect(meant).to_have_text("Germany")
    country.fill("Germany")
    expect(meant).to_have_text("")


def test_types_ticked_before_the_script_came_bring_their_fields(page, enter, furnished, anna):
    enter(page, anna)
    held = []
    page.route("**/card-types*", lambda script: held.append(script))
    page.goto("/counterparties/new/?type=client", wait_until="commit")
    page.locator("[name=types][value=key-account]").check()
    expect(page.locator("#main [name='c-founded']")).to_have_count(0)

    for script in held:
        script.continue_()

    expect(page.locator("#main [name='c-founded']")).to_be_visible()
    expect(page.locator("[name=types][value=client]")).not_to_be_checked()
    assert held


@pytest.mark.story
def test_two_windows_edit_one_card_and_nothing_typed_is_lost(open_window, enter, furnished, anna, mila, shot):
    first, second = enter(open_window(), anna), enter(open_window(), mila)
    address = f"/counterparties/{furnished.shown.pk}/edit/"
    first.goto(address)
    second.goto(address)
    fill(first, {"phone": "+359 52 111 111", "comment": "Anna's words"})
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_role("status").first).to_contain_text("is saved")

    fill(second, {"phone": "+359 52 222 222", "c-motto": "Mila's motto"})
    second.get_by_role("button", name="Save", exact=True).click()

    expect(second.get_by_role("alert").first).to_contain_text("anna saved this card while you were editing it")
    expect(second.locator("tr.clash")).to_contain_text(["+359 52 111 111"])
    expect(second.locator("#main [name=phone]")).to_have_value("+359 52 222 222")
    expect(second.locator("#main [name='c-motto']")).to_have_value("Mila's motto")
    shot(second, "conflict-1280-en-light")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_role("status").first).to_contain_text("is saved")
    kept = Counterparty.objects.get(pk=furnished.shown.pk)
    assert (kept.phone, kept.comment) == ("+359 52 222 222", "Anna's words")
    assert kept.values.get(characteristic__code="motto").text == "Mila's motto"


def test_a_card_with_changes_asks_before_it_is_left(page, enter, furnished, anna):
    enter(page, anna)
    page.goto(f"/counterparties/{furnished.shown.pk}/edit/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#main [name=alias]").press_sequentially("x")
    expect(page.locator("[data-unsaved]")).to_contain_text("1")

    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url(f"**/counterparties/{furnished.shown.pk}/")

    assert asked == ["beforeunload"]


def test_archiving_asks_once_and_can_be_undone(page, enter, furnished, anna):
    name = furnished.plain.name
    enter(page, anna)
    page.goto(f"/counterparties/{furnished.plain.pk}/")

    page.get_by_role("link", name="Archive…").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Archive {name}?")
    page.get_by_role("button", name="Archive", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("is archived")

    page.goto(f"/counterparties/?q={furnished.plain.code}")
    expect(page.get_by_text("Nothing found")).to_be_visible()
    page.goto("/counterparties/?archived=yes")
    page.locator(".rows").get_by_role("link", name=name).click()
    page.get_by_role("link", name="Restore…").click()
    page.get_by_role("button", name="Restore", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("is restored")
    assert not Counterparty.objects.get(pk=furnished.plain.pk).is_archived


def test_history_tells_what_became_of_what(page, enter, furnished, anna, mila):
    write(furnished.shown, {"email": "new@chernomorski.example"}, {}, mila, reason="They moved")
    enter(page, anna)

    page.goto(f"/counterparties/{furnished.shown.pk}/")
    page.get_by_role("link", name="History", exact=True).click()

    newest = page.locator("ol.line > li").first
    expect(newest.locator("del")).to_have_text("office@chernomorski.example")
    expect(newest.locator("ins")).to_have_text("new@chernomorski.example")
    expect(newest).to_contain_text("mila")
    expect(newest).to_contain_text("They moved")


def test_an_office_day_without_scripts(open_window, log_in, furnished, anna):
    page = log_in(open_window(javascript=False), anna, "anna-demo")
    page.goto("/counterparties/new/?type=client")
    fill(page, {"name": "Plain Paper Ltd"})
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Plain Paper Ltd")
    page.get_by_role("link", name="Edit").click()
    fill(page, {"alias": "Бяла хартия"})
    page.get_by_role("button", name="Save", exact=True).click()

    page.locator(".top [name=q]").fill("бяла хартия")
    page.locator(".top [name=q]").press("Enter")

    expect(page.locator(".rows tbody .name a")).to_have_text(["Plain Paper Ltd"])
