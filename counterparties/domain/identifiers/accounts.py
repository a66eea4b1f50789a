"""Bank account numbers (IBAN) and bank codes (BIC)."""

import re

from django.core.exceptions import ValidationError
from stdnum import bic, iban
from stdnum.exceptions import InvalidChecksum, InvalidComponent
from stdnum.exceptions import ValidationError as NotValid

from desk.said import gettext as _

from .spelling import compact, shortened

IBAN_EXAMPLE = "BG80 BNBG 9661 1020 3456 78"
BIC_EXAMPLE = "UNCRBGSF"
SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


def check_iban(number: str) -> str:
    """A bank account number, kept without spaces."""
    if not number.strip():
        return ""
    found = compact(number)
    try:
        if not SHAPE.fullmatch(found):
            raise NotValid
        return iban.validate(found)
    except InvalidChecksum:
        raise ValidationError(
            _("The check digits of the IBAN %(number)s do not match: at least one character is mistyped."),
            code="check_digit",
            params={"number": shortened(found)},
        ) from None
    except NotValid:
        raise ValidationError(
            _(
                "%(number)s is not an IBAN: it begins with the country's two letters and has that country's "
                "length, for example %(example)s."
            ),
            code="invalid",
            params={"number": shortened(found or number.strip()), "example": IBAN_EXAMPLE},
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
