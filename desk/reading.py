"""Reading what people type: numbers, days and yes or no, in the ways of three languages, of sheets and of machines.

Whatever can be meant in one way only is read; whatever cannot is refused with a sentence. Nothing is ever guessed
silently, for a number read a thousand times too large is worse than a question.
"""

import calendar
import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import get_language, override

from desk.said import gettext as _

#: Numbers are kept as whole millionths in 64 bits; beyond this SQLite would round.
LIMIT = Decimal(9_000_000_000_000)
PLACES = 6
LONGEST = 60

#: Spaces people and sheets put between thousands (no-break, narrow, thin, figure), apostrophes, and the printed minus.
SAME_SIGN = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\t", " ")
    | dict.fromkeys("’ʼ`´‘", "'")
    | dict.fromkeys("−–‒﹣-", "-")
)
PLAIN = r"[0-9]+"
GROUPED = r"[1-9][0-9]{0,2}(?:SIGN[0-9]{3})+"


def _number(groups: str, point: str) -> re.Pattern:
    """A number whose thousands are parted by ``groups`` and whose fraction follows ``point``."""
    whole = f"(?:{PLAIN}|{GROUPED.replace('SIGN', re.escape(groups))})"
    return re.compile(f"{whole}(?:{re.escape(point)}[0-9]+)?|{re.escape(point)}[0-9]+", re.ASCII)


#: What separates thousands and what the fraction, first the readings that mean the same in every language.
WAYS = [(" ", ","), (" ", "."), ("'", "."), ("'", ","), (",", "."), (".", ",")]
PATTERNS = {way: _number(*way) for way in WAYS}

YES = frozenset(["yes", "y", "true", "t", "on", "1", "x", "✓", "✔", "☑", "+", "да", "д", "вярно", "истина"])
NO = frozenset(
    ["no", "n", "false", "f", "off", "0", "✗", "✘", "☐", "-", "не", "нет", "н", "невярно", "неистина", "ложь"]
)

ISO_DAY = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
LOCAL_DAY = re.compile(r"([0-9]{1,2})\s?([-/.])\s?([0-9]{1,2})\s?\2\s?([0-9]{4}|[0-9]{2})(?:\s*г\.?)?")
WORD_DAY = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[\s.,-]*([^\W\d_]+)[\s.,-]*([0-9]{4})(?:\s*(?:г|год|года|година)\.?)?"
)
WORD_FIRST_DAY = re.compile(r"([^\W\d_]+)\.?\s*([0-9]{1,2})(?:st|nd|rd|th)?[\s,]+([0-9]{4})")


def read_decimal(text: str | int | float | Decimal, language: str | None = None) -> Decimal:
    """The number somebody means: ``1 234,50``, ``1,234.50``, ``1.234,50`` and ``1'234.5`` are all read.

    A single point is always the fraction's (machines, sheets and keypads write so, and none of our languages parts
    thousands by points). A single comma with three digits behind it is the language's affair: in English it parts
    thousands, in Bulgarian and Russian it begins the fraction.
    """
    if isinstance(text, str | bool):
        return _fitting(Decimal(_plain(str(text), language or get_language() or "en")))
    return _fitting(Decimal(str(text)))


def read_date(text: str | date, language: str | None = None) -> date:
    """The day somebody means; where the month is a figure it stands second: ``31.12.2026``, ``31/12/2026``."""
    if isinstance(text, datetime) and text.time() == time.min:
        return text.date()
    if isinstance(text, date) and not isinstance(text, datetime):
        return text
    typed = " ".join(str(text).split())
    year, month, day = _parts(typed)
    if not year:
        raise ValidationError(
            _("“%(text)s” is not a date. Write day, month and year, for example %(example)s."),
            code="invalid",
            params={"text": typed[:LONGEST], "example": _example_day(language)},
        )
    if not 1 <= month <= 12:
        raise ValidationError(
            _(
                "“%(text)s” is not a date: there is no month %(month)d. The day stands first, then the month: "
                "%(example)s."
            ),
            code="invalid",
            params={"text": typed, "month": month, "example": _example_day(language)},
        )
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise ValidationError(
            _("“%(text)s” is not in the calendar: that month has %(days)d days."),
            code="invalid",
            params={"text": typed, "days": days},
        )
    return date(year, month, day)


def read_flag(text: str | bool | int) -> bool:
    """Yes or no, in any of the three languages, as sheets write them or as a tick."""
    word = str(text).strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValidationError(
        _("“%(text)s” is neither yes nor no. Write yes or no."),
        code="invalid",
        params={"text": str(text).strip()[:LONGEST]},
    )


def _plain(typed: str, language: str) -> str:
    """The number as Python writes it."""
    body = typed.translate(SAME_SIGN).strip()
    sign = "-" if body.startswith("-") else ""
    body = body[1:].strip() if body[:1] in ("-", "+") else body
    if len(body) <= LONGEST:
        ways = sorted(WAYS, key=lambda way: way != _habit(body, language))
        for groups, point in ways:
            if PATTERNS[groups, point].fullmatch(body):
                return sign + body.replace(groups, "").replace(point, ".")
    raise ValidationError(
        _("“%(text)s” cannot be read as a number. Write digits and at most one decimal sign, for example %(example)s."),
        code="invalid",
        params={"text": typed.strip()[:LONGEST], "example": _shown(Decimal("1234.5"), language)},
    )


def _habit(body: str, language: str) -> tuple[str, str]:
    """The reading a language prefers; it matters for one lone comma before three digits, and for nothing else."""
    english = language.split("-")[0] == "en"
    return (",", ".") if english and not body.startswith("0") else (" ", ",")


def _fitting(number: Decimal) -> Decimal:
    """The number, if it can be kept exactly."""
    if not number.is_finite():
        raise ValidationError(
            _("Write a number with digits; “%(text)s” has no value."), code="invalid", params={"text": str(number)}
        )
    if abs(number) > LIMIT:
        raise ValidationError(
            _("The number is too large: it must lie between %(lowest)s and %(highest)s."),
            code="range",
            params={"lowest": _shown(-LIMIT), "highest": _shown(LIMIT)},
        )
    kept = round(number, PLACES)
    if kept != number:
        raise ValidationError(
            _("The number has more than %(limit)d digits after the decimal sign. Round it first."),
            code="places",
            params={"limit": PLACES},
        )
    if not number:
        return Decimal(0)
    exponent = number.as_tuple().exponent
    return kept if isinstance(exponent, int) and exponent < -PLACES else number


def _shown(number: Decimal, language: str | None = None) -> str:
    with override(language or get_language()):
        return formats.number_format(number, use_l10n=True, force_grouping=True)


def _parts(typed: str) -> tuple[int, int, int]:
    """Year, month and day as typed, possible or not; year 0 where it is no date at all."""
    if found := ISO_DAY.fullmatch(typed):
        return int(found[1]), int(found[3]), int(found[4])
    if found := LOCAL_DAY.fullmatch(typed):
        return _full_year(found[4]), int(found[3]), int(found[1])
    if found := WORD_DAY.fullmatch(typed):
        month, day, year = _month(found[2]), found[1], found[3]
    elif found := WORD_FIRST_DAY.fullmatch(typed):
        month, day, year = _month(found[1]), found[2], found[3]
    else:
        return 0, 0, 0
    return (int(year), month, int(day)) if month else (0, 0, 0)


def _full_year(year: str) -> int:
    """Two digits are a year of this century up to twenty years ahead, otherwise of the last one."""
    if len(year) == 4:
        return int(year)
    ahead = date.today().year + 20
    return ahead - (ahead - int(year)) % 100


def _month(word: str) -> int:
    """The month a word names in any of the three languages, in full or cut to three letters or more; 0 for none."""
    word = word.casefold()
    found = {number for name, number in _months() if name == word or (len(word) >= 3 and name.startswith(word))}
    return found.pop() if len(found) == 1 else 0


@cache
def _months() -> frozenset[tuple[str, int]]:
    return frozenset(
        (name.rstrip(".").casefold(), number)
        for language in ("en", "bg", "ru")
        for form in Locale.parse(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in form[width].items()
    )


def _example_day(language: str | None) -> str:
    with override(language or get_language()):
        return formats.date_format(date(2026, 12, 31), "SHORT_DATE_FORMAT")
