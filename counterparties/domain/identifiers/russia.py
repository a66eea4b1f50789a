"""Russian numbers: ИНН of 10 digits (organisations) or 12 (persons), ОГРН of 13, ОГРНИП of 15."""

from django.core.exceptions import ValidationError
from stdnum.ru import inn

from desk.said import gettext as _

from .spelling import all_digits, compact

EXAMPLES = {10: "7728127936", 12: "123456789047", 13: "1027739552642", 15: "385768585948949"}


def check(number: str, *, is_person: bool) -> str:
    """A tax or register number. Sole proprietors trade under personal ones, so organisations may have those too."""
    found = compact(number)
    said = {
        "number": found,
        "organisation": EXAMPLES[10],
        "person": EXAMPLES[12],
        "register": EXAMPLES[13],
        "proprietor": EXAMPLES[15],
    }
    if not is_valid(found):
        raise _refused(found, said, is_person)
    if is_person and len(found) in (10, 13):
        raise ValidationError(
            _(
                "%(number)s is a number of an organisation. Mark the counterparty as a legal entity, or write "
                "the personal INN of 12 digits, for example %(person)s."
            ),
            code="organisation",
            params=said,
        )
    return found


def is_valid(number: str) -> bool:
    """One of the four numbers, with its check digits."""
    if not all_digits(number) or not number.strip("0"):
        return False
    if len(number) in (10, 12):
        return inn.is_valid(number)
    return _is_register_number(number)


def _is_register_number(number: str) -> bool:
    # Own check: the remainder by 13 may have two digits, of which the last one counts; the library refuses those.
    divisor, first = {13: (11, "123456789"), 15: (13, "34")}.get(len(number), (0, ""))
    return bool(divisor) and number[0] in first and str(int(number[:-1]) % divisor)[-1] == number[-1]


def _refused(number: str, said: dict, is_person: bool) -> ValidationError:
    padded = number.zfill(len(number) + 1)
    if len(padded) in (10, 12) and is_valid(padded):
        return ValidationError(
            _("%(number)s has lost the zeros in front, as happens in spreadsheets. Write %(proposal)s."),
            code="leading_zeros",
            params=said | {"proposal": padded},
        )
    if all_digits(number) and len(number) in EXAMPLES:
        return ValidationError(
            _(
                "The check digits of %(number)s do not match: at least one digit is mistyped. Compare every "
                "digit with the document."
            ),
            code="check_digit",
            params=said,
        )
    if is_person:
        return ValidationError(
            _(
                "A Russian personal number is an INN of 12 digits, for example %(person)s, or an OGRNIP of 15, "
                "for example %(proprietor)s."
            ),
            code="length",
            params=said,
        )
    return ValidationError(
        _(
            "A Russian company number is an INN of 10 digits, for example %(organisation)s, or an OGRN of 13, "
            "for example %(register)s."
        ),
        code="length",
        params=said,
    )
