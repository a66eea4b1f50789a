"""What stands beside a matrix: which rights changed, and who joined or left a role. A page at a time."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from rights.domain.joining import joinings
from rights.models import Grant
from trail.domain.changes import Part
from trail.pages.timeline import timeline

ENTRIES_A_PAGE = 10
#: Cells of one entry that are listed; a Confirm over the whole matrix may change thousands.
MOST_LINES = 210


def history(request: HttpRequest, rows: Q) -> dict[str, Any]:
    """The entries about these rows of the rights, and the steps of people into and out of roles."""
    before, people_before = _number(request, "before"), _number(request, "people_before")
    page = timeline([Part(Grant, rows)], request.decision, most=ENTRIES_A_PAGE, before=before)
    steps = joinings(most=ENTRIES_A_PAGE + 1, before=people_before)
    older_step = steps[ENTRIES_A_PAGE - 1].step if len(steps) > ENTRIES_A_PAGE else None
    return {
        "entries": page.entries,
        "older_url": _address(request, before=page.older),
        "newest_url": _address(request) if before else "",
        "joinings": steps[:ENTRIES_A_PAGE],
        "older_people_url": _address(request, people_before=older_step),
        "newest_people_url": _address(request) if people_before else "",
        "most_lines": f":{MOST_LINES}",
    }


def _number(request: HttpRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    # An id the database cannot hold is no place in history.
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None


def _address(request: HttpRequest, **place: int | None) -> str:
    """The same page at another place of its history; empty when there is none."""
    if place and None in place.values():
        return ""
    question = request.GET.copy()
    for name in ("before", "people_before"):
        question.pop(name, None)
    for name, value in place.items():
        question[name] = str(value)
    return f"?{question.urlencode()}#history"
