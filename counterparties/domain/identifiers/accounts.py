"""Bank account numbers (IBAN, and those of banks that give none) and bank codes (BIC)."""

import re
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from stdnum import bic, iban, numdb
from stdnum.exceptions import InvalidChecksum, InvalidComponent
from stdnum.exceptions import ValidationError as NotValid

from desk.places import country_name
from desk.said import gettext as _

from .spelling import LOOKALIKES, as_written, compact, shortened

IBAN_EXAMPLE = "BG80 BNBG 9661 1020 3456 78"
BIC_EXAMPLE = "UNCRBGSF"
#: No bank gives longer numbers; the longest IBANs have as many.
LONGEST = 34
#: The country's two letters and two check digits.
BEGINS = re.compile(r"[A-Z]{2}[0-9]{2}")
#: No country's IBANs are shorter.
SHORTEST = 15
#: The parts of an account number as the registry of IBANs writes them: *4!a6!n8!c*.
PART = re.compile(r"([0-9]+)!([nac])")


@cache
def _parts(country: str) -> tuple[tuple[int, str], ...]:
    """How long each part is behind the check digits, and of which signs; nothing where a country gives no IBANs."""
    known = numdb.get("iban").info(country)[0][1]
    return tuple((int(length), signs) for length, signs in PART.findall(known.get("bban", "")))


def iban_length(country: str) -> int:
    """How long the country's IBANs are; 0 where it gives none."""
    return 4 + sum(length for length, _signs in _parts(country)) if _parts(country) else 0


def is_whole_iban(said: str) -> bool:
    """Is it as long as an IBAN of the country it begins with? Whether it is right is another question."""
    return bool(BEGINS.match(said)) and len(said) == iban_length(said[:2])


def bank_code(number: str) -> str:
    """Under what the country knows the bank of an IBAN: *BNBG*, *37040044*."""
    parts, start = _parts(number[:2]), 4
    if parts and parts[0] == (1, "a"):
        # Italy begins with a check letter.
        parts, start = parts[1:], 5
    return number[start : start + parts[0][0]] if parts else ""


def check_account_number(number: str) -> str:
    """An IBAN without spaces; the number of a bank that gives none as that bank writes it, in Latin capitals."""
    found = compact(number)
    if BEGINS.match(found) and (iban_length(found[:2]) or len(found) >= SHORTEST):
        return check_iban(number)
    if number.strip() and not found:
        raise ValidationError(_("Write the letters and digits of the account."), code="invalid")
    written = as_written(number).upper().translate(LOOKALIKES)
    if len(written) > LONGEST:
        raise ValidationError(
            _("No account number has more than %(limit)d characters."), code="length", params={"limit": LONGEST}
        )
    return written


def check_iban(number: str) -> str:
    """A bank account number, kept without spaces."""
    if not number.strip():
        return ""
    found = compact(number)
    said: dict[str, Any] = {"number": shortened(found or number.strip()), "example": IBAN_EXAMPLE}
    if not BEGINS.match(found) or not found.isascii():
        raise ValidationError(
            _(
                "%(number)s is not an IBAN: it begins with the country's two letters and has that country's "
                "length, for example %(example)s."
            ),
            code="invalid",
            params=said,
        )
    if not (length := iban_length(found[:2])):
        raise ValidationError(
            _("No country's IBAN begins with %(country)s; one of Bulgaria is %(example)s."),
            code="country",
            params=said | {"country": found[:2]},
        )
    said |= {"country": country_name(found[:2]), "right": length, "given": len(found)}
    if len(found) != length:
        raise ValidationError(
            _("An IBAN of that country (%(country)s) has %(right)d letters and digits; %(number)s has %(given)d."),
            code="length",
            params=said,
        )
    return _validated(found, said)


def _validated(found: str, said: dict[str, Any]) -> str:
    try:
        return iban.validate(found)
    except InvalidChecksum:
        raise ValidationError(
            _("The check digits of the IBAN %(number)s do not match: at least one character is mistyped."),
            code="check_digit",
            params=said,
        ) from None
    except NotValid:
        raise ValidationError(
            _("In the IBAN %(number)s letters and digits do not stand where they do in that country (%(country)s)."),
            code="invalid",
            params=said,
        ) from None


def show_iban(number: str) -> str:
    """An IBAN as it is printed, in groups of four."""
    return iban.format(number)


def check_bic(number: str) -> str:
    """The code of a bank, 8 characters, or 11 with the branch."""
    if not number.strip():
        return ""
    found = compact(number)
    try:
        return bic.validate(found)
    except InvalidComponent:
        raise ValidationError(
            _(
                "%(country)s is no country's code; the fifth and sixth letters of a BIC name the country, as in "
                "%(example)s."
            ),
            code="country",
            params={"country": found[4:6], "example": BIC_EXAMPLE},
        ) from None
    except NotValid:
        raise ValidationError(
            _("%(number)s is not a BIC: it has 8 or 11 letters and digits, for example %(example)s."),
            code="invalid",
            params={"number": shortened(found or number.strip()), "example": BIC_EXAMPLE},
        ) from None
