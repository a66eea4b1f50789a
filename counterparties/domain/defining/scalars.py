"""The small parts of the implementers' file: lists, keys, codes, names, yes and no; each refused where it stands."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from desk.fields import code_validator
from desk.text import clean, code_from

from .plan import Refused

LANGUAGES = ("en", "bg", "ru")
#: Longest code of a settings object.
LONGEST = 32
MOST_PLACES = 2**31 - 1


def items(node: Any, path: str) -> Iterator[tuple[Any, str]]:
    if node is None:
        return
    if not isinstance(node, list):
        raise Refused(path, "a list is expected here; begin each entry with “- ”.")
    for number, each in enumerate(node):
        yield each, f"{path}[{number}]"


def mapping(node: Any, path: str, known: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(node, dict):
        raise Refused(path, f"keys with values are expected here, of these: {', '.join(known)}.")
    unknown = next((key for key in node if key not in known), None)
    if unknown is not None:
        raise Refused(path, f"the key “{unknown}” is not known; known are: {', '.join(known)}.")
    return node


def code(said: dict[str, Any], path: str, key: str = "code") -> str:
    if key not in said:
        raise Refused(path, f"“{key}” is missing.")
    return plain_code(said[key], f"{path}.{key}")


def plain_code(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise Refused(path, f"YAML reads this code as {_read_as(value)}, not as text; put it in quotes.")
    found = value.strip().lower()
    if len(found) > LONGEST:
        raise Refused(path, f"“{found[:LONGEST]}…” has {len(found)} characters; a code has at most {LONGEST}.")
    if not re.search(code_validator.regex, found):
        proposal = code_from(found)
        advice = f"; “{proposal}” would do." if proposal else "."
        raise Refused(path, f"“{found}” is no code: small Latin letters, digits, - and _, a letter first{advice}")
    if found == "new":
        raise Refused(path, "“new” is the address of the page that adds one; choose another code.")
    return found


def _read_as(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "keys with values"
    return "a number" if isinstance(value, int | float) else "a date"


def names(said: dict[str, Any], path: str) -> dict[str, Any]:
    """A name in one text, or one for each language; the name itself is then the first of them that is there."""
    if "name" not in said:
        return {}
    name, where = said["name"], f"{path}.name"
    if not isinstance(name, dict):
        return {"name": _filled(name, where)}
    given = mapping(name, where, LANGUAGES)
    found = {language: _filled(given[language], f"{where}.{language}") for language in LANGUAGES if language in given}
    if not found:
        raise Refused(where, f"a name is missing; give it in one of: {', '.join(LANGUAGES)}.")
    return {"name": next(iter(found.values()))} | {f"name_{language}": each for language, each in found.items()}


def _filled(value: Any, path: str) -> str:
    found = text(value, path)
    if not found:
        raise Refused(path, "a name is missing.")
    return found


def text(value: Any, path: str, *, lines: bool = False) -> str:
    if not isinstance(value, str):
        raise Refused(path, f"YAML reads this as {_read_as(value)}, not as text; put it in quotes.")
    if "\x00" in value:
        raise Refused(path, "a text holds no null characters.")
    return clean(value, lines=lines)


def flag(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise Refused(path, "write true or false here, without quotes.")
    return value


def position(value: Any, path: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_PLACES:
        raise Refused(path, "a position is a whole number from 0 on, for example 10.")
    return value


def most(value: Any, path: str) -> int | None:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST_PLACES):
        raise Refused(path, "write a whole number from 1 on, for example 20, or null for no limit.")
    return value


def spelled(value: Any, path: str) -> str:
    """A number, a day, yes or no, or a text: as people write it. YAML may have read it as such already."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    return value.isoformat() if type(value) is date else text(value, path)


def parent(said: dict[str, Any], path: str) -> dict[str, Any]:
    """The code of the parent; an empty one puts the thing to the top."""
    if "parent" not in said:
        return {}
    return {"parent": None if said["parent"] is None else code(said, path, "parent")}
