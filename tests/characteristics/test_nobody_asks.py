"""A type answers for itself: no place outside `types/` and `characteristic_types.py` asks which one it is."""

import ast
from collections.abc import Iterator

import pytest

from characteristics.registry import types
from tests.test_architecture import ROOT, our_files

#: What tells one type from another.
TELLING = ("type_code", "storage")
COMPARED = ast.Constant | ast.Tuple | ast.List | ast.Set


def tells(node: ast.AST) -> bool:
    """`characteristic.type_code`, `each.type.code`, `type_.storage`, or a name made of one of these."""
    if isinstance(node, ast.Name):
        return node.id in TELLING
    if not isinstance(node, ast.Attribute):
        return False
    owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
    return node.attr in TELLING or (node.attr == "code" and owner == "type" and is_of_characteristic(node))


def is_of_characteristic(node: ast.Attribute) -> bool:
    return "counterpart" not in ast.unparse(node)


def asking(source: str) -> Iterator[tuple[int, str]]:
    """(line, what is asked) wherever a source asks for the type by its name, its storage or its class."""
    codes = {each.code for each in types}
    classes = {type(each).__name__ for each in types}
    for node in ast.walk(ast.parse(source)):
        found = False
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            found = any(map(tells, sides)) and any(isinstance(each, COMPARED) for each in sides)
        elif isinstance(node, ast.Subscript):
            found = tells(node.slice)
        elif isinstance(node, ast.Match):
            found = tells(node.subject)
        elif isinstance(node, ast.Call):
            found = any(calls(node, codes, classes))
        elif isinstance(node, ast.ImportFrom):
            found = (node.module or "").startswith("characteristics.types")
        if found:
            yield node.lineno, ast.unparse(node)


def calls(node: ast.Call, codes: set[str], classes: set[str]) -> Iterator[bool]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    first = node.args[0] if node.args else None
    # WIDTHS.get(type.storage): a table of answers that belong to the types
    yield name == "get" and first is not None and tells(first) and ast.unparse(node.func) != "types.get"
    # types.get("date")
    yield name == "get" and ast.unparse(node.func) == "types.get" and isinstance(first, ast.Constant)
    # isinstance(value, Packed) is about a value; isinstance(type_, WithPackage) is about a type
    yield name in ("isinstance", "issubclass") and any(
        isinstance(each, ast.Name | ast.Attribute) and ast.unparse(each).split(".")[-1] in classes
        for each in ast.walk(node.args[1])
    )
    # filter(type_code="date")
    yield any(
        (each.arg or "").split("__")[0] == "type_code" and isinstance(each.value, COMPARED) for each in node.keywords
    ) and name in ("filter", "exclude", "get", "Q", "count")


def is_of_types(parts: tuple[str, ...]) -> bool:
    return "types" in parts or parts[-1] == "characteristic_types.py"


def test_nobody_outside_asks_which_type_it_is():
    found = [
        f"{path.relative_to(ROOT)}:{line} {what}"
        for path in our_files()
        if not is_of_types(path.relative_to(ROOT).parts)
        for line, what in asking(path.read_text())
    ]

    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        "if characteristic.type_code == 'date': ...",
        "if characteristic.type.code in ('file', 'picture'): ...",
        "if each.type.storage != 'text': ...",
        "css = WIDTHS.get(self.type.storage, 'text')",
        "css = WIDTHS[characteristic.type_code]",
        "match characteristic.type_code:\n    case 'date': ...",
        "if isinstance(characteristic.type, Date): ...",
        "if isinstance(type_, (Text, LongText)): ...",
        "number = types.get('number')",
        "from characteristics.types.number import Number",
        "Characteristic.objects.filter(type_code='date')",
        "Value.objects.exclude(characteristic__in=Characteristic.objects.filter(type_code__in=['file', 'picture']))",
    ],
)
def test_a_planted_question_is_found(planted):
    assert list(asking(planted))


def test_what_asks_nothing_is_left_alone():
    innocent = [
        "css = characteristic.type.css",
        "type_ = types.get(characteristic.type_code)",
        "if type_code != characteristic.type_code and not new.holds(old): ...",
        "if isinstance(value, bool): ...",
        "if counterparty_type.code == 'client': ...",
        "facts['type_code'] = entry.code",
    ]

    assert [list(asking(each)) for each in innocent] == [[]] * len(innocent)
