"""Who changed what about one object of the settings."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from desk.pages.answers import show
from trail.pages.settings_words import parts_of_settings
from trail.pages.timeline import timeline

ENTRIES_A_PAGE = 30
#: More digits than this no id of an operation has.
MOST_DIGITS = 18


def history_page(request: HttpRequest, thing: Any, crumbs: list[tuple[str, str | None]]) -> HttpResponse:
    """The newest entries, or those before the operation that the address names."""
    said = request.GET.get("before", "")
    before = int(said) if said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS else None
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
