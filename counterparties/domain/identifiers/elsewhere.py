"""Company numbers of countries where one register gives one number with a check digit.

Countries with several registers side by side, or with numbers that prove nothing (Germany's HRB, Britain's Companies
House, Poland's KRS, the states of the USA), are left out on purpose: a right number must never be refused.
"""

from django.core.exceptions import ValidationError
from stdnum.be import vat as be_vat
from stdnum.by import unp
from stdnum.ch import uid
from stdnum.cz import dic
from stdnum.dk import cvr
from stdnum.ee import registrikood
from stdnum.es import nif as es_nif
from stdnum.exceptions import InvalidChecksum, InvalidLength
from stdnum.exceptions import ValidationError as NotValid
from stdnum.fi import ytunnus
from stdnum.fr import siren, siret
from stdnum.lv import pvn
from stdnum.no import orgnr as no_orgnr
from stdnum.pt import nif as pt_nif
from stdnum.ro import cui, onrc
from stdnum.se import orgnr as se_orgnr
from stdnum.si import maticna
from stdnum.ua import edrpou

from desk.places import country_name
from desk.said import gettext as _

from .spelling import compact

#: Country → the numbers an organisation there may have, and a valid one to show.
NUMBERS = {
    "BE": ([be_vat], "0428759497"),
    "BY": ([unp], "200988541"),
    "CH": ([uid], "CHE100155212"),
    "CZ": ([dic], "25123891"),
    "DK": ([cvr], "13585628"),
    "EE": ([registrikood], "12345678"),
    "ES": ([es_nif], "B64717838"),
    "FI": ([ytunnus], "20774740"),
    "FR": ([siren, siret], "552008443"),
    "LV": ([pvn], "40003521600"),
    "NO": ([no_orgnr], "988077917"),
    "PT": ([pt_nif], "501964843"),
    "RO": ([cui, onrc], "18547290"),
    "SE": ([se_orgnr], "1234567897"),
    "SI": ([maticna], "9331310000"),
    "UA": ([edrpou], "32855961"),
}


def check_of(country: str):
    """The check of this country's company numbers, or nothing where there is none to rely on."""
    if country not in NUMBERS:
        return None

    def check(number: str, *, is_person: bool) -> str:
        # A person's number abroad is one of many sorts; it is kept as written.
        return number if is_person else _organisation(number, country)

    return check


def _organisation(number: str, country: str) -> str:
    modules, example = NUMBERS[country]
    problem = NotValid()
    for module in modules:
        try:
            return module.validate(_spelled_for(module, number, country))
        except NotValid as error:
            # The nearest miss explains best: a wrong check digit says more than a wrong length.
            problem = error if not isinstance(problem, InvalidChecksum) else problem
    raise _refused(problem, compact(number), country, example)


def _spelled_for(module, number: str, country: str) -> str:
    if module in (onrc, uid):
        return number
    return compact(number).removeprefix(country)


def _refused(problem: Exception, number: str, country: str, example: str) -> ValidationError:
    said = {"number": number, "country": country_name(country), "example": example}
    if isinstance(problem, InvalidChecksum):
        return ValidationError(
            _(
                "The check digit of %(number)s does not match: at least one digit is mistyped. A valid company "
                "number (%(country)s) is %(example)s."
            ),
            code="check_digit",
            params=said,
        )
    if isinstance(problem, InvalidLength):
        return ValidationError(
            _("%(number)s is too short or too long for a company number (%(country)s); a valid one is %(example)s."),
            code="length",
            params=said,
        )
    return ValidationError(
        _("%(number)s is not written like a company number (%(country)s); a valid one is %(example)s."),
        code="invalid",
        params=said,
    )
