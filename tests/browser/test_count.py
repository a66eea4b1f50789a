"""How many there are, put into a list that is shown already."""

from playwright.sync_api import expect

from desk.pages import how_many
from staff.models import User

LEADS = "/counterparties/?q=a"


def test_the_count_follows_its_list_and_the_tick_for_all_says_it_too(
    open_window, enter, cast, furnished, assert_accessible, monkeypatch
):
    monkeypatch.setattr(how_many, "number_at_once", lambda records, most: None)
    User.objects.filter(pk=cast.anna.pk).update(rows=2)
    desk = enter(open_window(), cast.anna)
    desk.goto(LEADS)
    expect(desk.locator("[data-part=count]")).not_to_contain_text("+")
    many = desk.locator("[data-part=all-listed]").get_attribute("data-count")

    assert int(many) > 2
    expect(desk.locator("[data-part=count]")).to_contain_text(f"{many} found")
    desk.locator(".row-tick").first.check()
    desk.locator(".all-tick").check()
    expect(desk.locator("[data-chosen-count]")).to_have_text(many)
    assert_accessible(desk)


def test_without_scripts_it_is_counted_by_hand(open_window, enter, cast, furnished, monkeypatch):
    monkeypatch.setattr(how_many, "number_at_once", lambda records, most: None)
    User.objects.filter(pk=cast.anna.pk).update(rows=2)
    desk = enter(open_window(javascript=False), cast.anna)
    desk.goto(LEADS)
    expect(desk.locator("[data-part=count]")).to_contain_text("2+ found")

    desk.get_by_role("link", name="Count", exact=True).click()

    expect(desk.locator("[data-part=count]")).not_to_contain_text("+")
