"""Who looked at the office as whom, when, for how long and why. A page at a time."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk import text
from rights.domain import looking
from rights.models import Look

LOOKS_A_PAGE = 20


@dataclass(frozen=True)
class Told:
    """One look as the page tells it."""

    look: Look

    @property
    def how_long(self) -> str:
        began, ended = self.look.began_at, self.look.ended_at
        if ended:
            return _lasting(ended - began)
        return _("goes on") if looking.holds(self.look) else _("was not ended")


def _lasting(time: timedelta) -> str:
    minutes = round(time.total_seconds() / 60)
    if not minutes:
        return _("less than a minute")
    return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}


def latest_looks(request: HttpRequest) -> dict[str, Any]:
    """The newest ones, or those before the look the address names. One query, however many there are."""
    before = text.number(request.GET.get("before", ""))
    found = looking.latest(most=LOOKS_A_PAGE + 1, before=before)
    shown = found[:LOOKS_A_PAGE]
    return {
        "looks": [Told(each) for each in shown],
        "older": shown[-1].pk if len(found) > LOOKS_A_PAGE else None,
        "is_first": before is None,
    }
