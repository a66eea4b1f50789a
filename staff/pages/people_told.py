"""What an administrator is told about a person beside the form: when they came in, and what was changed of them."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from staff.domain import passing
from staff.models import User
from staff.models.passage import WRONG
from trail.domain.changes import Part
from trail.pages.timeline import timeline

#: So many changes stand on the page; all of them are among the operations.
ENTRIES = 10


def person_told(request: HttpRequest, person: User) -> dict[str, Any]:
    page = timeline([Part(User, Q(id=person.pk))], request.decision, most=ENTRIES)  # type: ignore[attr-defined]
    sections = [{"id": "passages", "title": _("Last log-ins")}, {"id": "history", "title": _("History")}]
    return {
        "more_sections": sections,
        "passages": passing.latest_of(person),
        "wrong": WRONG,
        "entries": page.entries,
        "has_older": page.older,
    }
