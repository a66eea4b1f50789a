"""Parts of a record's page. An app on the right adds its own from its `panels.py`; nobody keeps a list of them all."""

from typing import Any

from django.http import HttpRequest

from desk.registry import Registry

panels = Registry("panel")
blocks = Registry("block of the first page")

#: A tab has the page for itself; a card stands beside the first tab.
TAB, SIDE = "tab", "side"


class Panel:
    """One tab, or one card beside the facts; for those who have its right, and only when there is something in it."""

    code = ""
    label: Any = ""
    position = 0
    place = SIDE
    right = "view"
    template = ""

    def is_shown(self, request: HttpRequest, record: Any) -> bool:
        """Whether there is anything in it today; an empty tab is not shown."""
        return True

    def count(self, request: HttpRequest, record: Any) -> int | None:
        """The number beside the label."""
        return None

    def context(self, request: HttpRequest, record: Any) -> dict[str, Any]:
        """What its template needs."""
        return {}


def shown(request: HttpRequest, record: Any, place: str) -> list[Panel]:
    """The panels of one place that this reader gets for this record."""
    return [
        panel
        for panel in panels
        if panel.place == place and request.decision.may(panel.right, record) and panel.is_shown(request, record)
    ]


class Block:
    """One thing of the first page that waits for its reader; whoever has nothing to do there does not see it."""

    code = ""
    position = 0
    template = ""

    def context(self, request: HttpRequest) -> dict[str, Any] | None:
        """What its template needs; None when there is nothing."""
        raise NotImplementedError


def first_page(request: HttpRequest) -> list[dict[str, Any]]:
    """The blocks this reader gets, each with what its template needs."""
    told = [(block, block.context(request)) for block in blocks]
    return [{"block": block, **context} for block, context in told if context is not None]
