"""Every page as people see it: at three widths, light and dark, in three languages; axe looks too."""

import pytest

from counterparties.models import Contract, Counterparty
from tests.browser.walks import pages_of_anna, walks
from tests.factories import make_type

pytestmark = pytest.mark.looks

#: language → (width, height, colours of its pictures): colours make nothing wider
WINDOWS = {
    "en": [(360, 740, "light", "dark"), (1280, 900, "dark", "light"), (1920, 1080, "light")],
    "bg": [(360, 740, "light"), (1280, 900, "light"), (1920, 1080, "dark")],
    "ru": [(360, 740, "dark"), (1280, 900, "dark")],
}


@pytest.mark.parametrize("language", WINDOWS)
def test_every_page_fits_every_window(open_window, enter, furnished, cast, shot, language):
    page = open_window(locale=language)
    too_wide = []

    for user, addresses in walks(furnished, cast):
        if user:
            user.language = language
            user.save()
            enter(page, user)
        for name, address in addresses.items():
            page.goto(address)
            for width, height, *pictures in WINDOWS[language]:
                page.set_viewport_size({"width": width, "height": height})
                if scrolls_sideways(page):
                    too_wide.append(f"{name} at {width}")
                for colours in pictures:
                    shot(page, f"{name}-{width}-{language}-{colours}", full=width == 360, colours=colours)

    assert too_wide == []


def test_what_opens_on_a_phone_stays_on_its_screen(open_window, enter, furnished, cast):
    page = enter(open_window(width=360, height=740, locale="ru"), cast.admin)
    out = []

    for address, folds in {"/clients/?filters=open": "details.choose", "/settings/types/": "details.cannot"}.items():
        page.goto(address)
        for fold in page.locator(f"{folds}:visible").all()[:6]:
            fold.locator("summary").click()
            opened = fold.locator(".menu-panel").bounding_box()
            if opened["x"] < 0 or opened["x"] + opened["width"] > 360 or scrolls_sideways(page):
                out.append((address, opened))
            page.keyboard.press("Escape")

    assert out == []


def test_eleven_columns_can_be_read_on_a_small_screen(open_window, enter, furnished, anna):
    page = enter(open_window(width=1280), anna)

    page.goto(pages_of_anna(furnished)["register-wide"])

    assert page.locator("td:is(.code,.phone,.state-cell)").evaluate_all(CUT) == []
    assert page.locator("td.mail").first.bounding_box()["width"] > 140


def test_whose_row_it_is_stays_in_sight_while_the_list_moves_sideways(open_window, enter, furnished, anna):
    page = enter(open_window(width=1280), anna)
    page.goto(pages_of_anna(furnished)["register-wide"])
    frame, row = page.locator(".list"), page.locator("tbody tr").first
    assert frame.evaluate("list => list.scrollWidth > list.clientWidth")

    frame.evaluate("list => list.scrollTo(list.scrollWidth, 0)")

    code, name, last = (page.locator(f"tbody td.{each}").first.bounding_box() for each in ("code", "name", "date"))
    assert name["x"] >= frame.bounding_box()["x"] > code["x"]
    assert last["x"] + last["width"] <= 1280
    frame.locator(".row-tick").first.check()
    assert len(set(row.locator("td").evaluate_all(BACKGROUNDS))) == 1
    assert not scrolls_sideways(page)


def test_a_row_of_a_dossier_on_a_phone_names_its_facts_and_leaves_out_what_is_not_known(
    open_window, enter, furnished, anna
):
    page = enter(open_window(width=360, height=740), anna)
    Contract.objects.create(counterparty=furnished.shown, number="2026/1")

    page.goto(f"/counterparties/{furnished.shown.pk}/?tab=contracts")

    cells = page.locator(".plain.cards td:visible")
    assert "—" not in cells.all_inner_texts()
    project = cells.filter(has_text="Cold store")
    assert project.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Project "'
    title, edit = (page.locator(f".plain.cards {each}").first.bounding_box() for each in (".title", ".to-end"))
    assert abs(title["y"] - edit["y"]) < 2


@pytest.mark.parametrize("language", ["en", "bg", "ru"])
def test_the_longest_type_and_its_code_are_read_whole_and_the_rows_keep_their_height(
    open_window, enter, cast, language
):
    cast.ivo.language = language
    cast.ivo.save()
    page = enter(open_window(), cast.ivo)

    page.goto("/settings/types/")

    cells = page.locator("#state-organisation td.cut")
    assert (cells.count(), cells.evaluate_all(CUT)) == (3, [])
    assert set(page.locator("tbody tr").evaluate_all("rows => rows.map((row) => row.offsetHeight)")) == {32}
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("language", ["en", "bg", "ru"])
def test_lists_of_the_settings_fit_narrower_screens_and_keep_room_for_names(
    open_window, enter, furnished, cast, language
):
    cast.ivo.language = language
    cast.ivo.save()
    shops = make_type("shops", furnished.key, name="Small shops of the countryside")
    make_type("chains", shops, name="Chains of pharmacies with their own storehouses")
    page = enter(open_window(), cast.ivo)

    for tab in ("types", "statuses", "characteristics", "nomenclatures", "nomenclatures/segment"):
        page.goto(f"/settings/{tab}/")
        for width in (768, 1024, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.locator(".list").evaluate("list => list.scrollWidth <= list.clientWidth"), (tab, width)
            narrowest = page.locator("tbody td.name").evaluate_all(
                "cells => Math.min(...cells.map((cell) => cell.clientWidth))"
            )
            assert narrowest >= 100, (tab, width)


def test_lists_of_their_own_columns_never_move_sideways(open_window, enter, furnished, cast):
    page = enter(open_window(), cast.admin)

    for address in ("counterparties", "clients", "contracts", "imports", "exports", "jobs", "operations"):
        page.goto(f"/{address}/")
        for width in (1024, 1152, 1280, 1408, 1680):
            page.set_viewport_size({"width": width, "height": 900})
            frame = page.locator(".list").evaluate("list => [list.scrollWidth, list.clientWidth]")
            assert frame[0] <= frame[1], (address, width)


def test_the_second_line_of_a_deep_type_stands_under_its_first(open_window, enter, furnished, cast):
    make_type("shops", furnished.key, name="Small shops and kiosks of the whole countryside, all year round")
    page = enter(open_window(), cast.ivo)

    page.goto("/settings/types/")

    link = page.locator("#shops td.name a")
    lines = link.evaluate(
        "link => { const all = document.createRange(); all.selectNodeContents(link);"
        " return [...all.getClientRects()].map((line) => Math.round(line.left)) }"
    )
    assert len(lines) > 1
    assert len(set(lines)) == 1


def test_names_of_one_long_word_fit_a_phone(open_window, enter, furnished, cast):
    make_type("shops", furnished.key, name="Small shops of the countryside and of the seaside")
    make_type("word", furnished.key, name="W" * 90)
    Counterparty.objects.filter(pk=furnished.plain.pk).update(name="W" * 120)
    page = enter(open_window(width=360, height=740), cast.admin)

    for address in ("/settings/rights/", "/settings/types/", f"/counterparties/{furnished.plain.pk}/archive/"):
        page.goto(address)
        assert not scrolls_sideways(page), address


BACKGROUNDS = "cells => cells.map((cell) => getComputedStyle(cell).backgroundColor)"
#: What of these cells is cut off.
CUT = """cells => cells
  .filter((cell) => [cell, cell.firstElementChild ?? cell].some((each) => each.scrollWidth > cell.clientWidth))
  .map((cell) => cell.innerText)"""


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
