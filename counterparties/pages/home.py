"""The first page of the day: how many there are, what changed lately, who is new."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counterparties.domain import agreements, counting
from counterparties.domain.recent import recent_operations
from counterparties.kinds import kinds
from counterparties.pages import counts
from counterparties.pages.facts import visible_path
from counterparties.pages.first_steps import first_steps
from desk.panels import first_page
from staff.domain.people import keepers

MONTHS = 12
TYPES_SHOWN = 20
NEWEST_SHOWN = 10
ENDING_SHOWN = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What I work with; for somebody who sees nothing yet, whom to ask."""
    decision = request.decision
    if not decision.may_anywhere("view"):
        return render(request, "counterparties/nothing_yet.html", {"keepers": keepers()})
    current, visible = counts.of_type_sets(request), set(decision.set_ids("view"))
    total = counting.total(current, visible)
    newest = decision.counterparties("view").current().select_related("status").order_by("-created_at", "-pk")
    return render(
        request,
        "counterparties/home.html",
        {
            "total": total,
            "first_steps": [] if total else first_steps(decision),
            "figures": kind_figures(decision, current),
            **type_bars(decision, current),
            "statuses": status_bars(decision, visible),
            "may_add": decision.may_anywhere("add"),
            **month_columns(visible),
            "recent": recent_operations(decision),
            "newest": newest[:NEWEST_SHOWN],
            **ending_contracts(decision),
            "blocks": first_page(request),
        },
    )


def ending_contracts(decision: Any) -> dict[str, Any]:
    """Contracts of whose end somebody is to be reminded, the soonest first."""
    today = timezone.localdate()
    found = list(agreements.ending_soon(decision, today).select_related("counterparty")[: ENDING_SHOWN + 1])
    rows = [{"contract": each, "days": (each.ends_on - today).days} for each in found[:ENDING_SHOWN]]
    return {"ending": rows, "more_ending": len(found) > ENDING_SHOWN}


def kind_figures(decision: Any, current: counting.Counts) -> list[dict[str, Any]]:
    """One number for each kind of which the reader may view a type."""
    figures = []
    for kind in kinds:
        types = {each.pk for each in decision.types("view") if each.kind_code == kind.code}
        if types:
            number = counting.total(current, decision.set_ids("view", types))
            figures.append({"label": kind.plural, "url": f"/{kind.path}/", "count": number})
    return figures


def type_bars(decision: Any, current: counting.Counts) -> dict[str, Any]:
    """The types with the most counterparties, subtypes counted with their parents as the register does."""
    numbers = counting.by_type(decision, current)
    most = sorted((each for each in decision.types("view") if numbers[each.pk]), key=lambda each: -numbers[each.pk])
    shown = {each.pk for each in most[:TYPES_SHOWN]}
    bars = [
        {"label": visible_path(each, decision), "url": f"/counterparties/?type={each.code}", "count": numbers[each.pk]}
        for each in decision.types("view")
        if each.pk in shown
    ]
    return {"types": with_shares(bars), "types_shown": len(shown), "types_left_out": len(most) - len(shown)}


def status_bars(decision: Any, visible: set[int]) -> list[dict[str, Any]]:
    """Where the office stands with those the reader may view."""
    numbers = counting.by_status(visible)
    bars = [
        {
            "label": each.label,
            "url": f"/counterparties/?status={each.code}",
            "count": numbers[each.pk],
            "color": each.color,
        }
        for each in decision.settled.statuses.values()
        if each.pk in numbers
    ]
    if None in numbers:
        bars.append({"label": _("No status"), "url": None, "count": numbers[None], "color": None})
    return with_shares(bars)


def month_columns(visible: set[int]) -> dict[str, Any]:
    """How many were added in each of the last twelve months."""
    months = last_months(timezone.localdate())
    numbers = dict.fromkeys(months, 0) | counting.by_month(months, visible)
    step = 100 / MONTHS
    points = [
        {
            "label": date_format(month, "YEAR_MONTH_FORMAT"),
            "count": numbers[month],
            "at": round(place * step + step * 0.1, 2),
        }
        for place, month in enumerate(months)
    ]
    for point in with_shares(points):
        point["top"] = 100 - point["share"]
    return {
        "points": points,
        "width": round(step * 0.8, 2),
        "added": sum(numbers.values()),
        "first_label": points[0]["label"],
        "last_label": points[-1]["label"],
    }


def last_months(today: date) -> list[date]:
    """The first days of twelve months, this one last."""
    number = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - MONTHS + 1, number + 1)]


def with_shares(bars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The longest bar is 100; one that stands for anything at all can be seen."""
    most = max((bar["count"] for bar in bars), default=0)
    for bar in bars:
        bar["share"] = max(1, round(100 * bar["count"] / most)) if bar["count"] else 0
    return bars
