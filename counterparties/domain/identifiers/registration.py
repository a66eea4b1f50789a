"""The company number: ЕИК, ИНН, SIREN … for organisations, the personal number for individuals."""

from django.core.exceptions import ValidationError

from desk.said import gettext as _

from . import bulgaria, elsewhere, russia
from .spelling import as_written

#: The longest number that is kept.
LIMIT = 32


def check_registration_number(number: str, *, country: str, is_person: bool, is_foreign: bool) -> str:
    """The number as it is kept: checked for its country, unless the counterparty is marked as foreign."""
    written = as_written(number)
    if not written:
        return ""
    if len(written) > LIMIT:
        raise ValidationError(
            _("This company number has %(count)d characters; write one of at most %(limit)d."),
            code="max_length",
            params={"count": len(written), "limit": LIMIT},
        )
    if not any(sign.isalnum() for sign in written):
        raise ValidationError(
            _("A company number holds letters or digits. Leave the field empty if there is none."), code="invalid"
        )
    national = None if is_foreign else _national_check(country)
    return national(written, is_person=is_person) if national else written


def _national_check(country: str):
    if country == "BG":
        return bulgaria.check
    if country == "RU":
        return russia.check
    return elsewhere.check_of(country)
