"""What a sheet says of the account into which a counterparty is paid: anybody may have one, whatever its types."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.translation import get_language

from counterparties.models import BankAccount
from desk import places
from desk.fields import LineFormField
from desk.said import gettext as _

from .client_words import Words

#: The name of the column → what is said of the main account, in the order of the columns.
PARTS = {f"account-{part}": part for part in ("number", "bic", "bank", "currency")}
#: So much may stand in a cell: numbers come with spaces and signs between their parts.
LONGEST = {"number": 60, "bic": 30, "bank": 200}


def field(name: str) -> Any:
    """The model's field: its words and its limits. A bank is told by its name."""
    part = PARTS[name]
    return BankAccount._meta.get_field("bank_name" if part == "bank" else part)


def title(name: str) -> str:
    """What its column is headed with."""
    return _title(name, get_language())


@cache
def _title(name: str, _language: str | None) -> str:
    return {
        "number": _("Main account: IBAN or number"),
        "bic": _("Main account: BIC"),
        "bank": _("Main account: bank"),
        "currency": _("Main account: currency"),
    }[PARTS[name]]


def writer(name: str) -> Callable[[Any], Any]:
    """A value as a cell that an import reads back as the same; a currency by its three letters."""
    return lambda value: value


def reader(name: str) -> Callable[[Any], Any]:
    """Made once for a column; it raises ValidationError with a sentence. An empty cell never reaches it."""
    if PARTS[name] == "currency":
        return Words(places.currencies).read
    clean = LineFormField(max_length=LONGEST[PARTS[name]], required=False).clean
    return lambda cell: clean(str(cell))
