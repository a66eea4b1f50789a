"""VAT numbers: written with the letters of the country that gave them, where that country uses letters."""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from stdnum.eu import oss
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NotValid
from stdnum.util import get_cc_module

from desk.places import country_name
from desk.said import gettext as _

from .spelling import compact

LIMIT = 32
#: The one-stop-shop numbers, which belong to no country: EU and nine digits, IM and ten.
ONE_STOP_SHOP = re.compile(r"EU|IM[0-9]")
ONE_STOP_SHOP_EXAMPLE = "EU826010755"


class System(NamedTuple):
    """How a country writes its VAT numbers: the letters in front, and a valid number to show."""

    prefix: str
    example: str


#: Countries of which a right number is surely told from a wrong one; elsewhere the number is kept as written.
SYSTEMS = {
    "AT": System("AT", "ATU13585627"),
    "BE": System("BE", "BE0428759497"),
    "BG": System("BG", "BG175074752"),
    "CY": System("CY", "CY10259033P"),
    "CZ": System("CZ", "CZ25123891"),
    "DE": System("DE", "DE136695976"),
    "DK": System("DK", "DK13585628"),
    "EE": System("EE", "EE100594102"),
    "ES": System("ES", "ESB64717838"),
    "FI": System("FI", "FI20774740"),
    "FR": System("FR", "FR40303265045"),
    "GR": System("EL", "EL094259216"),
    "HR": System("HR", "HR33392005961"),
    "HU": System("HU", "HU12892312"),
    "IE": System("IE", "IE6433435F"),
    "IT": System("IT", "IT00743110157"),
    "LT": System("LT", "LT119511515"),
    "LU": System("LU", "LU15027442"),
    "LV": System("LV", "LV40003521600"),
    "MT": System("MT", "MT11679112"),
    "NL": System("NL", "NL004495445B01"),
    "PL": System("PL", "PL8567346215"),
    "PT": System("PT", "PT501964843"),
    "RO": System("RO", "RO18547290"),
    "SE": System("SE", "SE123456789701"),
    "SI": System("SI", "SI50223054"),
    "SK": System("SK", "SK2022749619"),
    "GB": System("GB", "GB980780684"),
    "NO": System("NO", "NO995525828MVA"),
    "CH": System("", "CHE107787577MWST"),
    "AU": System("", "83914571673"),
    "BR": System("", "16727230000197"),
    "BY": System("", "200988541"),
    "IN": System("", "27AAPFU0939F1ZV"),
    "IS": System("IS", "IS00621"),
    "MK": System("MK", "MK4030000375897"),
    "RS": System("RS", "RS101134702"),
    "RU": System("", "7728127936"),
    "TR": System("", "4540536920"),
}
#: Monaco is taxed as a part of France, the Isle of Man as a part of the United Kingdom.
TAXED_WITH = {"MC": "FR", "IM": "GB"}
BY_PREFIX = {system.prefix: country for country, system in SYSTEMS.items() if system.prefix} | {"GR": "GR", "XI": "GB"}


def check_vat_number(number: str, *, country: str) -> str:
    """The number as it is kept: without spaces, with its country's letters in front."""
    found = compact(number)
    if not any(sign.isdigit() for sign in found):
        if not number.strip():
            return ""
        raise ValidationError(_("A VAT number holds digits. Leave the field empty if there is none."), code="invalid")
    if len(found) > LIMIT:
        raise ValidationError(
            _("This VAT number has %(count)d characters; write one of at most %(limit)d."),
            code="max_length",
            params={"count": len(found), "limit": LIMIT},
        )
    if ONE_STOP_SHOP.match(found):
        return _one_stop_shop(found)
    country = TAXED_WITH.get(country, country) or BY_PREFIX.get(found[:2], "")
    if country not in SYSTEMS:
        return found
    try:
        return _validated(found, country)
    except NotValid as problem:
        raise _refused(found, country, problem) from None


def _one_stop_shop(number: str) -> str:
    if oss.is_valid(number):
        return number
    raise ValidationError(
        _("%(number)s is not a valid number of the European one-stop shop; a valid one is %(example)s."),
        code="check_digit",
        params={"number": number, "example": ONE_STOP_SHOP_EXAMPLE},
    )


def _validated(number: str, country: str) -> str:
    """The number in full, or the library's complaint."""
    prefix = SYSTEMS[country].prefix
    typed = next((letters for letters, land in BY_PREFIX.items() if land == country and number.startswith(letters)), "")
    bare = number.removeprefix(typed)
    # The library would strip the letters a second time.
    if not bare.strip("0") or (prefix and bare.startswith(prefix)):
        raise NotValid
    # Northern Ireland trades under XI, with numbers of the United Kingdom.
    shown = typed if typed == "XI" else prefix
    module = get_cc_module(country, "vat")
    assert module, f"SYSTEMS lists {country}, of which the library knows nothing"
    return shown + module.validate(bare).removeprefix(prefix)


def _refused(number: str, country: str, problem: NotValid) -> ValidationError:
    said = {"number": number, "country": country_name(country), "example": SYSTEMS[country].example}
    if owner := _owner(number, country):
        return ValidationError(
            _(
                "%(number)s is a VAT number of another country (%(owner)s). Choose that country, or write a "
                "number such as %(example)s (%(country)s)."
            ),
            code="other_country",
            params=said | {"owner": country_name(owner)},
        )
    if isinstance(problem, InvalidChecksum):
        return ValidationError(
            _(
                "The check digits of %(number)s do not match: at least one character is mistyped. A valid VAT "
                "number (%(country)s) is %(example)s."
            ),
            code="check_digit",
            params=said,
        )
    return ValidationError(
        _("%(number)s is not written like a VAT number (%(country)s); a valid one is %(example)s."),
        code="invalid",
        params=said,
    )


def _owner(number: str, country: str) -> str:
    """The other country whose letters the number begins with and whose check it passes."""
    owner = BY_PREFIX.get(number[:2], "CH" if number.startswith("CHE") else "")
    if not owner or owner == country:
        return ""
    try:
        _validated(number, owner)
    except NotValid:
        return ""
    return owner
