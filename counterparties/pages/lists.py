"""The lists of counterparties by their addresses: all of them, and those of each kind."""

from collections.abc import Container

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from counterparties.kinds import Kind, kinds

#: An address longer than this is nobody's list.
LONGEST = 6000


def lists() -> dict[str, Kind | None]:
    """Path → its kind; the register of all has none."""
    return {reverse("register"): None, **{f"/{kind.path}/": kind for kind in kinds}}


def title(kind: Kind | None) -> str:
    return str(kind.plural) if kind else _("Counterparties")


def read(address: str) -> tuple[str, Kind | None, QueryDict] | None:
    """Path, kind and question of the list that an address names; None when it is no list of ours."""
    known = lists()
    named = parted(address, known)
    return named and (named[0], known[named[0]], named[1])


def parted(address: str, known: Container[str]) -> tuple[str, QueryDict] | None:
    """Path and question of an address, when the path is one of those known."""
    path, _mark, query = address.partition("?")
    return (path, QueryDict(query)) if path in known and len(address) <= LONGEST else None
