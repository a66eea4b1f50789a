"""Values as the XML of their cells.

Exactness wins over type: Excel keeps 15 digits of a number and no day before March 1900 (it believes in a
29 February 1900), so a longer number and an earlier day are written as text, in full.
"""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone

GENERAL, DAY, MOMENT, HEADER, TEXT, LINES = range(6)
EXACT_DIGITS = 15
LONGEST_TEXT = 32_767
EPOCH = dt.date(1899, 12, 30).toordinal()
FIRST_SURE_DAY = dt.date(1900, 3, 1)
MICROSECONDS_OF_DAY = 86_400_000_000
REMEMBERED, REMEMBERED_LENGTH = 20_000, 64

# What no XML can carry. A carriage return is carried, in Excel's own spelling, as XML would make it a line feed.
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
NEEDS_CARE = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_|^[\\s=+@\\-0-9]|\\s\\Z")
WOULD_CHANGE_WHEN_EDITED = re.compile(r"[=+@\-0-9]")


class Cells:
    """Makes the cells of one tab and counts what it could not write whole."""

    def __init__(self):
        self.cut = self.cleaned = 0
        self._known = {}

    def cell(self, value, style: int = GENERAL) -> str:
        """One value as one cell; the style is its column's, 0 for the usual one."""
        kind = type(value)
        if kind is str:
            return self._known.get(value) or self.text(value)
        if value is None:
            return "<c/>"
        write = BY_TYPE.get(kind)
        written = write(value, style) if write else None
        return self.text(_plain(value)) if written is None else written

    def text(self, value: str, style: int | None = None) -> str:
        """A text as a cell that stays this text, also when somebody edits it."""
        if not value:
            return _styled_cell(style)
        if style is None and len(value) <= REMEMBERED_LENGTH and not NEEDS_CARE.search(value):
            made = f'<c t="inlineStr"><is><t>{value}</t></is></c>'
            # Types, statuses and elements repeat thousands of times in a sheet.
            if len(self._known) < REMEMBERED:
                self._known[value] = made
            return made
        value = self._carried(self._fitting(value))
        if style is None:
            style = _text_style(value)
        escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f'<c{_styled(style)} t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'

    def _fitting(self, value: str) -> str:
        # The limit counts UTF-16 units; only a long text is worth counting.
        if len(value) <= LONGEST_TEXT // 2:
            return value
        units = value.encode("utf-16-le", "surrogatepass")
        if len(units) <= 2 * LONGEST_TEXT:
            return value
        self.cut += 1
        return units[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore") + "…"

    def _carried(self, value: str) -> str:
        clean = IMPOSSIBLE.sub("", value)
        if clean != value:
            self.cleaned += 1
        return LOOKS_ESCAPED.sub("_x005F_", clean).replace("\r", "_x000D_")


def is_exact_number(value: Decimal) -> bool:
    """Whether Excel would give this number back digit for digit."""
    if not value.is_finite():
        return False
    digits = value.normalize().as_tuple().digits
    return len(digits) <= EXACT_DIGITS and (not value or -300 < value.adjusted() < 300)


def local(value: dt.datetime) -> dt.datetime:
    """A moment as the office's clock showed it, without its zone."""
    return timezone.make_naive(value) if value.tzinfo else value


def _styled(style: int) -> str:
    return f' s="{style}"' if style else ""


def _styled_cell(style: int | None) -> str:
    return f"<c{_styled(style or GENERAL)}/>"


def _text_style(value: str) -> int:
    if "\n" in value:
        return LINES
    # Excel shows a longer text of this style as ####.
    return TEXT if len(value) < 256 and WOULD_CHANGE_WHEN_EDITED.match(value) else GENERAL


def _whole(value: int, style: int) -> str | None:
    return f"<c{_styled(style)}><v>{value}</v></c>" if abs(value) < 10**EXACT_DIGITS else None


def _decimal(value: Decimal, style: int) -> str | None:
    return f"<c{_styled(style)}><v>{value}</v></c>" if is_exact_number(value) else None


def _float(value: float, style: int) -> str | None:
    return f"<c{_styled(style)}><v>{value!r}</v></c>" if value - value == 0 else None


def _bool(value: bool, style: int) -> str:
    return f'<c t="b"><v>{int(value)}</v></c>'


def _day(value: dt.date, style: int) -> str | None:
    if value < FIRST_SURE_DAY:
        return None
    return f'<c s="{style or DAY}"><v>{value.toordinal() - EPOCH}</v></c>'


def _moment(value: dt.datetime, style: int) -> str | None:
    value = local(value)
    if value.date() < FIRST_SURE_DAY:
        return None
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    part = (seconds * 1_000_000 + value.microsecond) / MICROSECONDS_OF_DAY
    return f'<c s="{style or MOMENT}"><v>{value.toordinal() - EPOCH + part!r}</v></c>'


def _plain(value) -> str:
    """A value no typed cell can hold, as the text a person would write."""
    if isinstance(value, dt.datetime):
        return local(value).isoformat(" ", "seconds")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


BY_TYPE: dict[type, Callable[[Any, int], str | None]] = {
    int: _whole,
    Decimal: _decimal,
    float: _float,
    bool: _bool,
    dt.date: _day,
    dt.datetime: _moment,
}
