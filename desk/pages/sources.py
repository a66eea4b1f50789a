"""Lists of which a sheet can be made while nobody waits: each is found again by its address.

An app says in its own `sheet_sources.py` which lists it has; nobody keeps a list of them all.
"""

from typing import Any

from django.http import QueryDict

from desk.registry import Registry
from desk.sheets import Sheet

sources = Registry("source of sheets")

#: An address longer than this is nobody's list.
LONGEST = 6_000


class Source:
    """Lists of one app."""

    code = ""
    position = 0

    def sheet(self, path: str, data: QueryDict, decision: Any) -> Sheet | None:
        """The sheet of the list at this path, as one person may take it along; None when it is no list of these.

        A right that is missing is told as the list itself tells it.
        """
        raise NotImplementedError


def sheet_of(address: str, decision: Any) -> Sheet | None:
    """The sheet of the list that an address names; None when it names none."""
    path, _mark, query = address.partition("?")
    if len(address) > LONGEST:
        return None
    found = (source.sheet(path, QueryDict(query), decision) for source in sources)
    return next((each for each in found if each), None)
