"""The towns of counterparties: whichever of their addresses stands there. Addresses are shared facts.

A town is asked for by the letters it begins with. Free search leaves towns alone (docs/decisions/0034).
"""

from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q, QuerySet

from counterparties.models import Address, Counterparty
from counterparties.models.address import town_key
from desk.databases import ListedByName, OwnersByName, owning

#: Who sits in a town, in the order of names: kept by the database.
LISTED = ListedByName(Address, "city_key", "counterparty", Counterparty.found_by)
#: Behind every sign that a town may go on with.
AFTER_ALL = "\U0010ffff"
#: A town is offered from so many letters on, and by so many addresses.
FEWEST_LETTERS, LOOKED_AT = 3, 300
#: The company's own address stands first, whatever the alphabet of kinds says.
ORDER = ("company", "delivery", "other")


def in_towns(said: Iterable[str]) -> Q:
    """Counterparties with an address in a town that begins so."""
    keys = _keys(said)
    return owning(OwnersByName(_of(keys), LISTED, [_beginning(key) for key in keys]), Q())


def prepare(anew: bool = False) -> None:
    """Make or mend what knows who sits in a town by name; run after every migrate."""
    LISTED.prepare(anew)


def missing() -> list[str]:
    """Names of triggers that should keep it and are not there."""
    return LISTED.missing()


def forget() -> None:
    """Until it is prepared again. A migration of SQLite that rebuilds a table stumbles over triggers that read it."""
    if connection.vendor == "sqlite":
        LISTED.forget()


def _keys(said: Iterable[str]) -> list[str]:
    return sorted({town_key(each) for each in said} - {""})


def _beginning(key: str) -> QuerySet[Address]:
    return Address.objects.filter(city_key__gte=key, city_key__lt=key + AFTER_ALL)


def _of(keys: Iterable[str]) -> QuerySet[Address]:
    found = Q()
    for key in keys:
        found |= Q(city_key__gte=key, city_key__lt=key + AFTER_ALL)
    return Address.objects.filter(found) if found else Address.objects.none()


def towns_of(counterparties: Iterable[int]) -> dict[int, list[str]]:
    """The towns of each, as they are written in its addresses, the company's first; one query."""
    rows = Address.objects.filter(counterparty__in=list(counterparties)).exclude(city="").order_by()
    places = sorted(rows.values_list("counterparty", "kind", "pk", "city", "city_key"), key=_in_order)
    found: dict[int, dict[str, str]] = {}
    for owner, _kind, _pk, city, key in places:
        # One town, however it is written.
        found.setdefault(owner, {}).setdefault(key or city, city)
    return {owner: list(named.values()) for owner, named in found.items()}


def first_called(said: str, counterparties: QuerySet, most: int) -> list[str]:
    """The first towns that begin so and in which one of these counterparties is found, as most of them write it.

    Of a town with thousands only the first addresses are looked at: whoever sees few of them may be offered nothing.
    """
    if len(town_key(said)) < FEWEST_LETTERS:
        return []
    rows = _beginning(town_key(said)).order_by("city_key", "counterparty")
    looked_at = list(rows.values_list("counterparty", "city_key", "city")[:LOOKED_AT])
    seen = set(counterparties.filter(pk__in={owner for owner, _key, _city in looked_at}).values_list("pk", flat=True))
    written: dict[str, Counter[str]] = {}
    for owner, key, city in looked_at:
        if owner in seen:
            written.setdefault(key, Counter())[city] += 1
    return [spellings.most_common(1)[0][0] for spellings in list(written.values())[:most]]


def _in_order(place: tuple[int, str, int, str, str]) -> tuple[int, int]:
    return ORDER.index(place[1]) if place[1] in ORDER else len(ORDER), place[2]
