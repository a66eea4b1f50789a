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
FIRST_SURE_DAY, FIRST_SURE_MOMENT = dt.date(1900, 3, 1), dt.datetime(1900, 3, 1)
EPOCH_MOMENT, ONE_DAY = dt.datetime(1899, 12, 30), dt.timedelta(days=1)

# What no XML can carry. A carriage return is carried, in Excel's own spelling, as XML would make it a line feed.
IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
MARKUP = re.compile("[&<>]")
CHANGES_WHEN_EDITED = frozenset("=+@-0123456789")
#: Excel shows a text that stays itself as #### from this length on.
LONG = 256

NOTHING = "<c/>"
INLINE, KEPT, END = 't="inlineStr"><is><t>', 't="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
USUAL, STAYS = f"<c {INLINE}", f'<c s="{TEXT}" {INLINE}'


class Cells:
    """Makes the cells of one tab and counts what it could not write whole."""

    def __init__(self):
        self.cut = self.cleaned = 0

    def cell(self, value: Any, style: int = GENERAL) -> str:
        """One value as one cell; the style is its column's, 0 for the usual one."""
        if value is None:
            return NOTHING
        write = BY_TYPE.get(type(value))
        written = write(value, style) if write else None
        return self.text(_plain(value)) if written is None else written

    def text(self, value: str, style: int | None = None) -> str:
        """A text as a cell that stays this text, also when somebody edits it."""
        if not value:
            return f"<c{styled(style or GENERAL)}/>"
        value = self._carried(self._fitting(value))
        if style is None:
            style = _text_style(value)
        return f"<c{styled(style)} {KEPT}{escaped(value)}{END}"

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


def styled(style: int) -> str:
    return f' s="{style}"' if style else ""


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _text_style(value: str) -> int:
    if "\n" in value:
        return LINES
    return TEXT if len(value) < LONG and value[:1] in CHANGES_WHEN_EDITED else GENERAL


def _whole(value: int, style: int) -> str | None:
    return f"<c{styled(style)}><v>{value}</v></c>" if abs(value) < 10**EXACT_DIGITS else None


def _decimal(value: Decimal, style: int) -> str | None:
    said = str(value)
    # So short a number has no more digits than Excel keeps; only a longer one is worth counting.
    is_short = len(said) <= EXACT_DIGITS and "E" not in said and value.is_finite()
    return f"<c{styled(style)}><v>{said}</v></c>" if is_short or is_exact_number(value) else None


def _float(value: float, style: int) -> str | None:
    return f"<c{styled(style)}><v>{value!r}</v></c>" if value - value == 0 else None


def _bool(value: bool, style: int) -> str:
    return f'<c t="b"><v>{int(value)}</v></c>'


def _day(value: dt.date, style: int) -> str | None:
    if value < FIRST_SURE_DAY:
        return None
    return f'<c s="{style or DAY}"><v>{value.toordinal() - EPOCH}</v></c>'


def _moment(value: dt.datetime, style: int) -> str | None:
    value = local(value)
    if value < FIRST_SURE_MOMENT:
        return None
    return f'<c s="{style or MOMENT}"><v>{(value - EPOCH_MOMENT) / ONE_DAY!r}</v></c>'


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
