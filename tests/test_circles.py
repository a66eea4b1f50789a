"""No file needs, while it is read, one that needs it: the grid leaves siblings free, and here they are looked at."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.test_architecture import ROOT, imported, our_files


def at_once(tree: ast.AST) -> Iterator[ast.stmt]:
    """The imports of a file that come when it is read: those inside functions come later, those for types never."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield from (each for other in node.orelse for each in at_once(other))
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from at_once(node)


def needs(sources: dict[str, tuple[str, bool]]) -> dict[str, set[str]]:
    """Module → the modules it needs first; names taken from a package are modules of it where there are such."""
    found: dict[str, set[str]] = {}
    for module, (source, is_package) in sources.items():
        reached = set()
        for node in at_once(ast.parse(source)):
            taken = [alias.name for alias in node.names] if isinstance(node, ast.ImportFrom) else []
            for _line, name in imported(ast.unparse(node), module, is_package):
                inner = {f"{name}.{each}" for each in taken} & sources.keys()
                reached |= inner or ({name} & sources.keys())
        found[module] = reached - {module}
    return found


def circle(sources: dict[str, tuple[str, bool]]) -> list[str]:
    """One circle as a way from a module back to itself, if there is any."""
    try:
        TopologicalSorter(needs(sources)).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_nothing_goes_in_circles():
    sources = {module_of(path): (path.read_text(), path.name == "__init__.py") for path in our_files()}

    assert circle(sources) == []


@pytest.mark.parametrize(
    ("history", "is_circle"),
    [
        ("from trail.models import Operation", True),
        ("from .models.rule import Rule", True),
        ("class History:\n    import trail.models", True),
        ("from trail.models.operation import Operation", False),
        ("def write():\n    from trail.models import Operation", False),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from trail.models import Operation", False),
    ],
)
def test_a_planted_circle_is_found(history, is_circle):
    sources = {
        "trail.history": (history, False),
        "trail.models": ("from .operation import Operation\nfrom .rule import Rule", True),
        "trail.models.operation": ("", False),
        "trail.models.rule": ("from trail.history import Recorded", False),
    }

    assert bool(circle(sources)) is is_circle
