"""For which acts a reason is required: ticks of the settings."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.pages.answers import done, show
from desk.pages.settings import frame, settings_only, tabs
from trail.domain import reasons
from trail.domain.changes import Part
from trail.kinds import ACTS
from trail.models import ReasonRule
from trail.pages.timeline import timeline

TAB = "reasons"
ENTRIES = 10


@require_http_methods(["GET", "HEAD", "POST"])
@settings_only
def rules(request: HttpRequest) -> HttpResponse:
    """The ticks, and who changed them lately."""
    if request.method == "POST":
        ticked, shown = request.POST.getlist("required"), request.POST.getlist("shown")
        changed = reasons.require(ticked, shown=shown, by=request.user)
        return done(request, tabs.get(TAB).url, _("Saved.") if changed else _("Nothing was changed."))
    required = reasons.required()
    return show(
        request,
        "trail/reasons.html",
        **frame(request, TAB),
        acts=[{"code": each.code, "label": each.says_why, "is_required": each.code in required} for each in _asked()],
        entries=timeline([Part(ReasonRule, Q())], request.decision, most=ENTRIES).entries,
    )


def _asked() -> list[Any]:
    return [each for each in ACTS if each.says_why]
