"""What the office depends on is pinned, used, and the same for work and for tests."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["crm", "desk", "trail", "staff", "files", "characteristics", "counterparties", "rights", "exchange"]
NOT_IMPORTED_BY_US = {
    "psycopg": "Django opens PostgreSQL with it",
    "granian": "it serves us, not we it",
    "defusedxml": "openpyxl reads XML through it when it is there",
}


def names(file):
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {plain(re.split(r"[\[<>=!;\s]", line)[0]) for line in lines if line and not line.startswith(("#", "-"))}


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, flags=re.MULTILINE))


def used():
    """Packages whose modules our code imports, or names in a string, as settings do."""
    modules = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                modules |= modules_of(node)
    owners = packages_distributions()
    return {plain(package) for module in modules for package in owners.get(module, [])}


def modules_of(node):
    match node:
        case ast.Import(names=imported):
            return {alias.name.split(".")[0] for alias in imported}
        case ast.ImportFrom(module=str(module), level=0):
            return {module.split(".")[0]}
        case ast.Constant(value=str(text)) if re.fullmatch(r"[a-z_]+(\.\w+)*", text):
            return {text.split(".")[0]}
    return set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-s3.lock"])
def test_a_lock_pins_every_package_with_a_hash_and_names_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]

    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block or "==" not in block] == []
    assert re.findall(r"https?://\S+|file:\S+", text) == []


def test_what_is_required_is_locked():
    assert names("requirements.in") - {plain(name) for name in pins("requirements.lock")} == set()
    assert names("requirements-dev.in") - {plain(name) for name in pins("requirements-dev.lock")} == set()
    assert names("requirements-s3.in") - {plain(name) for name in pins("requirements-s3.lock")} == set()


def test_the_tests_run_on_the_same_versions_as_the_office():
    work, tests = pins("requirements.lock"), pins("requirements-dev.lock")

    assert {name: tests.get(name) for name in work} == work


def test_everything_required_is_used():
    assert names("requirements.in") - used() - NOT_IMPORTED_BY_US.keys() == set()


def test_everything_imported_is_required():
    indirect = used() - names("requirements.in")

    assert indirect - {plain(name) for name in sys.stdlib_module_names} == set()


def test_every_required_package_is_explained():
    told = (ROOT / "docs/decisions/0001-dependencies.md").read_text(encoding="utf-8").lower()

    assert {name for name in names("requirements.in") if name not in told} == set()
