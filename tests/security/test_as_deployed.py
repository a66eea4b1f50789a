"""What an office shows to the outside by its headers, its cookies and its start."""

import os
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import DEFUSEDXML

ROOT = Path(__file__).resolve().parents[2]


def test_a_server_that_shows_its_insides_is_not_ready(tmp_path):
    """That a right one is, and that every wrong word stops the start, tests/test_settings.py tells."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    careless = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/office.sqlite3",
        "SECRET_KEY": "an-office-key-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ",
        "ALLOWED_HOSTS": "office.example.org",
        "CSRF_TRUSTED_ORIGINS": "https://office.example.org",
        "HTTPS": "1",
        "DEBUG": "1",
    }

    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    answer = subprocess.run(command, cwd=ROOT, env=kept | careless, capture_output=True, text=True)

    assert answer.returncode == 1
    assert re.findall(r"\((\w+\.[EW]\d+)\)", answer.stderr) == ["security.W018"]


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/counterparties/",
        "/counterparties/999999/",
        "/counterparties/sheet.csv",
        "/login/",
        "/nowhere/",
        "/profile/",
    ],
)
@pytest.mark.parametrize("who", ["desk", "stranger"])
def test_every_answer_carries_its_guards(request, house, page, who):
    desk = request.getfixturevalue("desk") if who == "desk" else Client()

    headers = desk.get(page).headers

    rules = headers["Content-Security-Policy"]
    assert all(f"{part} 'none'" in rules for part in ("object-src", "base-uri", "frame-ancestors"))
    assert "unsafe" not in rules
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]
    assert not {"Server", "X-Powered-By"} & set(headers)


def test_cookies_are_for_the_office_alone(petra, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    desk = Client()

    before = desk.get("/login/").cookies
    after = desk.post("/login/", {"login": "petra", "password": "petra-demo"}).cookies

    assert after["sessionid"]["httponly"]
    assert [(each["samesite"], bool(each["secure"])) for each in (after["sessionid"], before["csrftoken"])] == [
        ("Lax", True)
    ] * 2


@pytest.mark.parametrize(
    ("package", "least"), [("Django", (5, 2, 19)), ("defusedxml", (0, 7, 1)), ("openpyxl", (3, 1)), ("Pillow", (11,))]
)
def test_the_packages_are_new_enough(package, least):
    assert tuple(int(part) for part in version(package).split(".")[: len(least)]) >= least


def test_openpyxl_reads_through_defusedxml():
    assert DEFUSEDXML


@pytest.mark.parametrize("path", ["/login/", "/counterparties/"])
def test_another_sites_name_is_not_lent(path):
    answer = Client(raise_request_exception=False).get(path, headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert b"evil.example" not in answer.content
