"""What one tab of a workbook holds, and what it may be called."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

LONGEST_TITLE = 31
FORBIDDEN_IN_TITLE = re.compile(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff:\\/?*\[\]]+")


@dataclass
class Tab:
    """One tab: a header and its rows, which may be made while they are written.

    `widths` are in characters, one a column (None: as wide as the first rows need). `formats` are Excel number
    formats, one a column (None: the usual one). When the tab is written, `cut` tells how many texts were longer
    than a cell may hold, and `cleaned` how many held characters no sheet can carry.
    """

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence]
    widths: Sequence[int] | None = None
    formats: Sequence[str | None] | None = None
    cut: int = 0
    cleaned: int = 0


def letters(column: int) -> str:
    """The name of a column as a sheet shows it: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def safe_title(wished: str, taken: set[str]) -> str:
    """A title that Excel accepts and that no other tab has, whatever the case; it is taken from now on."""
    title, number = _safe(wished), 2
    while title.casefold() in taken:
        ending = f" ({number})"
        title = _fitting(_safe(wished), LONGEST_TITLE - len(ending)) + ending
        number += 1
    taken.add(title.casefold())
    return title


def _safe(wished: str) -> str:
    title = _fitting(FORBIDDEN_IN_TITLE.sub(" ", str(wished)).strip(" '"), LONGEST_TITLE)
    # "History" is the one name that Excel keeps for itself.
    return f"{title}_" if title.casefold() == "history" else title or _("Sheet")


def _fitting(title: str, longest: int) -> str:
    # Excel counts UTF-16 units, so that an emoji counts twice.
    while len(title.encode("utf-16-le")) > 2 * longest:
        title = title[:-1]
    return title.rstrip(" '")
