"""How many there are, put into a list that is shown already."""

from playwright.sync_api import expect

from desk.pages import how_many
from staff.models import User

LEADS = "/counterparties/?q=a"
#: Where all else stands: the title, the views, the sheets, the list.
STANDING = """() => [...document.querySelectorAll('.page-head > *, .page-head .btn, .main > *')].map(each => {
  const {x, y, width, height} = each.getBoundingClientRect();
  return [each.className, x, y, width, height];
})"""


def test_the_count_follows_its_list_and_the_tick_for_all_says_it_too(
    open_window, enter, cast, furnished, assert_accessible, monkeypatch
):
    monkeypatch.setattr(how_many, "number_at_once", lambda records, most: None)
    User.objects.filter(pk=cast.anna.pk).update(rows=2)
    desk = enter(open_window(), cast.anna)
    asked = []
    desk.route("**/*count=soon*", lambda route: asked.append(route))
    desk.goto(LEADS)
    desk.get_by_role("link", name="Count", exact=True).focus()
    before = desk.evaluate(STANDING)
    asked[0].continue_()
    expect(desk.locator("[data-part=count]")).not_to_contain_text("+")
    expect(desk.locator("[data-part=count]")).to_be_focused()
    assert desk.evaluate(STANDING) == before
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
