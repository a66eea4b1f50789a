"""Writing what is kept of many counterparties as clients, with the rows and the history of saving them one by one."""

from collections.abc import Sequence
from typing import Any

from counterparties.models import Counterparty
from trail.domain import in_bulk


def keep(said: Sequence[tuple[Counterparty, Any]]) -> None:
    """Each counterparty, which has its id by now, and what is to be kept of it as a client."""
    clients = [(owner, each.client) for owner, each in said if each.client]
    places = [(owner, place) for owner, each in said for place in each.places]
    accounts = [(owner, account) for owner, each in said for account in each.accounts]
    # Of each currency one account is the main one: the one before gives way first.
    in_bulk.change([account for _owner, each in said for account in each.released])
    for owner, record in [*clients, *places, *accounts]:
        record.counterparty = owner
    for records in ([each for _owner, each in those] for those in (clients, places, accounts)):
        new, stored = [each for each in records if each.pk is None], [each for each in records if each.pk]
        in_bulk.add(new)
        in_bulk.change(stored)
    if gone := [place for _owner, each in said for place in each.places_gone]:
        in_bulk.remove(gone)
    _search(said)


def _search(said: Sequence[tuple[Counterparty, Any]]) -> None:
    """Who is called otherwise is searched by it. The search column is no fact: nothing of it stands in history."""
    called = [
        owner for owner, each in said if each.is_called_otherwise and owner.call_as_client(each.client.company_name)
    ]
    if called:
        in_bulk.update(("search",), called)
