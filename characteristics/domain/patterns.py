"""Patterns that texts must match, checked beforehand so that none of them ever takes long.

Python tries the ways in which a pattern may be laid over a text one after the other. How many there are at most can be
counted from the pattern alone, so a pattern that has too many is refused when it is written, and no text is ever asked
to wait. (The slowest that was found had a million ways and took 76 ms; ``(a+)+`` on thirty letters takes a minute.)
"""

import re
from functools import lru_cache
from re import _constants as sign  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: So many ways in which a pattern may be laid over a text are tried at most.
MOST_WAYS = 300_000
#: What takes one sign, or none, in one way only.
SINGLE = {sign.LITERAL, sign.NOT_LITERAL, sign.ANY, sign.IN, sign.AT}
REPEATS = {sign.MAX_REPEAT, sign.MIN_REPEAT}


def check(pattern: str, longest: int) -> None:
    """ValidationError unless it is a pattern which texts of this length can be held against in no time."""
    try:
        parsed = parser.parse(pattern)
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        raise ValidationError(
            _("This is no pattern. Write a regular expression, for example [A-Z]{2}[0-9]{6}.")
        ) from None
    if _ways(parsed, longest) > MOST_WAYS:
        raise ValidationError(
            _(
                "This pattern could take too long: it leaves too many ways to read a text. "
                "Say how often a part may repeat, for example {1,9} instead of +, or set the most characters."
            )
        )


def matches(pattern: str, said: str) -> bool:
    """Does the whole of the text match?"""
    return compiled(pattern).fullmatch(said) is not None


@lru_cache(256)
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _ways(parts: Any, longest: int) -> int:
    """In how many ways, at most, these parts may be laid over so long a text."""
    ways = 1
    for operator, told in parts:
        ways = min(ways * _ways_of(operator, told, longest), MOST_WAYS + 1)
    return ways


def _ways_of(operator: Any, told: Any, longest: int) -> int:
    if operator in SINGLE:
        return 1
    if operator is sign.SUBPATTERN:
        return _ways(told[-1], longest)
    if operator is sign.BRANCH:
        return sum(_ways(branch, longest) for branch in told[1])
    if operator in REPEATS:
        least, most, body = told
        shortest = max(body.getwidth()[0], 1)
        return _ways_repeated(_ways(body, longest), least, min(int(most), longest // shortest))
    raise ValidationError(
        _("References back, looking ahead and looking behind are not used here. Write the pattern without them.")
    )


def _ways_repeated(once: int, least: int, most: int) -> int:
    """Each number of times from the least to the most is a way of its own, times the ways of the body each time."""
    if once == 1:
        return max(most - least, 0) + 1
    ways = 0
    for times in range(least, max(most, least) + 1):
        ways += once ** min(times, MOST_WAYS.bit_length())
        if ways > MOST_WAYS:
            break
    return ways
