"""Every page as people see it: at three widths, light and dark, in three languages; axe looks too."""

import pytest

from tests.browser.walks import walks

pytestmark = pytest.mark.looks

#: language → (width, height, colours) of its pictures
WINDOWS = {
    "en": [
        (360, 740, "light"), (360, 740, "dark"), (1280, 900, "dark"), (1280, 900, "light"), (1920, 1080, "light")
    ],
    "bg": [(360, 740, "light"), (1280, 900, "light"), (1920, 1080, "dark")],
    "ru": [(360, 740, "dark"), (1280, 900, "dark")],
}  # fmt: skip


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
            for width, height, colours in WINDOWS[language]:
                page.set_viewport_size({"width": width, "height": height})
                page.emulate_media(color_scheme=colours)
                if scrolls_sideways(page):
                    too_wide.append(f"{name} at {width}")
                shot(page, f"{name}-{width}-{language}-{colours}", full=width == 360)

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


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
