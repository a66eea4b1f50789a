"""Is it in our books already? Equal codes and company numbers are refused; likenesses are only told."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from rapidfuzz import fuzz

from counterparties.domain.identifiers import digits
from counterparties.models import Counterparty
from counterparties.models.counterparty import CounterpartyQuerySet, registration_key
from desk import text

#: So near must two names be, of 100, to be called nearly the same.
NEARLY = 90
#: So many with a word or a beginning in common are compared; more would be a common word, which proves nothing.
COMPARED = 200
#: Phones are compared by their last digits: +359 2 987 6543 and 02 987 6543 are the same line.
TELLING_DIGITS = 8
#: So many likenesses are told of each sort.
TOLD = 5


def holder_of_number(number: str, country: str, but: int | None = None) -> Counterparty | None:
    """Who has this company number already, archived ones included."""
    key = registration_key(text.clean(number), country)
    return Counterparty.objects.filter(registration_key=key).exclude(pk=but).first() if key else None


def holder_of_code(code: str, but: int | None = None) -> Counterparty | None:
    """Who has this code already, archived ones included; case does not count."""
    key = text.key(text.clean(code))
    return Counterparty.objects.filter(code_key=key).exclude(pk=but).first() if key else None


def alike(facts: dict[str, Any], among: CounterpartyQuerySet, but: int | None = None) -> dict[str, list[Counterparty]]:
    """Who else has the same e-mail, phone, mobile or VAT number, or nearly the same name; by fact. Two queries.

    ``among`` are those the reader may know of.
    """
    others = among.exclude(pk=but)
    found = _same(facts, others)
    if names := _nearly_named(facts.get("name") or "", others):
        found["name"] = names
    return {fact: those[:TOLD] for fact, those in found.items()}


def _same(facts: dict[str, Any], others: CounterpartyQuerySet) -> dict[str, list[Counterparty]]:
    keys = {fact: key_of(facts.get(fact) or "") for fact, key_of in COMPARABLE.items()}
    keys = {fact: key for fact, key in keys.items() if key}
    if not keys:
        return {}
    asked = Q()
    for key in keys.values():
        asked |= Q(search__words=key)
    candidates = list(others.filter(asked).order_by("archived_at", "pk")[:COMPARED])
    found = {fact: [each for each in candidates if _has(each, fact, key)] for fact, key in keys.items()}
    return {fact: those for fact, those in found.items() if those}


def _line(phone: str) -> str:
    bare = digits(phone)[-TELLING_DIGITS:]
    return bare if len(bare) >= 5 else ""


def _vat(number: str) -> str:
    return text.key(number).replace(" ", "")


COMPARABLE: dict[str, Callable[[str], str]] = {"email": text.key, "phone": _line, "mobile": _line, "vat_number": _vat}
#: A phone here may be a mobile there.
LOOKED_AT = {"phone": ("phone", "mobile"), "mobile": ("phone", "mobile")}


def _has(other: Counterparty, fact: str, key: str) -> bool:
    return any(COMPARABLE[fact](getattr(other, each)) == key for each in LOOKED_AT.get(fact, (fact,)))


def _nearly_named(name: str, others: CounterpartyQuerySet) -> list[Counterparty]:
    key = text.key(text.clean(name))
    if len(key) < 4:
        return []
    longest = max(key.split(), key=len)
    start = key[:5]
    # U+10FFFF stands after every letter, and both databases compare keys byte by byte.
    begins_alike = Q(name_key__gte=start, name_key__lt=start + "\U0010ffff")
    asked = begins_alike | Q(search__words=longest) if len(longest) > 3 else begins_alike
    candidates = others.filter(asked).order_by("archived_at", "pk")[:COMPARED]
    near = [(fuzz.ratio(key, each.name_key), each) for each in candidates]
    return [each for nearness, each in sorted(near, key=lambda pair: -pair[0]) if nearness >= NEARLY]
