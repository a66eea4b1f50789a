"""A list of counterparties in numbers: the page, and its sheet."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from counterparties.domain.analysing.cuts import Cut
from counterparties.domain.analysing.grouping import TooManyAnswers
from counterparties.domain.analysing.table import ALL
from counterparties.domain.counting import total
from counterparties.pages import counts, filter_panel
from counterparties.pages.analysis_asked import OF_ALL, OF_COLUMN, OF_ROW, Analysis
from counterparties.pages.analysis_plot import plot
from counterparties.pages.analysis_shown import Shown
from counterparties.pages.lists import title
from desk.databases import Count
from desk.databases.patience import TookTooLong
from desk.pages.acts import takes_along
from desk.pages.addresses import Address
from desk.pages.answers import show
from desk.pages.how_many import capped_count
from desk.pages.taking import taken, ways
from desk.sheets import Heading, Plain

Choices = Sequence[tuple[str, str]]


@require_safe
def analysis(request: HttpRequest) -> HttpResponse:
    """Those whom the list finds, parted by one fact or by two."""
    if not request.decision.may_anywhere("view"):
        return show(request, "counterparties/analysis.html", heading=_("In numbers"), sees_nothing=True)
    asked = Analysis(request.GET, request.decision)
    panel = filter_panel.pairs(request.GET)
    address = Address(asked.address.path, [*asked.address.pairs, *panel])
    return show(
        request,
        "counterparties/analysis.html",
        heading=_("%(list)s in numbers") % {"list": title(asked.kind)},
        crumbs=[(title(asked.kind), str(asked.list_address)), (_("In numbers"), None)],
        asked=asked,
        list_url=str(asked.list_address),
        listing=Chips(asked, address),
        choices=choices(asked),
        kept_beside=[*asked.question.asked.pairs, *panel, *asked.of_kind],
        **answered(asked),
        **filter_panel.context(asked.question, request.GET, address),
        **sheets(asked, request),
    )


class Chips:
    """The filters that are set, each with its way out, as ``desk/chips.html`` shows them."""

    #: Its numbers are there with the page.
    count_follows = False

    def __init__(self, asked: Analysis, address: Address) -> None:
        chips = asked.question.asked.chips()
        self.chips = [(label, words, str(address.without(*names))) for label, words, names in chips]
        self.clear_url = str(address.without(*asked.question.asked.names))


def sheets(asked: Analysis, request: HttpRequest) -> dict[str, Any]:
    """The ways to take the table along, and of how many it will know nothing."""
    if not request.decision.may_anywhere("export"):
        return {}
    question, left_out = asked.question, None
    if sets := question.scope.without("export"):
        known = counts.of_question(question, request)
        left_out = (
            Count(total(known, sets))
            if known is not None
            else capped_count(question.filtered(question.scope.of_sets(sets)))
        )
    return {**ways(asked.address, is_large=False), "left_out": left_out}


def answered(asked: Analysis) -> dict[str, Any]:
    """The table and its plot; or why there is none."""
    try:
        shown = Shown(asked, asked.table())
    except TooManyAnswers:
        return {"refused": _("There are too many different answers to put into one table.")}
    except TookTooLong:
        return {"refused": _("This took too long, so it was given up.")}
    return {"shown": shown, "plot": plot(shown)}


def choices(asked: Analysis) -> list[dict[str, Any]]:
    """What the table can be made of: a box for each choice, in groups."""
    facts, said = _of_cuts(asked.facts), _of_cuts(asked.characteristics)
    cuts = [(_("Facts"), facts), *([(_("Characteristics"), said)] if said else [])]
    columns = "" if asked.columns is None or asked.measure.columns else asked.columns.key
    boxes = [
        _box("rows", pgettext("analysis", "Rows"), asked.rows.key, cuts),
        _box("columns", pgettext("analysis", "Columns"), columns, [("", [("", _("none"))]), *cuts]),
        _box("measure", _("Measure"), asked.measure.key, [("", _of_measures(asked))]),
    ]
    if asked.measure.columns:
        # Its columns are its own.
        del boxes[1]
    if asked.columns is not None and asked.measure.has_shares:
        boxes.append(_box("shares", _("Shares"), asked.shares, [("", shares())]))
    return boxes


def shares() -> list[tuple[str, str]]:
    return [
        ("", _("none")),
        (OF_ROW, _("of the row")),
        (OF_COLUMN, _("of the column")),
        (OF_ALL, _("of the whole")),
    ]


def _of_cuts(cuts: Sequence[Cut]) -> Choices:
    return [(each.key, each.label) for each in cuts]


def _of_measures(asked: Analysis) -> Choices:
    return [(each.key, each.label) for each in asked.measures.values()]


def _box(name: str, label: str, chosen: str, groups: Sequence[tuple[str, Choices]]) -> dict[str, Any]:
    return {"name": name, "label": label, "chosen": chosen, "groups": groups}


# ---- the sheet


@takes_along
@require_safe
def analysis_sheet(request: HttpRequest, ending: str) -> HttpResponseBase:
    """The table to take along: of those alone of whom a type grants the export."""
    request.decision.require_anywhere("export")
    asked = Analysis(request.GET, request.decision)
    try:
        made = Taken(asked, request.user)
    except (TooManyAnswers, TookTooLong):
        # The page says why, and what to do.
        return HttpResponseRedirect(str(asked.address))
    return taken(request, made, ending)


class Taken(Plain):
    """The sheet of an analysis."""

    def __init__(self, asked: Analysis, user: Any) -> None:
        shown = Shown(asked, asked.table("export"))
        heads = [Heading(f"part-{place}", each.label) for place, each in enumerate(shown.heads)]
        super().__init__(
            user,
            "analysis",
            _("%(list)s in numbers") % {"list": asked.question.title},
            address=str(asked.address),
            columns=[Heading("rows", asked.rows.label), *heads, Heading("total", shown.total_label)],
            rows=_rows(shown),
            stem=f"{asked.question.file_name}-analysis",
            filters=[(label, words) for label, words, _names in asked.question.asked.chips()],
            circumstances=_circumstances(asked, shown),
            about=shown.table.names,
        )
        self.left_out = asked.question.left_out
        self._left_out_words = asked.question.left_out_words()

    def left_out_words(self) -> str:
        return self._left_out_words


def _rows(shown: Shown) -> list[list[Any]]:
    table = shown.table
    keys = [*[(each.key, each.label) for each in table.rows], (ALL, _("Total"))]
    columns = [*[each.key for each in table.columns], ALL]
    return [[label, *[table.number(row, column) for column in columns]] for row, label in keys]


def _circumstances(asked: Analysis, shown: Shown) -> list[tuple[str, str]]:
    said = [(_("Measure"), asked.measure.label)]
    if "archived" not in asked.question.asked.answers:
        said.append((pgettext("filter", "Archived"), _("left out")))
    said += [(_("How to read it"), each) for each in shown.sentences]
    return said + [(_("Not understood"), note) for note in asked.notes]
