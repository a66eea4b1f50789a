"""Files in a browser: brought, refused and not lost, saved, seen, replaced."""

from playwright.sync_api import expect

from rights.domain.granting import copy_rights
from tests.factories import make_characteristic, make_type
from tests.files.makes import png


def brought(name, content, kind="image/png"):
    return {"name": name, "mimeType": kind, "buffer": content}


def is_drawn(picture):
    return picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth > 0)")


def test_a_picture_survives_refusals_and_stands_on_the_dossier_and_in_its_history(
    page, enter, anna, client_type, transactional_db, settings, tmp_path, assert_accessible
):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    retail = make_type("retail", client_type)
    copy_rights(client_type, retail)
    make_characteristic("front", "picture", client_type)
    make_characteristic("papers", "file", client_type, is_multiple=True)
    make_characteristic("shop", "text", retail)
    enter(page, anna)
    page.goto("/counterparties/new/?type=client")

    page.locator("[name=c-front]").set_input_files(brought("front.png", png()))
    page.locator("[name=c-papers]").set_input_files(
        [brought("offer.txt", b"offer", "text/plain"), brought("setup.exe", b"MZ\x90\x00", "text/plain")]
    )
    page.locator("[name=types][value=retail]").check()
    expect(page.locator("[name=c-shop]")).to_be_visible()
    expect(page.locator("#main")).to_contain_text("setup.exe: A file of this sort is not taken")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#main")).to_contain_text("This field is required.")
    expect(page.locator(".upload-file")).to_contain_text(["front.png", "offer.txt"])
    assert_accessible(page)
    page.locator("#main [name=name]").fill("Danube Agro")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Danube Agro")
    expect(page.get_by_role("link", name="offer.txt")).to_be_visible()
    picture = page.get_by_role("img", name="front.png").first
    assert is_drawn(picture)

    page.get_by_role("link", name="Edit").first.click()
    page.locator("[name=c-front]").set_input_files(brought("new.png", png("red")))
    page.get_by_role("checkbox", name="Remove offer.txt").check()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("status").first).to_contain_text("is saved")
    page.goto(f"{page.url.split('?')[0]}history/")
    line = page.locator(".line li").first
    expect(line.locator("del")).to_contain_text(["offer.txt"])
    assert is_drawn(line.locator("del").get_by_role("img", name="front.png"))
    assert is_drawn(line.locator("ins").get_by_role("img", name="new.png"))
