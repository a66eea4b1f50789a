"""Many rows at once in a browser: ticked, told what will happen, changed; with scripts and without."""

from playwright.sync_api import expect

from counterparties.models import Counterparty

names = ".rows tbody .name a"


def test_rows_are_ticked_and_changed_and_the_history_tells_it(open_window, enter, cast, furnished, assert_accessible):
    desk = enter(open_window(), cast.anna)
    desk.goto("/clients/?status=active")
    total = desk.locator(names).count()
    chosen = desk.locator(names).nth(0).inner_text(), desk.locator(names).nth(2).inner_text()
    expect(desk.locator(".bulk")).to_be_hidden()

    desk.locator(".row-tick-all").check()
    expect(desk.locator("[data-chosen-count]")).to_have_text(str(total))
    desk.locator(".all-tick").check()
    desk.locator(".row-tick-all").uncheck()
    expect(desk.locator(".bulk")).to_be_hidden()
    for place in (0, 2):
        desk.locator(".row-tick").nth(place).check()
    expect(desk.locator("[data-chosen-count]")).to_have_text("2")
    assert_accessible(desk)
    desk.get_by_role("button", name="Change…").click()

    expect(desk.locator(".whom")).to_contain_text("2 counterparties are chosen.")
    desk.locator("[name=status]").select_option("on-hold")
    expect(desk.locator("[name=change][value=status]")).to_be_checked()
    assert_accessible(desk)
    desk.get_by_role("button", name="Preview").click()
    expect(desk.locator(".question").first).to_contain_text("2 counterparties will be changed.")
    assert_accessible(desk)
    desk.get_by_role("button", name="Back to the form").click()
    expect(desk.locator("[name=status]")).to_have_value("on-hold")
    desk.locator("[name=reason]").fill("They move")
    desk.get_by_role("button", name="Preview").click()
    desk.get_by_role("button", name="Change 2").click()

    expect(desk.get_by_text("2 changed.")).to_be_visible()
    assert desk.url.endswith("/clients/?status=active")
    expect(desk.locator(names)).to_have_count(total - 2)
    assert set(chosen).isdisjoint(desk.locator(names).all_inner_texts())
    changed = Counterparty.objects.get(name=chosen[0])
    desk.goto(f"/counterparties/{changed.pk}/history/")
    expect(desk.locator("#main")).to_contain_text("bulk edit")
    expect(desk.locator("#main")).to_contain_text("They move")
    expect(desk.locator("#main ins").first).to_have_text("On hold")

    plain = enter(open_window(javascript=False), cast.anna)
    plain.goto("/clients/?status=on-hold")
    left = plain.locator(names).count()
    plain.locator(".row-tick").nth(0).check()
    plain.get_by_role("button", name="Archive…").click()
    plain.get_by_role("button", name="Archive 1").click()
    expect(plain.get_by_text("1 changed.")).to_be_visible()
    expect(plain.locator(names)).to_have_count(left - 1)
    plain.get_by_role("link", name="Change all that are listed…").click()
    expect(plain.locator(".whom")).to_contain_text("that are listed")
