"""A real browser before a served office. Without a browser these tests are left out loudly; in CI that is a failure."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as office_settings
from django.test import Client

from tests import servers
from tests.browser.office import furnish

AXE = "options => axe.run(document, options).then((found) => found.violations)"
SHOTS = Path(office_settings.BASE_DIR) / "var" / "shots"
#: What the browser leaves out. Only the last such list counts, so Playwright's own is repeated as far as it matters.
LEFT_OUT = [
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "ThirdPartyStoragePartitioning",
    # Two pages of its own for the address bar, which nobody sees here: each window computed them for half a second.
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
]
FLAGS = [
    "--no-sandbox",  # inside containers, where tests run as root
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(LEFT_OUT)}",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium():
    """The one browser of this run."""
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415 -- slow import

    program = servers.browser()
    if program is None:
        sentence = "There is no browser: install chromium, or name one with CHROMIUM=/path"
        pytest.fail(sentence) if os.environ.get("CI") else pytest.skip(sentence)
    # Playwright keeps an event loop in this thread; the tests still ask the database plainly, one after another.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Two workers on two cores: what comes in a blink may take seconds. Whatever never comes is still found.
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def cast(admin, anna, boris, ivo, vera, mila):
    """Everybody of the office, thirty rows a page."""
    people = SimpleNamespace(admin=admin, anna=anna, boris=boris, ivo=ivo, vera=vera, mila=mila)
    for each in vars(people).values():
        each.rows = 30
        each.save()
    return people


@pytest.fixture
def furnished(transactional_db, cast):
    """The small office, with something in every drawer."""
    return furnish(cast)


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
            reduced_motion="reduce",  # colours that are still changing would be neither light nor dark
            java_script_enabled=javascript,
            accept_downloads=True,
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: complaints.append(f"{page.url}: {said.text}") if is_complaint(said) else None)
        page.on("request", lambda asked: None if is_ours(asked.url, live_server.url) else complaints.append(asked.url))
        windows.append(context)
        return page

    yield window
    for context in windows:
        context.close()
    assert complaints == []


def is_complaint(said):
    """Scripts that break and things the page's own policy forbids; refused answers (403, 404, 422) are part of work."""
    return said.type == "error" and "Failed to load resource" not in said.text


def is_ours(address, office):
    """The office answers everything itself; no other host hears that it is read."""
    return address.startswith((f"{office}/", "data:", "blob:", "about:"))


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
def enter():
    """Be inside already: what a log-in leaves behind, without the door."""

    def go_in(page, user):
        visitor = Client()
        visitor.force_login(user)
        key = visitor.cookies[office_settings.SESSION_COOKIE_NAME].value
        page.goto("/healthz")  # an address of the office, for the cookie to belong to
        page.context.add_cookies([{"name": office_settings.SESSION_COOKIE_NAME, "value": key, "url": page.url}])
        return page

    return go_in


@pytest.fixture
def shot():
    """Keep a picture of a page in var/shots/, for whoever asks for them: SHOTS=1 ./dev test tests/browser."""

    def take(page, name, full=True, colours=None):
        if not os.environ.get("SHOTS"):
            return
        if colours:
            page.emulate_media(color_scheme=colours)
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=full)

    return take


@pytest.fixture
def assert_accessible():
    """No serious or critical violation that axe can see, in light and in dark colours."""

    def look(page):
        page.emulate_media(color_scheme="light")
        found = violations(page)
        # What the colours do not change was seen already.
        page.emulate_media(color_scheme="dark")
        found += violations(page, runOnly=["color-contrast"])
        grave = [violation for violation in found if violation["impact"] in ("serious", "critical")]
        told = [f"{v['id']}: {v['help']}: {v['nodes'][0]['target']}" for v in grave]
        assert told == [], f"{page.url}: {told}"

    return look


def violations(page, **options):
    """What axe finds. Playwright hands it in from outside, so the page's own policy stays as strict as it is."""
    from axe_playwright_python.base import AXE_SCRIPT  # noqa: PLC0415 -- slow import

    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE, {"resultTypes": ["violations"], **options})
