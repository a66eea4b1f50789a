"""What we took from others is what they gave, and our own sheets get along with it."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

STATIC = Path(__file__).resolve().parent.parent / "static"
VENDOR = STATIC / "vendor"
TEMPLATES = STATIC.parent / "templates"
LOCK = json.loads((VENDOR / "vendor.lock.json").read_text(encoding="utf-8"))
FILES = {name: facts for package in LOCK.values() for name, facts in package["files"].items()}
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")

#: Classes of Tabler we dress on purpose; any other shared name would be an accident.
DRESSED = {
    "btn", "btn-primary", "form-check-input", "form-check-label", "form-control", "form-label", "form-select",
    "is-invalid", "small", "strong", "w-auto",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_vendored_file_is_the_one_that_was_locked(name: str) -> None:
    content = (VENDOR / name).read_bytes()

    digest = base64.b64encode(hashlib.sha384(content).digest()).decode()

    assert {"sha384": digest, "bytes": len(content)} == FILES[name]


def test_nothing_is_vendored_beside_the_lock() -> None:
    present = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}

    assert present == set(FILES) | {"vendor.lock.json", "LICENSES.txt"}


@pytest.mark.parametrize("package", LOCK)
def test_every_package_says_its_version_and_its_licence_is_kept(package: str) -> None:
    facts = LOCK[package]

    assert re.fullmatch(r"\d+\.\d+\.\d+", facts["version"])
    title = f"{package} {facts['version']} ({facts['licence']})"
    assert title in (VENDOR / "LICENSES.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((".css", ".js"))])
def test_no_vendored_file_asks_for_a_source_map(name: str) -> None:
    assert "sourceMappingURL" not in (VENDOR / name).read_text(encoding="utf-8")


def test_every_icon_of_a_template_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (VENDOR / "icons/sprite.svg").read_text(encoding="utf-8")))

    used = {
        name
        for page in TEMPLATES.rglob("*.html")
        for name in re.findall(r'(?:{% icon |icon_name=)"([^"]+)"', page.read_text(encoding="utf-8"))
    }

    assert used - drawn == set()
    assert drawn == set(LOCK["@tabler/icons"]["icons"])


def test_our_class_names_do_not_meet_those_of_the_kit() -> None:
    theirs = set(CLASS.findall((VENDOR / "tabler/tabler.min.css").read_text(encoding="utf-8")))

    ours = {name for sheet in _sheets() for name in CLASS.findall(_selectors(sheet))}

    assert ours & theirs == DRESSED


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("desk/*.css")), ids=lambda sheet: sheet.name)
def test_our_sheets_use_no_remote_host_and_only_named_colours(sheet: Path) -> None:
    text = COMMENT.sub("", sheet.read_text(encoding="utf-8"))

    assert re.findall(r"https?:|@import", text) == []
    # The bar of a look stands over Django's own pages too, which know none of our colours.
    if sheet.name not in ("tokens.css", "look.css"):
        # White on a filled button and on paper is the same in both themes.
        assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", text)) <= {"#fff", "#000"}


@pytest.mark.parametrize("script", sorted(STATIC.glob("desk/*.js")), ids=lambda script: script.name)
def test_a_script_is_small_and_keeps_nothing_in_the_browser(script: Path) -> None:
    text = script.read_text(encoding="utf-8")

    assert len(text.splitlines()) < 60
    assert re.findall(r"\beval\(|new Function|innerHTML|localStorage|sessionStorage|https?:", text) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [("ink", "surface"), ("muted", "surface"), ("muted", "canvas"), ("muted", "sunken"), ("muted", "hover")]
    + [("muted", "accent-soft"), ("accent", "surface"), ("accent", "canvas"), ("accent", "accent-soft")]
    + [(colour, "surface") for colour in ("green", "teal", "amber", "red", "slate", "violet")]
    + [(colour, f"{colour}-soft") for colour in ("green", "teal", "amber", "red", "slate", "violet")],
)
def test_words_stand_out_from_their_ground(ink: str, ground: str, theme: str) -> None:
    colours = _tokens()

    light, dark = sorted((_luminance(colours[name][theme]) for name in (ink, ground)), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["surface", "canvas", "sunken"])
def test_the_edge_of_a_control_can_be_seen(ground: str, theme: str) -> None:
    colours = _tokens()

    light, dark = sorted((_luminance(colours[name][theme]) for name in ("control", ground)), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 3


def _sheets() -> list[str]:
    return [COMMENT.sub("", sheet.read_text(encoding="utf-8")) for sheet in STATIC.glob("desk/*.css")]


def _selectors(sheet: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", sheet)


def _tokens() -> dict[str, dict[str, str]]:
    text = (STATIC / "desk/tokens.css").read_text(encoding="utf-8")
    pairs: list[Any] = re.findall(r"--([\w-]+): ?light-dark\((#\w+), ?(#\w+)\)", text)
    return {name: {"light": light, "dark": dark} for name, light, dark in pairs}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
