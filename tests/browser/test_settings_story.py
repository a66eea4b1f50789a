"""The settings as an admin uses them: one story from an empty type to a counterparty of it."""

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from counterparties.models import Counterparty


@pytest.mark.story
def test_an_admin_shapes_a_type_and_a_colleague_works_with_it(open_window, enter, furnished, cast):
    sales = Group.objects.get(name="Sales")
    ivo = enter(open_window(), cast.ivo)

    # a subtype, from the row of its parent
    ivo.goto("/settings/types/")
    ivo.locator("#client").get_by_role("link", name="Add subtype").click()
    ivo.locator("#card [name=code]").fill("retail")
    ivo.locator("#card [name=name]").fill("Retail client")
    ivo.get_by_role("button", name="Confirm").click()

    # a characteristic of its own, with a nomenclature typed into the same form
    ivo.goto("/settings/")
    ivo.get_by_role("link", name="Characteristic", exact=True).click()
    ivo.locator("#card [name=code]").fill("format")
    ivo.locator("#card [name=name]").fill("Shop format")
    ivo.locator("#card [name=type_code]").select_option("nomenclature")
    ivo.locator("#card [name=elements]").fill("kiosk;Kiosk\nmall;Shopping mall")
    ivo.locator("#card [name=types][value=retail]").check()
    ivo.get_by_role("button", name="Confirm").click()
    expect(ivo.locator("#format")).to_contain_text("Retail client")

    # rights: a subtype starts with a copy of its parent's; now Sales loses the archive
    ivo.goto("/settings/types/")
    ivo.locator("#retail").get_by_role("link", name="Rights").click()
    ivo.locator(f"input[name='grant-{sales.pk}-archive']").uncheck()
    ivo.get_by_role("button", name="Confirm").click()
    expect(ivo.locator("#ask")).to_contain_text("Nothing is saved yet.")
    ivo.get_by_role("button", name="Confirm").click()

    # a colleague of Sales adds a counterparty of it and sees what it inherits
    anna = enter(open_window(), cast.anna)
    anna.goto("/counterparties/new/?type=retail")
    for inherited in ("c-motto", "c-story", "c-size"):
        expect(anna.locator(f"[name={inherited}]")).to_be_visible()
    anna.locator("[name=name]").fill("Kvartal Shop")
    anna.locator("[name=c-motto]").fill("Always open")
    anna.locator("[name=c-format]").select_option("kiosk")
    anna.get_by_role("button", name="Save", exact=True).click()
    expect(anna.locator("h1")).to_contain_text("Kvartal Shop")
    expect(anna.locator("main")).to_contain_text("Kiosk")
    expect(anna.locator("main")).to_contain_text("Always open")
    expect(anna.get_by_role("link", name="Archive")).to_have_count(0)

    # found by the new characteristic
    anna.goto("/clients/?type=retail&c-format=kiosk")
    expect(anna.locator("td.name a")).to_have_text(["Kvartal Shop"])
    assert [each.code for each in Counterparty.objects.get(name="Kvartal Shop").types] == ["retail"]
