"""A real browser before a served office. Without a browser these tests are left out loudly; in CI that is a failure."""

import os
from pathlib import Path

import pytest
from django.conf import settings as office_settings

from tests import servers

SHOTS = Path(office_settings.BASE_DIR) / "var" / "shots"
FLAGS = [
    "--no-sandbox",  # inside containers, where tests run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium():
    """The one browser of this run."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- slow import

    program = servers.browser()
    if program is None:
        sentence = "There is no browser: install chromium, or name one with CHROMIUM=/path"
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    # Playwright keeps an event loop in this thread; the tests still ask the database plainly, one after another.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_window(chromium, live_server):
    """Open a window of a size, a language and a scheme of colours; what it complains about fails the test."""
    windows, complaints = [], []

    def window(width=1280, height=900, locale="en", dark=False, javascript=True):
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}") if is_complaint(said) else None)
        windows.append(context)
        return page

    yield window
    for context in windows:
        context.close()
    assert complaints == []


def is_complaint(said):
    """Scripts that break and things the page's own policy forbids; refused answers (403, 404, 422) are part of work."""
    return said.type == "error" and "Failed to load resource" not in said.text


@pytest.fixture
def page(open_window):
    return open_window()


@pytest.fixture
def log_in():
    """Go in through the real door."""

    def go_in(page, user, password):
        page.goto("/login/")
        page.locator("[name=login]").fill(getattr(user, "username", user))
        page.locator("[name=password]").fill(password)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda address: "/login/" not in address)
        return page

    return go_in


@pytest.fixture
def shot():
    """Keep a picture of a page in var/shots/."""

    def take(page, name, full=True):
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=full)

    return take


@pytest.fixture
def assert_accessible():
    """No serious or critical violation that axe can see."""

    def look(page):
        from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 -- slow import

        # The page's own policy forbids strange scripts, so axe is run from outside of it.
        found = Axe().run(page).response["violations"]
        grave = [violation for violation in found if violation["impact"] in ("serious", "critical")]
        told = [f"{v['id']}: {v['help']}: {v['nodes'][0]['target']}" for v in grave]
        assert told == [], f"{page.url}: {told}"

    return look
