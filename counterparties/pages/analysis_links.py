"""From a number to the list of those it counts: the list's own question, narrowed to a row and a column."""

from collections.abc import Iterable
from typing import Any

from counterparties.domain.analysing.cuts import Cut, Part
from desk.pages.addresses import Address

#: By the ending of a name in an address: does it say the lower end?
LOWER = {"_after": True, "_min": True, "_before": False, "_max": False}


class Links:
    """Addresses of the list behind each number; none where no filter of the list can say the same."""

    def __init__(self, analysis: Any) -> None:
        self._address = analysis.list_address
        self._asked = analysis.question.asked
        self._question = analysis.question

    def to(self, *parts: tuple[Cut, Part | None]) -> str:
        """The list of those who stand in all of these parts; None is the total."""
        pairs = dict[str, list[str]]()
        for name, value in self._address.pairs:
            pairs.setdefault(name, []).append(value)
        for cut, part in parts:
            if part is None:
                continue
            narrowed = self._narrowed(cut, part, pairs)
            if narrowed is None:
                return ""
            pairs |= narrowed
        return str(Address(self._address.path, [(name, each) for name, values in pairs.items() for each in values]))

    def _narrowed(self, cut: Cut, part: Part, pairs: dict[str, list[str]]) -> dict[str, list[str]] | None:
        if part.asked is None or not all(map(self._is_offered, part.asked)):
            return None
        if cut.is_bounded:
            # One who says several numbers may answer each bound with another one.
            is_asked = cut.filter_key in self._asked.answers
            return None if is_asked and cut.is_multiple else _within(part, pairs)
        ((name, code),) = part.asked.items()
        codes = _codes(cut, code, pairs.get(name, ()))
        return None if codes is None else {name: codes}

    def _is_offered(self, name: str) -> bool:
        found = self._question.find(name)
        return found is not None and name in found.fields()


def _within(part: Part, pairs: dict[str, list[str]]) -> dict[str, list[str]]:
    """The narrower of the ends that are asked already and those of the part."""
    found = {}
    for name, end in (part.asked or {}).items():
        lower = next(is_lower for ending, is_lower in LOWER.items() if name.endswith(ending))
        ends = [*pairs.get(name, ()), end]
        found[name] = [(max if lower else min)(ends, key=_size)]
    return found


def _size(said: str) -> Any:
    """Days are spelled so that they compare as they stand; numbers do not."""
    return said if said[4:5] == "-" else float(said)


def _codes(cut: Cut, code: str, asked: Iterable[str]) -> list[str] | None:
    """What the filter is to ask for, so that it finds those of the part among those who are asked for already."""
    asked = list(asked)
    if not asked or any(code in cut.family(each) for each in asked):
        return [code]
    below = [each for each in asked if each in cut.family(code)]
    return below if below and (len(asked) == 1 or not cut.is_multiple) else None
