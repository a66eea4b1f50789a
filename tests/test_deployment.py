"""Containers are built elsewhere; that they are told everything the settings ask for is seen here."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ASKED = re.compile(r'(?:env\.\w+|flag|choice|read)\(\s*"([A-Z][A-Z_0-9]+)"')


def asked():
    """The variables that the settings read, by their names."""
    sources = [(ROOT / "crm" / name).read_text(encoding="utf-8") for name in ("env.py", "settings.py")]
    return {name for source in sources for name in ASKED.findall(source)}


@pytest.mark.parametrize(
    ("file", "said"), [("README.md", "`%s`"), (".env.example", "\n#?%s="), ("docker-compose.yml", "\n +%s: ")]
)
def test_whatever_the_settings_ask_for_can_be_said(file, said):
    text = (ROOT / file).read_text(encoding="utf-8")

    unsaid = {name for name in asked() if not re.search(said % name, text)}

    assert unsaid == set()
    assert len(asked()) > 20


def test_containers_are_told_nothing_that_an_example_does_not_explain():
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")

    unexplained = {name for name in re.findall(r"\$\{([A-Z_0-9]+)", compose) if not re.search(f"\n#?{name}=", example)}

    assert unexplained == set()
