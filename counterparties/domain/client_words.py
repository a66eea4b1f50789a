"""What a sheet says of a client: its columns, what they are headed with, how each cell is written and read back.

Pictures come by the card alone, and who may log in is no matter of sheets.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language, override

from characteristics.domain.naming import Naming
from characteristics.models import Element, Nomenclature
from counterparties.models import Client
from counterparties.models.client import genders, salutations
from desk import places, text
from desk.models import LANGUAGES
from desk.reading import read_decimal, read_flag
from desk.said import gettext as _

from . import clients
from .checking_clients import check_payment_term

#: The facts of a client in the order of its columns.
FACTS = tuple(name for name in clients.FACTS if name not in ("picture", "logo", "login_allowed"))
#: What an emptied fact comes to; every other one is an empty text.
EMPTY: dict[str, Any] = dict.fromkeys(("category", "subcategory", "payment_term", "credit_limit")) | {
    "email_notifications": False
}
#: The nomenclature of categories and, under them, of subcategories.
CATEGORIES = "client-category"
TEXTS = ("company_name", "tax_name", "office_phone", "electronic_address")


def field(name: str) -> Any:
    """The model's field: its words and its limits."""
    return Client._meta.get_field(name)


def title(name: str) -> str:
    """What its column is headed with."""
    return _title(name, get_language())


@cache
def _title(name: str, _language: str | None) -> str:
    # Every list asks for all of them; put together anew they cost it half a millisecond.
    return capfirst(str(field(name).verbose_name))


class Words:
    """Codes and their words in the three languages: a code always means itself."""

    def __init__(self, choices: Callable[[], Iterable[tuple[str, Any]]]) -> None:
        self._choices = choices
        self._codes = {code.lower(): code for code, _word in choices()}
        self._by_word: dict[str, set[str]] = {}
        for language in LANGUAGES:
            with override(language):
                for code, word in choices():
                    self._by_word.setdefault(text.key(str(word)), set()).add(code)
        self._written: dict[str, str] = {}

    def read(self, cell: Any) -> str:
        said = str(cell).strip()
        if said.lower() in self._codes:
            return self._codes[said.lower()]
        found = self._by_word.get(text.key(said), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise ValidationError(_("“%(value)s” means several things; write the code."), params={"value": said[:60]})
        raise ValidationError(_("There is no “%(value)s” to choose here."), params={"value": said[:60]})

    def write(self, code: str) -> str:
        """Its word in the reader's language; the code where others are called the same."""
        if code not in self._written:
            word = str(dict(self._choices()).get(code, code))
            self._written[code] = word if self._by_word.get(text.key(word), set()) <= {code} else code
        return self._written[code]


class OfLevel(Naming):
    """The categories alone, or the subcategories alone: each may be called like the other."""

    def __init__(self, nomenclature: Nomenclature, is_under: bool) -> None:
        super().__init__(nomenclature)
        self._is_under = is_under

    def named(self, word: str) -> list[Element]:
        return [each for each in super().named(word) if bool(each.parent_id) == self._is_under]


CODED: dict[str, Callable[[], Iterable[tuple[str, Any]]]] = {
    "salutation": salutations,
    "gender": genders,
    "language": places.languages,
    "message_language": lambda: [(code, places.language_name(code)) for code, _name in settings.LANGUAGES],
    "currency": places.currencies,
}


def categories(name: str) -> OfLevel | None:
    """How elements of this field are called; None in an office without the nomenclature."""
    found = Nomenclature.objects.filter(code=CATEGORIES).first()
    return OfLevel(found, name == "subcategory") if found else None


def writer(name: str) -> Callable[[Any], Any]:
    """Made once for a column: a value as a cell that ``reader`` reads back as the same."""
    if name in CODED:
        return Words(CODED[name]).write
    if name in ("category", "subcategory"):
        named = categories(name)
        return named.write if named else str
    return lambda value: value


def reader(name: str) -> Callable[[Any], Any]:
    """Made once for a column; it raises ValidationError with a sentence. An empty cell never reaches it."""
    if name in CODED:
        return Words(CODED[name]).read
    if name in ("category", "subcategory"):
        named = categories(name)
        return named.read if named else _no_categories
    return {
        "electronic_address_scheme": _scheme,
        "payment_term": lambda cell: check_payment_term(read_decimal(cell)),
        "credit_limit": read_decimal,
        "email_notifications": read_flag,
    }[name]


def _no_categories(_cell: Any) -> None:
    raise ValidationError(_("The office has no list of categories."))


def _scheme(cell: Any) -> str:
    """Four digits, or the words of the list that begin with them; sheets eat zeros in front."""
    said = str(cell).partition("·")[0].strip()
    return said.zfill(4) if said.isdecimal() else said
