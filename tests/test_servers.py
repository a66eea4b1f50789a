"""Which browser the tests are seen by, and how one comes where there is none."""

import pytest

from tests import servers


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A machine whose programs are these alone."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(servers, "_browser_of_playwright", lambda: None)
    return tmp_path


def program(folder, name):
    (folder / name).write_text("#!/bin/sh\n")
    (folder / name).chmod(0o755)
    return folder / name


def test_of_two_browsers_the_one_without_windows_is_taken(folder):
    windows = program(folder, "chromium")
    assert servers.browser() == windows

    alone = program(folder, "chromium-headless-shell")

    assert servers.browser() == alone


@pytest.mark.parametrize("known", ["chromium-headless-shell", "chromium"])
def test_what_a_release_has_of_browsers_is_installed(folder, monkeypatch, known):
    program(folder, "apt-get")
    monkeypatch.setattr(servers.os, "geteuid", lambda: 0)
    asked = []

    def install(command):
        asked.append(command[-1])
        if command[-1] == known:
            program(folder, known)
        return command[-1] in ("update", known)

    monkeypatch.setattr(servers, "_succeeds", install)

    assert servers.browser_or_install() == (folder / known, f"Installed a browser with apt-get: {folder / known}")
    assert asked == ["update", "chromium-headless-shell", "chromium"][: asked.index(known) + 1]
