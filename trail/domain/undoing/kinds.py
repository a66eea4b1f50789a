"""Sorts of operations that are never taken back, whatever they changed."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trail.domain import meanwhile
from trail.models import Operation

NEVER: dict[str, Any] = {
    "look": _("Looking as somebody else changed nothing; that it happened stays in the history."),
    "erase": _("What was erased is kept nowhere, so nobody can bring it back."),
    "profile": _("Everybody sets their own preferences in their profile."),
}
#: Sorts of which the message about an act offers at once to take it back.
OFFERED = {"card", "archive", "restore", "join", "bulk", "import", "settings", "rights", "view"}


def why_not_yet(operation: Operation) -> str:
    """Why it cannot be taken back just now; empty where it can. One query."""
    if operation.pk in meanwhile.going_on():
        return gettext("This is still going on. Stop it first, or wait until it is done.")
    return ""


def why_never(operation: Operation) -> str:
    """Why an operation is never taken back; empty where it can be."""
    return str(NEVER.get(operation.kind, ""))
