"""Countries, languages and currencies, named in the reader's language and listed in its alphabetical order."""

from functools import lru_cache

from babel import Locale
from babel.core import get_global
from django.utils.translation import get_language
from django_countries.data import COUNTRIES

from desk import text

#: Not in ISO 3166, but in use by banks and post, and next door.
KOSOVO = "XK"
COUNTRY_CODES = frozenset({*COUNTRIES, KOSOVO})

#: How many digits follow the point by ISO 4217, where it is not two. (Babel's figures are of what shops use today.)
MINOR_UNITS = {
    currency: digits
    for digits, currencies in {
        0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
        3: "BHD IQD JOD KWD LYD OMR TND",
        4: "CLF UYW",
    }.items()
    for currency in currencies.split()
}

#: Currencies younger than the Bulgarian and Russian name lists.
YOUNG = {
    "bg": {"XCG": "Карибски гулден", "ZWG": "Зимбабвийско злато"},
    "ru": {"XCG": "Карибский гульден", "ZWG": "Зимбабвийское золото"},
}

Choices = list[tuple[str, str]]


def countries() -> Choices:
    """Every country as (alpha-2 code, name)."""
    return list(_listed("territories", _language()))


def country_name(code: str) -> str:
    """The country's name, or the code itself where it is unknown."""
    return _names("territories", _language()).get(code, code)


def country_meant(code: str) -> str:
    """The country that two typed letters stand for; nothing where they stand for none."""
    said = code.strip().upper()
    return country_name(said) if said in COUNTRY_CODES else ""


def languages() -> Choices:
    """Every language that has a two-letter code, as (code, name)."""
    return list(_listed("languages", _language()))


def language_name(code: str) -> str:
    return _names("languages", _language()).get(code, code)


def currencies() -> Choices:
    """Every currency somebody pays with today, as (code, name)."""
    return list(_listed("currencies", _language()))


def minor_units(currency: str) -> int:
    """How many digits the currency has after the point: 2 for EUR, 0 for JPY, 3 for KWD."""
    return MINOR_UNITS.get(currency, 2)


def _language() -> str:
    """The reader's language without its region; English where there is none (commands, jobs)."""
    return (get_language() or "en").split("-")[0]


@lru_cache(maxsize=16)
def _names(what: str, language: str) -> dict[str, str]:
    names = {**getattr(Locale.parse("en"), what), **getattr(Locale.parse(language), what)}
    if what == "currencies":
        names |= YOUNG.get(language, {})
    return {code: _capital(names[code]) for code in _codes(what)}


@lru_cache(maxsize=16)
def _listed(what: str, language: str) -> tuple[tuple[str, str], ...]:
    # The key folds accents (Åland stands under A) and ё into е, and keeps й after и: the order of our three alphabets.
    return tuple(sorted(_names(what, language).items(), key=lambda pair: (text.key(pair[1]), pair[0])))


@lru_cache(maxsize=4)
def _codes(what: str) -> frozenset[str]:
    if what == "territories":
        return COUNTRY_CODES
    if what == "languages":
        # Serbo-Croatian is withdrawn from the standard and stands there under its successors.
        return frozenset(code for code in map(str, Locale.parse("en").languages) if len(code) == 2) - {"sh"}
    tenders = (tender for country in get_global("territory_currencies").values() for tender in country)
    return frozenset(str(code) for code, _since, until, is_tender in tenders if is_tender and until is None)


def _capital(name: str) -> str:
    """Names stand alone in lists: Bulgarian and Russian languages and currencies are small in running text only."""
    return name[:1].upper() + name[1:]
