"""Bulgarian numbers: ЕИК (BULSTAT) of 9 digits, 13 for a branch; ЕГН and ЛНЧ of persons, 10 digits."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils import timezone
from stdnum.bg import egn, pnf
from stdnum.exceptions import ValidationError as NotValid

from desk.said import gettext as _

from .spelling import all_digits, compact

#: The first weights and the second ones, for the ninth digit and for the thirteenth.
COMPANY = (1, 2, 3, 4, 5, 6, 7, 8), (3, 4, 5, 6, 7, 8, 9, 10)
BRANCH = (2, 7, 3, 5), (4, 9, 5, 7)
EXAMPLE = "175074752"
#: Somebody born in 1850: a valid number that is nobody's any more.
PERSONAL_EXAMPLE = "5021010007"


def check(number: str, *, is_person: bool) -> str:
    """The ЕИК of an organisation; for an individual its ЕГН or ЛНЧ, or the ЕИК it trades under."""
    found = compact(number).removeprefix("BG")
    if is_eik(found) or (is_person and is_personal(found)):
        return found
    raise _person_refused(found) if is_person else _organisation_refused(found)


def is_eik(number: str) -> bool:
    """Nine digits with their check digit, or thirteen with both."""
    if not all_digits(number) or len(number) not in (9, 13) or not number.strip("0"):
        return False
    return all(number[length - 1] == _check_digit(number, length) for length in (9, 13) if length <= len(number))


def is_personal(number: str) -> bool:
    """An ЕГН of somebody already born, or a foreigner's ЛНЧ."""
    return _is_egn(number) or (pnf.is_valid(number) and bool(number.strip("0")))


def _check_digit(number: str, length: int) -> str:
    """What the 9th or 13th digit has to be; when the first weights leave 10, the second ones decide."""
    counted, weights, second = (number[:8], *COMPANY) if length == 9 else (number[8:12], *BRANCH)
    rest = _weighed(counted, weights)
    return str(rest if rest < 10 else _weighed(counted, second) % 10)


def _weighed(counted: str, weights: tuple[int, ...]) -> int:
    return sum(weight * int(digit) for weight, digit in zip(weights, counted, strict=True)) % 11


def _is_egn(number: str) -> bool:
    try:
        return egn.get_birth_date(egn.validate(number)) <= timezone.localdate()
    except NotValid:
        return False


def _with_zeros(number: str, length: int, is_right: Callable[[str], bool]) -> str:
    """The number with the zeros it lost, if that makes it right; otherwise nothing."""
    padded = number.zfill(length)
    return padded if 6 <= len(number) < length and is_right(padded) else ""


def _organisation_refused(number: str) -> ValidationError:
    said = {"number": number, "count": len(number), "example": EXAMPLE}
    if not all_digits(number):
        return ValidationError(
            _("A Bulgarian company number (EIK) is made of digits only, for example %(example)s."),
            code="invalid",
            params=said,
        )
    if proposal := _with_zeros(number, 9, is_eik) or _with_zeros(number, 13, is_eik):
        return _zeros_lost(number, proposal)
    if is_personal(number):
        return ValidationError(
            _(
                "%(number)s is a personal number. Mark the counterparty as an individual, or write its company "
                "number (EIK) of 9 or 13 digits."
            ),
            code="personal",
            params=said,
        )
    if len(number) not in (9, 13):
        return ValidationError(
            _(
                "A Bulgarian company number (EIK) has 9 digits, or 13 for a branch, for example %(example)s; "
                "this one has %(count)d."
            ),
            code="length",
            params=said,
        )
    length = 9 if number[8] != _check_digit(number, 9) else 13
    if not number.strip("0"):
        return ValidationError(
            _("A company number is not all zeros. A valid Bulgarian one (EIK) is %(example)s."),
            code="invalid",
            params=said,
        )
    return ValidationError(
        _(
            "%(number)s is not a valid Bulgarian company number (EIK): digit %(place)d would have to be "
            "%(digit)s. Compare every digit with the document."
        ),
        code="check_digit",
        params=said | {"place": length, "digit": _check_digit(number, length)},
    )


def _person_refused(number: str) -> ValidationError:
    said = {"number": number, "count": len(number), "example": PERSONAL_EXAMPLE}
    if proposal := _with_zeros(number, 10, is_personal) or _with_zeros(number, 9, is_eik):
        return _zeros_lost(number, proposal)
    if not all_digits(number) or len(number) != 10:
        return ValidationError(
            _("A Bulgarian personal number (EGN or LNCh) has exactly 10 digits, for example %(example)s."),
            code="length",
            params=said,
        )
    said["foreigner"] = pnf.calc_check_digit(number[:9])
    try:
        born = egn.get_birth_date(number) <= timezone.localdate()
    except NotValid:
        born = False
    if not born:
        return ValidationError(
            _(
                "%(number)s is not a valid personal number: its first six digits are no possible day of birth (EGN), "
                "and as a foreigner's number (LNCh) it would end in %(foreigner)s."
            ),
            code="birth_date",
            params=said,
        )
    return ValidationError(
        _(
            "%(number)s is not a valid personal number: as an EGN it would end in %(citizen)s, as a foreigner's "
            "number (LNCh) in %(foreigner)s."
        ),
        code="check_digit",
        params=said | {"citizen": egn.calc_check_digit(number[:9])},
    )


def _zeros_lost(number: str, proposal: str) -> ValidationError:
    return ValidationError(
        _("%(number)s has lost the zeros in front, as happens in spreadsheets. Write %(proposal)s."),
        code="leading_zeros",
        params={"number": number, "proposal": proposal},
    )
