"""What stands beside a matrix: which rights changed, and who joined or left a role. A page at a time."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from desk import text
from rights.domain.joining import joinings
from rights.models import Grant
from trail.domain.changes import Part
from trail.pages.timeline import Entry, timeline
from trail.pages.words import Story

ENTRIES_A_PAGE = 10
#: Cells of one entry that are listed; a Confirm over the whole matrix may change thousands.
MOST_LINES = 210


@dataclass(frozen=True)
class Short(Entry):
    """An entry whose first lines alone are listed."""

    left_out: int

    @property
    def count(self) -> int:
        return super().count + self.left_out


def shortened(entry: Entry) -> Short:
    """At most so many lines of an entry, and how many more there are."""
    left, stories = MOST_LINES, []
    for story in entry.stories:
        if lines := story.lines[:left]:
            stories.append(Story(story.title, lines))
        left -= len(lines)
    return Short(entry.operation, stories, entry.count - sum(len(story.lines) for story in stories))


def history(request: HttpRequest, rows: Q) -> dict[str, Any]:
    """The entries about these rows of the rights, and the steps of people into and out of roles."""
    before, people_before = _number(request, "before"), _number(request, "people_before")
    page = timeline([Part(Grant, rows)], request.decision, most=ENTRIES_A_PAGE, before=before)
    steps = joinings(most=ENTRIES_A_PAGE + 1, before=people_before)
    older_step = steps[ENTRIES_A_PAGE - 1].step if len(steps) > ENTRIES_A_PAGE else None
    return {
        "may_undo": not getattr(request, "looking", None),
        "entries": [shortened(entry) for entry in page.entries],
        "older_url": _address(request, before=page.older),
        "newest_url": _address(request) if before else "",
        "joinings": steps[:ENTRIES_A_PAGE],
        "older_people_url": _address(request, people_before=older_step),
        "newest_people_url": _address(request) if people_before else "",
    }


def _number(request: HttpRequest, name: str) -> int | None:
    return text.number(request.GET.get(name, ""))


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
