"""The grid of the house: an import goes down to a lower layer of any app, or stays in its layer and goes left."""

import ast
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = [
    "desk",
    "trail",
    "staff",
    "files",
    "characteristics",
    "counterparties",
    "rights",
    "exchange",
    "ledger",
    "reports",
    "portal",
    "crm",
]
WORDS, MODELS, DOMAIN, PAGES, ROUTES = range(5)
LAYER_NAMES = ["words", "models", "domain", "pages", "routes"]

#: The longest matching prefix (app/…) or the plain name inside an app says the layer.
LAYERS = {
    "desk/registry": WORDS,
    "desk/text": WORDS,
    "desk/reading": WORDS,
    "desk/said": WORDS,
    "desk/places": WORDS,
    "trail/kinds": WORDS,
    "characteristics/registry": WORDS,
    "counterparties/kinds": WORDS,
    "rights/catalog": WORDS,
    "desk/models": MODELS,
    "desk/fields": MODELS,
    "trail/history": MODELS,
    "desk/ordering": DOMAIN,
    "desk/databases": DOMAIN,
    "desk/intake": DOMAIN,
    "desk/sheets": DOMAIN,
    "desk/columns": PAGES,
    "desk/listing": PAGES,
    "desk/widgets": PAGES,
    "characteristics/types": PAGES,
    "ledger/formats": DOMAIN,
}
USUAL = {
    "models": MODELS,
    "domain": DOMAIN,
    "demo": DOMAIN,
    "pages": PAGES,
    "admin": PAGES,
    "panels": PAGES,
    "menu": PAGES,
    "timeline": PAGES,
    "settings_tabs": PAGES,
    "list_acts": PAGES,
    "finders": PAGES,
    "jobs": PAGES,
    "usage": DOMAIN,
    "file_places": DOMAIN,
    "undoing": DOMAIN,
    "log_ins": DOMAIN,
    "receipts": DOMAIN,
    "sheet_sources": PAGES,
    "sharing": DOMAIN,
    "erasing": DOMAIN,
    "templatetags": PAGES,
    "characteristic_types": PAGES,
    "urls": ROUTES,
    "apps": ROUTES,
    "management": ROUTES,
    "checks": ROUTES,
}
#: A hidden import says why it hides.
REASONS = ("slow import", "app ready", "optional dependency")


def place_of(module: str) -> tuple[int, int] | None:
    """(layer, app number) of a dotted module of ours; None for others and for bare apps."""
    app, *rest = module.split(".")
    if app not in APPS:
        return None
    if app == "crm":
        return ROUTES, APPS.index(app)
    if not rest:
        return None
    layer = LAYERS.get(f"{app}/{rest[0]}", USUAL.get(rest[0]))
    if layer is None:
        raise AssertionError(f"{module.replace('.', '/')} has no layer: name it in tests/test_architecture.py")
    return layer, APPS.index(app)


def imported(source: str, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """(line, dotted module) of every import in a file, those inside functions too."""
    here = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            # `from rights import catalog` and `from . import x` name modules, not things
            names = [f"{name}.{alias.name}" for alias in node.names] if name in APPS or not node.module else [name]
            for each in names:
                yield node.lineno, each


def complaints(path: Path, source: str, root: Path = ROOT) -> list[str]:
    """What a file does against the grid, in words."""
    relative = path.relative_to(root)
    parts = list(relative.with_suffix("").parts)
    is_package = parts[-1] == "__init__"
    module = ".".join(parts[:-1] if is_package else parts)
    here = place_of(module)
    if here is None:
        return []
    found = []
    for line, name in imported(source, module, is_package):
        there = place_of(name)
        if there is None:
            continue
        where = f"{relative}:{line} imports {name}, which is"
        if here[1] != there[1] and APPS[there[1]] == "crm" and APPS[here[1]] != "crm":
            found.append(f"{where} wiring: nobody imports crm")
        elif there[0] > here[0]:
            found.append(f"{where} above it ({LAYER_NAMES[there[0]]} above {LAYER_NAMES[here[0]]})")
        elif there[0] == here[0] and there[1] > here[1]:
            found.append(f"{where} to its right")
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    text = lines[(inner.end_lineno or inner.lineno) - 1] + lines[inner.lineno - 1]
                    if "PLC0415" not in text or not any(reason in text for reason in REASONS):
                        found.append(f"{relative}:{inner.lineno} hides an import without saying why")
    return sorted(set(found))


def our_files() -> list[Path]:
    return [
        path
        for app in APPS
        if (ROOT / app).is_dir()
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def test_every_import_goes_down_or_left():
    found = [each for path in our_files() for each in complaints(path, path.read_text())]

    assert found == []


@pytest.mark.parametrize(
    ("file", "source", "complaint"),
    [
        ("counterparties/domain/archiving.py", "from rights.domain import policy", "to its right"),
        ("counterparties/domain/archiving.py", "from counterparties.pages import card", "above it"),
        ("counterparties/models/type.py", "from characteristics.domain.values import load", "above it"),
        ("desk/registry.py", "import desk.models", "above it"),
        ("characteristics/models/value.py", "from characteristics.types.base import types", "above it"),
        ("trail/pages/history.py", "from staff.pages import profile", "to its right"),
        ("desk/pages/shell.py", "from crm import settings", "wiring"),
        ("rights/domain/policy.py", "from . import matrix\nfrom ..pages import doors", "above it"),
        ("rights/domain/policy.py", "def f():\n    import json", "hides an import"),
        ("rights/domain/policy.py", "def f():\n    import json  # noqa: PLC0415 -- felt like it", "hides an import"),
    ],
)
def test_a_planted_mistake_is_found(file, source, complaint):
    found = complaints(ROOT / file, source)

    assert len(found) == 1
    assert found[0].startswith(file)
    assert complaint in found[0]


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("counterparties/pages/card.py", "from rights.domain import policy"),
        ("rights/pages/matrix.py", "from counterparties.pages import card"),
        ("rights/domain/policy.py", "from . import matrix"),
        ("counterparties/apps.py", "def f():\n    import json  # noqa: PLC0415 -- app ready"),
    ],
)
def test_what_the_grid_allows_is_left_alone(file, source):
    assert complaints(ROOT / file, source) == []


def test_a_module_without_a_layer_is_refused():
    with pytest.raises(AssertionError, match="has no layer"):
        complaints(ROOT / "counterparties/helpers.py", "")


def test_nobody_outside_asks_which_type_a_characteristic_is():
    """`type_code ==` belongs nowhere: ask the object (house style 15)."""
    asking = []
    for path in our_files():
        if "types" in path.parts or "kinds" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Compare):
                for side in (node.left, *node.comparators):
                    if isinstance(side, ast.Attribute) and side.attr in ("type_code", "kind_code"):
                        others = [each for each in (node.left, *node.comparators) if each is not side]
                        if any(isinstance(each, ast.Constant | ast.Tuple | ast.List | ast.Set) for each in others):
                            asking.append(f"{path.relative_to(ROOT)}:{node.lineno}")

    assert asking == []


@pytest.mark.skipif(
    not (ROOT / ".git").exists() or not shutil.which("git"), reason="an unpacked copy does not tell what is kept"
)
def test_what_is_kept_is_files_of_our_own():
    """A link leads to somebody's machine, and what .gitignore names belongs to one checkout: neither is handed on."""
    kept = subprocess.run(["git", "ls-files", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line for line in kept.splitlines() if line.startswith("120000")] == []
    asked = ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"]
    assert subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout == ""
