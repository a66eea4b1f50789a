"""From a cell to a fact: one reader per column, made once, asked for every row."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import override

from counterparties.domain import account_words, address_words, client_words
from counterparties.models import Status
from desk import places, text
from desk.models import LANGUAGES
from desk.reading import read_flag
from desk.said import gettext as _

from .plan import fact_field

Reader = Callable[[Any], Any]

TEXTS = ("code", "name", "alias", "registration_number", "vat_number", "email", "phone", "mobile", "website", "comment")
FLAGS = ("is_foreign", "is_vat_registered")
#: All facts a sheet may bring, in the order of the card.
FACTS = ("status", "is_person", "country", *FLAGS, *TEXTS)
MONTH_FIRST = re.compile(r"\s*([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})\s*")


def reader_of(fact: str, decision: Any) -> Reader:
    """The reader of a fact's column; it raises ValidationError with a sentence. An empty cell never reaches it."""
    if address_words.is_country(fact):
        return _country()
    if fact in account_words.PARTS:
        return account_words.reader(fact)
    if fact in TEXTS or fact in client_words.TEXTS or fact in address_words.PLACES:
        return _text(fact)
    if fact in FLAGS:
        return read_flag
    if fact in client_words.FACTS:
        return client_words.reader(fact)
    return {"is_person": _person, "status": _status, "country": _country, "types": lambda: _types(decision)}[fact]()


def is_empty(cell: Any) -> bool:
    return cell is None or (type(cell) is str and not cell.strip())


def plain(cell: Any) -> Any:
    """A cell as people see it: no exponents, a day without its midnight."""
    if type(cell) is Decimal:
        return Decimal(format(cell, "f"))
    if type(cell) is dt.datetime and cell.time() == dt.time.min:
        return cell.date()
    return cell


def month_first(cell: Any) -> Any:
    """12/31/99 as the day it is; only for columns of which somebody said so."""
    found = MONTH_FIRST.fullmatch(cell) if type(cell) is str else None
    return f"{found[3]}.{found[1]}.{found[4]}" if found else cell


def _text(fact: str) -> Reader:
    field = fact_field(fact)
    clean, limit = field.formfield(required=False).clean, field.max_length

    def read(cell: Any) -> str:
        # Most cells are plain and short: for them the form's cleaner comes to no more than this.
        if type(cell) is str and cell.isascii() and cell.isprintable() and len(cell) <= limit:
            return cell.strip()
        return clean(str(cell))

    return read


def _person() -> Reader:
    """Yes or no, or the card's own words for an individual and a legal entity."""
    words: dict[str, bool] = {}
    for language in LANGUAGES:
        with override(language):
            words[text.key(_("Individual"))] = True
            words[text.key(_("Legal entity"))] = False

    def read(cell: Any) -> bool:
        said = words.get(text.key(str(cell)))
        return read_flag(cell) if said is None else said

    return read


def _named(things: Iterable[Any], more: Callable[[Any], Iterable[str]] = lambda _thing: ()) -> dict[str, list[Any]]:
    """Things by their code and every name they have."""
    by_word: dict[str, list[Any]] = {}
    for each in things:
        words = (each.code, each.name, each.name_en, each.name_bg, each.name_ru, *more(each))
        for word in {text.key(word) for word in words if word}:
            by_word.setdefault(word, []).append(each)
    return by_word


def _one(by_word: dict[str, list[Any]], said: str, unknown: str, several: str) -> Any:
    found = by_word.get(text.key(said), [])
    exact = [each for each in found if each.code == said.strip().lower()] or found
    if len(exact) != 1:
        raise ValidationError(several if found else unknown, params={"said": said[:60]})
    return exact[0]


def _status() -> Reader:
    by_word = _named(Status.objects.order_by("position", "pk"))

    def read(cell: Any) -> Status:
        return _one(
            by_word,
            str(cell),
            _("There is no status “%(said)s”."),
            _("Several statuses are called “%(said)s”; write the code."),
        )

    return read


def _types(decision: Any) -> Reader:
    """Types by their code, name or path, as far as the user may see them: a hidden one is as unknown as none."""
    tree, seen = decision.tree, decision.types("view")
    by_word = _named(seen, lambda each: [" › ".join(above.label for above in tree.lineage(each) if above in seen)])

    def read(cell: Any) -> list[Any]:
        said = str(cell).strip()
        # A name may hold a comma itself.
        parts = [said] if text.key(said) in by_word else re.split(r"\s*[;,\n]\s*", said)
        unknown, several = _("There is no type “%(said)s”."), _("Several types are called “%(said)s”; write the code.")
        return [_one(by_word, part, unknown, several) for part in parts if part]

    return read


def _country() -> Reader:
    """A country by its two letters or its name in any of the three languages."""
    by_word = {code.lower(): code for code in places.COUNTRY_CODES}
    for language in LANGUAGES:
        with override(language):
            by_word |= {text.key(name): code for code, name in places.countries()}

    def read(cell: Any) -> str:
        found = by_word.get(text.key(str(cell)))
        if not found:
            message = _("“%(country)s” is no country. Write its two letters, for example BG, or its name.")
            raise ValidationError(message, params={"country": str(cell)[:60]})
        return found

    return read
