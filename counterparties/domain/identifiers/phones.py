"""Telephone numbers: any phone is kept as its owner writes it, a mobile in the one form machines can call."""

import re
from functools import lru_cache

import phonenumbers
from django.core.exceptions import ValidationError
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from desk.places import country_name
from desk.said import gettext as _

from .spelling import as_written, shortened

FEWEST, MOST = 3, 20
#: "ext" stands between the number and the extension, in whatever way it is shortened.
EXTENSION = re.compile(r"(?<![^\W\d_])(?:extension|extn|ext|x|вътр|доб)\.?(?=\s*[0-9])", re.IGNORECASE)
FOREIGN_SIGN = re.compile(r"[^0-9+()\-./ ]")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def digits(text: str) -> str:
    """The bare digits: what a phone is found by, however it is spaced."""
    return "".join(sign for sign in text if sign in "0123456789")


def check_phone(text: str) -> str:
    """A phone as its owner writes it: digits, and the signs people put between them."""
    written = as_written(text)
    if not written:
        return ""
    plain = EXTENSION.sub("", written).translate(DASHES)
    if odd := FOREIGN_SIGN.search(plain):
        raise ValidationError(
            _(
                "“%(sign)s” does not belong in a phone number. Write digits, spaces and + ( ) - . / only, for "
                "example +359 2 987 6543 ext 12."
            ),
            code="invalid",
            params={"sign": odd.group()},
        )
    if "+" in plain.removeprefix("(").removeprefix("+"):
        raise ValidationError(
            _("A + stands only at the beginning of a phone number, for example +359 2 987 6543."), code="invalid"
        )
    count = len(digits(plain))
    if not FEWEST <= count <= MOST:
        raise ValidationError(
            _("A phone number has %(fewest)d to %(most)d digits; this one has %(count)d."),
            code="length",
            params={"fewest": FEWEST, "most": MOST, "count": count},
        )
    return written


def check_mobile(text: str, country: str) -> str:
    """A mobile in international form (+359888123456), so that it can be called and written to from anywhere."""
    written = as_written(text).translate(DASHES)
    if not written:
        return ""
    if not country and not written.startswith("+"):
        raise ValidationError(
            _(
                "Choose the country of this mobile, or begin it with + and the country's number, for example "
                "+359 88 812 3456."
            ),
            code="country",
        )
    try:
        number = phonenumbers.parse(written, country or None)
    except NumberParseException:
        number = None
    # Letters are keys to the library (0800-TAXI), and an extension cannot receive a message.
    if (
        number is None
        or number.extension
        or any(sign.isalpha() for sign in written)
        or not phonenumbers.is_valid_number(number)
    ):
        raise _mobile_refused(written, country)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


@lru_cache(maxsize=4096)
def show_phone(e164: str, country: str) -> str:
    """A kept mobile as people write it: the home way inside the reader's country, the international way elsewhere."""
    try:
        number = phonenumbers.parse(e164, None)
    except NumberParseException:
        return e164
    at_home = phonenumbers.region_code_for_number(number) == country
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    )


def _mobile_refused(written: str, country: str) -> ValidationError:
    if not (example := _mobile_of(country)):
        return ValidationError(
            _(
                "%(number)s is not a possible phone number. Begin it with + and the country's number, for "
                "example +359 88 812 3456."
            ),
            code="invalid",
            params={"number": shortened(written)},
        )
    return ValidationError(
        _("%(number)s is not a possible mobile (%(country)s). A right one is written %(example)s."),
        code="invalid",
        params={
            "number": shortened(written),
            "country": country_name(country),
            "example": example,
        },
    )


def _mobile_of(country: str) -> str:
    """A mobile of this country to show, or nothing where it has none."""
    if country == "BG":
        return "+359 88 812 3456"  # the library's own example belongs to a network nobody knows
    example = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE) if country else None
    return phonenumbers.format_number(example, PhoneNumberFormat.INTERNATIONAL) if example else ""
