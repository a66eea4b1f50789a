"""The saved views of one list as its page shows them: the menu, the one that is open, what may be done with it."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from counterparties.domain import views
from counterparties.models import SavedView
from desk import text
from desk.listing import OWN_NAMES
from desk.pages.addresses import Address
from desk.pages.filters import told
from desk.pages.question import ListQuestion

#: The word of an address that wants no view at all, not even the one the list opens with.
ALL = "all"
#: What of an address says where in the list one stands and what lies open, and not what is asked.
PASSING = set(OWN_NAMES) - {"sort", "columns"}

Pairs = Iterable[tuple[str, str]]


def address_of(view: SavedView, question: ListQuestion | None = None) -> str:
    """Its list with everything it asks; the name of the view goes along.

    ``question`` is about the reader of somebody else's view: what they may not ask does not stand in their address.
    """
    pairs = view.pairs if question is None else question.understood(view.pairs)
    return str(Address(view.path, [("view", str(view.pk)), *pairs]))


class Views:
    """The views somebody may open in one list. ``columns`` are those they chose for it once."""

    def __init__(self, request: HttpRequest) -> None:
        self.path, self.asked = request.path, request.GET
        found = views.of_list(request.user, request.path)
        own = [each for each in found if each.user_id == request.user.pk]
        self.mine = [each for each in own if each.name]
        self.shared = sorted((each for each in found if each not in own), key=lambda each: text.key(each.name))
        self.columns = [key for each in own if not each.name for name, key in each.pairs if name == "columns"]
        self.default = next((each for each in self.mine if each.is_default), None)
        self.said = request.GET.get("view", "")
        self.open = next((each for each in [*self.mine, *self.shared] if str(each.pk) == self.said), None)

    def notes(self, question: ListQuestion) -> list[str]:
        """What the reader has to know of the view that was asked for."""
        if self.open and self.open not in self.mine:
            is_whole = len(question.understood(self.open.pairs)) == len(self.open.pairs)
            return [] if is_whole else [_("This view asks for more than there is for you; that was left out.")]
        if self.open or self.said in ("", ALL):
            return []
        sentence = _("There is no view “%(view)s” for you; you see what the address itself asks for.")
        return [sentence % {"view": told(self.said)}]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What addresses that lead on carry, so that the view stays open, or the list stays without one."""
        if self.open:
            return [("view", str(self.open.pk))]
        return [("view", ALL)] if self.default else []

    def menu(self, question: ListQuestion) -> dict[str, Any]:
        """What ``counterparties/register_views.html`` shows."""
        here = str(Address(self.path, question.whole))
        is_changed = self.open is not None and not self._shows(self.open, question)
        return {
            "open": self.open,
            "is_changed": is_changed,
            "is_mine": self.open in self.mine,
            "mine": [(each, address_of(each)) for each in self.mine],
            "shared": [(each, address_of(each, question)) for each in self.shared],
            "all_url": str(Address(self.path, [("view", ALL)] if self.default else [])),
            "back_url": address_of(self.open, question) if self.open and is_changed else "",
            "here_url": here,
            "save_url": f"{reverse('view-new')}?{urlencode({'list': here})}",
            "is_worth_saving": is_changed or (not self.open and len(question.pairs) > 0),
        }

    def _shows(self, view: SavedView, question: ListQuestion) -> bool:
        """Is what is asked the view itself, as it was kept or as it is understood today?"""
        sent = [(name, each) for name, said in self.asked.lists() if name not in PASSING for each in said if each]
        pairs = view.pairs if view in self.mine else question.understood(view.pairs)
        return _in_order(pairs) in (_in_order(sent), _in_order(question.whole))


def _in_order(pairs: Pairs) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """A question so that it can be compared: only of columns the order matters."""
    pairs = list(pairs)
    return sorted(pair for pair in pairs if pair[0] != "columns"), [pair for pair in pairs if pair[0] == "columns"]
