"""Who changed what about one object of the settings."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from desk import text
from desk.pages.answers import show
from trail.pages.settings_words import parts_of_settings
from trail.pages.timeline import timeline

ENTRIES_A_PAGE = 30


def history_page(request: HttpRequest, thing: Any, crumbs: list[tuple[str, str | None]]) -> HttpResponse:
    """The newest entries, or those before the operation that the address names."""
    before = text.number(request.GET.get("before", ""))
    parts = parts_of_settings(thing, request.decision)
    page = timeline(parts, request.decision, most=ENTRIES_A_PAGE, before=before)
    return show(
        request,
        "trail/settings_history.html",
        thing=thing,
        entries=page.entries,
        may_undo=True,
        older=page.older,
        is_first=before is None,
        crumbs=crumbs,
    )
