"""Who is found by the number of a bank account, or by how one begins."""

import re

from django.db.models import QuerySet

from counterparties.domain.identifiers.spelling import compact
from counterparties.models import BankAccount

#: What may be an account, or its beginning: that of an IBAN, or digits that are more than a year or a house number.
ACCOUNT = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{4,30}|[0-9]{8,34}")


def account_in(said: str) -> str:
    """The account that somebody may have typed, as accounts are compared, whichever way it is grouped; else nothing."""
    found = compact(said)
    return found.lower() if ACCOUNT.fullmatch(found) else ""


def beginning_so(key: str) -> QuerySet:
    """Accounts whose numbers begin so, closed ones too; the ids of their counterparties."""
    # U+10FFFF stands after every letter, and both databases compare keys byte by byte.
    numbers = BankAccount.objects.filter(number_key__gte=key, number_key__lt=f"{key}\U0010ffff")
    return numbers.order_by("number_key", "pk").values_list("counterparty", flat=True)


def owners_of(key: str, most: int) -> list[int]:
    """Whose they are; the first."""
    return list(dict.fromkeys(beginning_so(key)[:most]))
