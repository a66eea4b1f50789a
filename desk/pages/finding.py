"""What the search box finds while one types: pages, lists and records to go to at once.

Each app says in its own `finders.py` what it brings. Enter without a choice searches the register, as without the
script.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk import text
from desk.menu import menu
from desk.pages.settings import tabs
from desk.registry import Registry

finders = Registry("finder")
#: So much of what was typed is read.
LONGEST = 200


@dataclass
class Hit:
    """Somewhere to go, and what tells it from others of the same name."""

    label: Any
    url: str
    note: Any = ""


class Finder:
    """What one app finds of one sort; of many only the first ``most``."""

    code = ""
    position = 0
    most = 4

    def hits(self, request: HttpRequest, said: str) -> Iterable[Hit]:
        """For this reader, the likeliest first. ``said`` is clean and not empty."""
        raise NotImplementedError


def begins(label: Any, said: str) -> bool:
    """Each word typed begins a word of the label: *own c* finds *Own companies*."""
    words = text.key(str(label)).split()
    return all(any(word.startswith(each) for word in words) for each in text.key(said).split())


@require_safe
def find(request: HttpRequest) -> JsonResponse:
    """The first that the words ``q`` may mean: pages first, for they are few, then what is kept."""
    said = text.clean(request.GET.get("q", ""))[:LONGEST]
    found: list[Hit] = []
    if text.key(said):
        for finder in finders:
            found += list(finder.hits(request, said))[: finder.most]
    return JsonResponse(
        {"found": [{"name": str(each.label), "code": str(each.note), "url": each.url} for each in found]}
    )


@finders.register
class Pages(Finder):
    """Lines of the menu, and the tabs behind *Settings*, by what they are called."""

    code, position = "pages", 10

    def hits(self, request: HttpRequest, said: str) -> Iterable[Hit]:
        lines = [
            Hit(entry.label, entry.url, group.label)
            for group in menu(request)
            for entry in group.entries
            if begins(entry.label, said) or begins(f"{group.label} {entry.label}", said)
        ]
        if request.decision.may_manage_settings:  # type: ignore[attr-defined]
            lines += [Hit(tab.label, tab.url, _("Settings")) for tab in tabs if begins(tab.label, said)]
        return lines
