"""Acts over many rows of a list. An app on the right adds its own from its `list_acts.py`; nobody lists them all."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from desk.pages.addresses import Address, Pairs
from desk.registry import Registry

acts = Registry("act on a list")

#: How an address says whom it is about: the ticked rows, or all that its question finds.
CHOSEN, ALL = "chosen", "all"


class ListAct:
    """One button of the bar below a list. Its page is asked with the question of the list and the ticked rows."""

    code = ""
    label: Any = ""
    position = 0
    url = ""
    destroys = False

    def is_offered(self, request: HttpRequest, scope: Any) -> bool:
        """Whether this reader may do it to any row at all; ``scope`` knows whom the list is about."""
        raise NotImplementedError


@dataclass(frozen=True)
class Bar:
    """What can be done with the rows of one list, and what its form carries along."""

    acts: list[ListAct]
    kept: Pairs

    @property
    def url(self) -> str:
        return str(self.acts[0].url)

    @property
    def all_url(self) -> str:
        """The first act, to everybody who is listed."""
        return str(Address(self.url, [*self.kept, ("rows", ALL), ("act", self.acts[0].code)]))


def bar(request: HttpRequest, scope: Any, kept: Pairs) -> Bar | None:
    """The bar of a list; none for those who may do nothing to any of its rows."""
    offered = [act for act in acts if act.is_offered(request, scope)]
    return Bar(offered, list(kept)) if offered else None
