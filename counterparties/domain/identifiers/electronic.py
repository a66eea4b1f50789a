"""Electronic addresses for e-invoices: a scheme of the official list, and an address that fits it.

The schemes are those of the code list *Participant identifier schemes* 9.7 of OpenPeppol (Apache-2.0); the shapes of
addresses are the list's own, where it tells them. Whose last digits check the others is asked of the same modules that
check company numbers.
"""

import csv
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from stdnum import ean, iban, lei
from stdnum.au import abn
from stdnum.be import vat as be_vat
from stdnum.ch import uid
from stdnum.de import leitweg
from stdnum.dk import cvr
from stdnum.ee import registrikood
from stdnum.exceptions import ValidationError as NotValid
from stdnum.fi import ytunnus
from stdnum.fr import siren, siret
from stdnum.is_ import kennitala
from stdnum.it import codicefiscale, iva
from stdnum.jp import cn
from stdnum.no import orgnr as no_orgnr
from stdnum.se import orgnr as se_orgnr
from stdnum.sk import dph

from desk import text
from desk.places import country_name
from desk.said import gettext as _

from .spelling import compact, shortened
from .vat import SYSTEMS, TAXED_WITH, check_vat_number

LIST = Path(__file__).with_name("participant_schemes.csv")
LIMIT = 255


class Scheme(NamedTuple):
    """One scheme: its four digits, the country it belongs to (empty: none), its name, and the shape of an address."""

    code: str
    country: str
    name: str
    state: str  # active, deprecated or removed
    shape: str

    @property
    def label(self) -> str:
        return f"{self.code} · {self.country} · {self.name}" if self.country else f"{self.code} · {self.name}"


#: Scheme → who tells a right address from a mistyped one.
CHECKS: dict[str, list[Any]] = {
    "0002": [siren, siret],
    "0007": [se_orgnr],
    "0009": [siret],
    "0088": [ean],
    "0151": [abn],
    "0183": [uid],
    "0184": [cvr],
    "0188": [cn],
    "0191": [registrikood],
    "0192": [no_orgnr],
    "0196": [kennitala],
    "0199": [lei],
    "0204": [leitweg],
    "0208": [be_vat],
    "0210": [codicefiscale, iva],
    "0245": [dph],
    "9917": [kennitala],
    "9918": [iban],
}
#: Schemes whose addresses are VAT numbers of the scheme's country, letters included.
OF_VAT_NUMBERS = {"0211", "9910", "9914", "9920", *map(str, range(9922, 9954)), "9957"}
#: Schemes whose addresses hold hyphens and the like; in all others such signs only part the digits for the eye.
WITH_SIGNS = {"0193", "0204", "0225", "0242", "0246"}
#: Letters in front that belong to the address and not to the number that is checked.
IN_FRONT = {"0216": "0037"}
#: What the number of a company is called where it is an address too: country → scheme.
BY_COMPANY_NUMBER = {
    "AU": "0151", "BE": "0208", "CH": "0183", "DK": "0184", "EE": "0191", "FI": "0216", "FR": "0002", "IS": "0196",
    "LT": "0200", "LV": "0218", "NO": "0192", "SE": "0007",
}  # fmt: skip


@cache
def schemes() -> dict[str, Scheme]:
    """Every scheme there is or was, by its code."""
    with LIST.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Scheme(**row) for row in csv.DictReader(file)}


def offered() -> list[Scheme]:
    """The schemes to choose from: those in use today."""
    return [each for each in schemes().values() if each.state == "active"]


def scheme_words(code: str) -> str:
    """A kept scheme for reading: *9926 · BG · Bulgaria VAT number*."""
    known = schemes()
    return known[code].label if code in known else code


def check_scheme(code: str) -> str:
    """The scheme's four digits; one that was taken off the list is refused, one about to go is only warned of."""
    typed = text.clean(code)
    if not typed:
        return ""
    found = schemes().get(typed)
    if found is None:
        raise ValidationError(
            _("There is no scheme “%(scheme)s” on the list of electronic address schemes. Choose one from the list."),
            code="unknown",
            params={"scheme": shortened(typed)},
        )
    if found.state == "removed":
        raise ValidationError(
            _("The scheme %(scheme)s (%(name)s) was taken off the list and is not used any more. Choose another one."),
            code="removed",
            params={"scheme": found.code, "name": found.name},
        )
    return found.code


def is_ending(code: str) -> bool:
    """Is the scheme still accepted, but about to be taken off the list?"""
    return code in schemes() and schemes()[code].state == "deprecated"


def check_electronic_address(address: str, scheme: str) -> str:
    """The address as it is kept, checked for its scheme (one that ``check_scheme`` let pass)."""
    typed = text.clean(address)
    if not typed:
        return ""
    if not scheme:
        raise ValidationError(_("Choose the scheme of this electronic address."), code="no_scheme")
    found = schemes()[scheme]
    typed = "".join(typed.split()).removeprefix(f"{scheme}:")
    if scheme in OF_VAT_NUMBERS and TAXED_WITH.get(found.country, found.country) in SYSTEMS:
        return check_vat_number(typed, country=found.country)
    has_signs = scheme in WITH_SIGNS or not (found.shape or scheme in OF_VAT_NUMBERS)
    kept = typed.upper() if has_signs else compact(typed)
    if len(kept) > LIMIT or (found.shape and not re.fullmatch(found.shape, kept, re.IGNORECASE)):
        raise _refused(kept, found)
    if found.code in CHECKS and not _passes(kept, CHECKS[found.code]):
        raise ValidationError(
            _("The check digits of %(address)s do not match its scheme (%(scheme)s): at least one is mistyped."),
            code="check_digit",
            params={"address": shortened(kept), "scheme": found.label},
        )
    if found.code == "0216" and not ytunnus.is_valid(kept[4:12]):
        raise _refused(kept, found)
    return kept


def _passes(address: str, modules: list[Any]) -> bool:
    for module in modules:
        try:
            module.validate(address)
        except NotValid:
            continue
        return True
    return False


def _refused(address: str, scheme: Scheme) -> ValidationError:
    said = {"address": shortened(address), "scheme": scheme.label, "country": country_name(scheme.country)}
    return ValidationError(
        _("%(address)s is not written like an address of the scheme %(scheme)s."), code="invalid", params=said
    )


def suggested(*, country: str, registration_number: str = "", vat_number: str = "") -> tuple[str, str] | None:
    """A scheme and an address out of what is known, or None; what does not pass the check is not suggested."""
    wanted = []
    if registration_number and country in BY_COMPANY_NUMBER:
        scheme = BY_COMPANY_NUMBER[country]
        wanted.append((scheme, IN_FRONT.get(scheme, "") + compact(registration_number)))
    if vat_number:
        wanted += [(code, vat_number) for code in sorted(OF_VAT_NUMBERS) if schemes()[code].country == country]
    for scheme, address in wanted:
        try:
            return scheme, check_electronic_address(address, scheme)
        except ValidationError:
            continue
    return None
