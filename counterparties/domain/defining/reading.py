"""Reading the implementers' file. Whatever YAML takes for something else than was meant is refused, never guessed."""

from collections.abc import Callable
from typing import Any

import yaml

from .plan import Entry, NomenclatureEntry, Plan, Refused, TypeEntry
from .scalars import code, flag, items, mapping, most, names, parent, plain_code, position, spelled, text

#: Key of the file → field of the characteristic.
FLAGS = {"required": "is_required", "several": "is_multiple", "in_list": "in_list", "unique": "is_unique"}
CODES = {"type": "type_code", "nomenclature": "nomenclature", "target_type": "target_type"}

#: Limits and the preset answer, as they are written; nothing written takes one away.
LIMITS = ("minimum", "maximum", "pattern", "pattern_hint", "default")


def read(source: str) -> Plan:
    """The plan that a file's text holds."""
    document = _document(source)
    if document is None:
        return Plan()
    sections = mapping(document, "", ("nomenclatures", "characteristics", "types"))
    return Plan(
        nomenclatures=_entries(sections, "", "nomenclatures", _nomenclature),
        characteristics=_entries(sections, "", "characteristics", _characteristic),
        types=_entries(sections, "", "types", _type),
    )


def _document(source: str) -> Any:
    try:
        _refuse_repeated_keys(yaml.compose(source, Loader=yaml.SafeLoader))
        return yaml.safe_load(source)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        raise Refused(f"line {mark.line + 1}" if mark else "", f"this is not YAML: {wrong.problem}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        raise Refused("", f"this is not YAML: {wrong}") from None


def _refuse_repeated_keys(root: yaml.Node | None) -> None:
    """YAML would quietly keep the last of two equal keys."""
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
            twice = next((key for key in keys if keys.count(key) > 1), None)
            if twice is not None:
                raise Refused(f"line {node.start_mark.line + 1}", f"“{twice}” stands here twice; keep one of them.")
            waiting += [value for _key, value in node.value]


def _nomenclature(node: Any, path: str) -> NomenclatureEntry:
    said = mapping(node, path, ("code", "name", "elements"))
    elements = _entries(said, path, "elements", _element)
    return NomenclatureEntry(path, code(said, path), names(said, path), elements)


def _element(node: Any, path: str) -> Entry:
    said = mapping(node, path, ("code", "name", "parent"))
    return Entry(path, code(said, path), names(said, path) | parent(said, path))


def _characteristic(node: Any, path: str) -> Entry:
    said = mapping(node, path, ("code", "name", "definition", "unit", *CODES, *FLAGS, *LIMITS, "max_length"))
    facts: dict[str, Any] = names(said, path)
    facts |= {
        key: text(said[key], f"{path}.{key}", lines=key == "definition")
        for key in ("definition", "unit")
        if key in said
    }
    facts |= {field: flag(said[key], f"{path}.{key}") for key, field in FLAGS.items() if key in said}
    facts |= {field: code(said, path, key) for key, field in CODES.items() if key in said}
    facts |= {key: spelled(said[key], f"{path}.{key}") for key in LIMITS if key in said}
    if "max_length" in said:
        facts["max_length"] = most(said["max_length"], f"{path}.max_length")
    return Entry(path, code(said, path), facts)


def _type(node: Any, path: str) -> TypeEntry:
    said = mapping(node, path, ("code", "name", "parent", "position", "characteristics", "characteristics_exactly"))
    if "characteristics" in said and "characteristics_exactly" in said:
        raise Refused(path, "“characteristics” adds and “characteristics_exactly” replaces; write one of them.")
    facts = names(said, path) | parent(said, path)
    if "position" in said:
        facts["position"] = position(said["position"], f"{path}.position")
    key = "characteristics_exactly" if "characteristics_exactly" in said else "characteristics"
    codes = [plain_code(each, where) for each, where in items(said.get(key, []), f"{path}.{key}")]
    _refuse_repeated(codes, f"{path}.{key}")
    return TypeEntry(path, code(said, path), facts, codes, key == "characteristics_exactly")


def _entries(said: dict[str, Any], path: str, key: str, reader: Callable[[Any, str], Any]) -> list[Any]:
    """The entries of one list of the file, each code once."""
    where = f"{path}.{key}" if path else key
    found = [reader(node, here) for node, here in items(said.get(key, []), where)]
    _refuse_repeated([entry.code for entry in found], where)
    return found


def _refuse_repeated(codes: list[str], path: str) -> None:
    for number, each in enumerate(codes):
        first = codes.index(each)
        if first != number:
            raise Refused(f"{path}[{number}]", f"“{each}” stands here already at {path}[{first}]; keep one of them.")
