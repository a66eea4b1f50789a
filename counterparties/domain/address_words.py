"""What a sheet says of the company and the delivery address: anybody may have them, whatever its types."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language

from counterparties.models import Address
from counterparties.models.address import address_kinds
from desk import places
from desk.said import gettext as _

from . import clients

#: The name of the column → kind of address and what is said of it, in the order of the columns.
PLACES = {f"{kind}-{part}": (kind, part) for kind in clients.PLACES for part in clients.PLACE}


def field(name: str) -> Any:
    """The model's field: its words and its limits."""
    return Address._meta.get_field(PLACES[name][1])


def title(name: str) -> str:
    """What its column is headed with."""
    return _title(name, get_language())


@cache
def _title(name: str, _language: str | None) -> str:
    # Every list asks for all of them; put together anew they cost it half a millisecond.
    kind, part = PLACES[name]
    address = capfirst(str(dict(address_kinds())[kind]))
    if part == "line1":
        return address
    return _("%(address)s: %(part)s") % {"address": address, "part": str(field(name).verbose_name)}


def is_country(name: str) -> bool:
    """Kept as two letters; all else of an address is kept as it is written."""
    return name in PLACES and PLACES[name][1] == "country"


def writer(name: str) -> Callable[[Any], Any]:
    """Made once for a column: a value as a cell that an import reads back as the same."""
    return places.country_name if is_country(name) else lambda value: value
