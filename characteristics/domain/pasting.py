"""Many elements at once, a line each: ``code;name``, a name alone, or ``code;name;code of the one it stands under``.

All lines are taken in, in one operation, or none of them: each wrong one is told by its number.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from characteristics.models import Element, Nomenclature
from desk import text
from desk.databases import attempt
from desk.fields import code_validator
from trail.domain import in_bulk
from trail.domain import settings as acts
from trail.domain.operations import operation

#: So many lines are taken in at once.
MOST = 20_000
LONGEST_CODE, LONGEST_NAME = 32, 200
#: Addresses of pages of their own.
RESERVED = ("new",)


@dataclass
class Line:
    """One element as somebody wrote it. ``parent`` is None where nothing was said about it."""

    number: int
    code: str
    name: str
    parent: str | None = None
    names: dict[str, str] = field(default_factory=dict)


#: The number of a line and what is wrong with it.
Complaint = tuple[int, str]


class Refused(Exception):
    """Lines that cannot be taken in, each with a sentence."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        self.complaints = [sentence for _number, sentence in sorted(complaints)]
        super().__init__("\n".join(self.complaints))


def read(written: str, nomenclature: Nomenclature | None = None) -> list[Line]:
    """The lines of a text, to be added to a nomenclature; Refused tells all that is wrong with them.

    Line ends after the last one are forgiven.
    """
    rows = text.NEWLINES.sub("\n", written).rstrip("\n \t").split("\n") if written.strip() else []
    if len(rows) > MOST:
        told = {"count": len(rows), "limit": MOST}
        raise Refused([(0, _("These are %(count)d lines; at most %(limit)d are taken in at once.") % told)])
    numbered = list(enumerate(rows, start=1))
    blank = _("Line %(number)d is empty.")
    empty = [(number, blank % {"number": number}) for number, row in numbered if not row.strip()]
    lines = [_line(number, row) for number, row in numbered if row.strip()]
    known = _known(nomenclature)
    complaints = [*empty, *check(lines), *_there_already(lines, known), *strays(lines, known)]
    if complaints:
        raise Refused(complaints)
    return lines


def _line(number: int, row: str) -> Line:
    parts = [text.clean(part.replace("\x00", "")) for part in row.split(";", 2)]
    if len(parts) == 1:
        return Line(number, text.code_from(parts[0]), parts[0])
    code, name, *parent = parts
    return Line(number, code.lower(), name, parent[0].lower() if parent and parent[0] else None)


def _known(nomenclature: Nomenclature | None) -> dict[str, Element]:
    return {each.code: each for each in nomenclature.elements.all()} if nomenclature else {}


def check(lines: Iterable[Line]) -> list[Complaint]:
    """What is wrong with the lines themselves: codes, names, and codes that come twice."""
    first: dict[str, int] = {}
    complaints = []
    for line in lines:
        if why := _wrong(line):
            complaints.append((line.number, why))
        elif line.code in first:
            told = {"number": line.number, "code": line.code, "first": first[line.code]}
            complaints.append((line.number, _("Line %(number)d: “%(code)s” stands in line %(first)d already.") % told))
        first.setdefault(line.code, line.number)
    return complaints


def _wrong(line: Line) -> str:
    told: dict[str, Any] = {"number": line.number, "code": line.code, "limit": LONGEST_CODE}
    if not line.name:
        return _("Line %(number)d has no name. Write: code;name") % told
    if not line.code:
        told["name"] = line.name[:40]
        return _("Line %(number)d: no code can be made from “%(name)s”. Write: code;name") % told
    if not re.search(code_validator.regex, line.code):
        if proposal := text.code_from(line.code):
            sentence = _("Line %(number)d: a code is short and Latin, so “%(code)s” is none; “%(proposal)s” would do.")
            return sentence % {**told, "proposal": proposal}
        return _("Line %(number)d: a code is short and Latin, so “%(code)s” is none.") % told
    if len(line.code) > LONGEST_CODE:
        return _("Line %(number)d: a code has at most %(limit)d characters.") % told
    if line.code in RESERVED:
        return _("Line %(number)d: “%(code)s” is the address of a page of its own. Choose another code.") % told
    if max(len(name) for name in (line.name, *line.names.values())) > LONGEST_NAME:
        return _("Line %(number)d: a name has at most %(limit)d characters.") % {**told, "limit": LONGEST_NAME}
    return ""


def add(nomenclature: Nomenclature, lines: Sequence[Line], *, by: Any) -> int:
    """Take all of them in, behind those that are there; Refused when one is there already."""

    def act() -> int:
        with operation(acts.KIND, by=by):
            hold(nomenclature)
            put(nomenclature, lines)
        return len(lines)

    return attempt(act)


def hold(nomenclature: Nomenclature) -> None:
    """Until the operation is over nobody else adds or moves elements here."""
    list(Nomenclature.objects.select_for_update(no_key=True).filter(pk=nomenclature.pk))


def put(nomenclature: Nomenclature, lines: Sequence[Line]) -> None:
    """New elements, a line each, inside the caller's operation; asked once more, somebody may have been faster."""
    if not lines:
        return
    known = _known(nomenclature)
    if complaints := [*_there_already(lines, known), *strays(lines, known)]:
        raise Refused(complaints)
    places = {line.code: place for place, line in enumerate(lines, start=len(known) + 1)}
    for level in levels(lines):
        made = [
            Element(
                nomenclature=nomenclature,
                parent=known[line.parent] if line.parent else None,
                code=line.code,
                name=line.name,
                position=places[line.code],
                **line.names,
            )
            for line in level
        ]
        in_bulk.add(made)
        known.update((each.code, each) for each in made)


def stand(nomenclature: Nomenclature | None, lines: Sequence[Line]) -> bool:
    """Are these lines all that the nomenclature holds?"""
    known = nomenclature.elements.order_by("position", "pk") if nomenclature else Element.objects.none()
    held = known.values_list("code", "name", "parent__code")
    return list(held) == [(line.code, line.name, line.parent) for line in lines]


def _there_already(lines: Iterable[Line], known: Mapping[str, Element]) -> list[Complaint]:
    complaints = []
    for line in lines:
        if found := known.get(line.code):
            told = {"number": line.number, "code": line.code, "name": found.label}
            if found.is_stopped:
                sentence = _("Line %(number)d: “%(code)s” is there already: %(name)s, which is stopped.")
            else:
                sentence = _("Line %(number)d: “%(code)s” is there already: %(name)s.")
            complaints.append((line.number, sentence % told))
    return complaints


def strays(lines: Sequence[Line], known: Iterable[str]) -> list[Complaint]:
    """Lines that stand under nobody, or under themselves."""
    deep = _depths(lines)
    present = {*deep, *known}
    complaints = []
    for line in lines:
        told = {"number": line.number, "code": line.parent}
        if line.parent and line.parent not in present:
            sentence = _("Line %(number)d: there is no element “%(code)s” to stand under.")
            complaints.append((line.number, sentence % told))
        elif deep[line.code] is None:
            complaints.append((line.number, _("Line %(number)d: an element cannot stand under itself.") % told))
    return complaints


def levels(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines in portions: parents come in a portion before their children."""
    found: dict[int, list[Line]] = defaultdict(list)
    deep = _depths(lines)
    for line in lines:
        found[deep[line.code] or 0].append(line)
    return [found[depth] for depth in sorted(found)]


def _depths(lines: Iterable[Line]) -> dict[str, int | None]:
    """Code → how deep it stands among these lines; None where it stands under itself."""
    parents = {line.code: line.parent for line in lines}
    found: dict[str, int | None] = {}
    for code in parents:
        way: dict[str, None] = {}
        step: str | None = code
        while step is not None and step in parents and step not in found and step not in way:
            way[step] = None
            step = parents[step]
        is_ring = step in way
        depth = found.get(step, -1) if step is not None else -1
        for each in reversed(way):
            depth = None if is_ring or depth is None else depth + 1
            found[each] = depth
    return found
