"""The room of a client's own pages: calm, without the menu of the office, and with a way to each of them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.pages.answers import show

#: Name of the route → what the way there is called.
PARTS = {
    "portal": _("What the office keeps"),
    "portal-documents": _("Documents"),
    "portal-agreements": _("Contracts and projects"),
    "portal-notes": _("Notes"),
    "portal-propose": _("Propose a change"),
}


def page(request: HttpRequest, template: str, here: str = "", **context: Any) -> HttpResponse:
    """One of them; ``here`` is the name of its route, when it is among the ways."""
    tabs = [
        {"label": label, "url": reverse(name), "count": None, "is_current": name == here}
        for name, label in PARTS.items()
    ]
    return show(request, template, client=request.access.counterparty, tabs=tabs, **context)
