"""A list of what hangs on counterparties, over all those the reader may view: its page and its sheets."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counterparties.pages.chooser import Group
from counterparties.pages.chooser import chooser as columns_of
from counterparties.pages.filter_panel import NAMED, OPEN, Section, is_open
from counterparties.pages.held_columns import Owner
from counterparties.pages.held_question import HeldQuestion
from counterparties.pages.list_views import Views, address_of
from counterparties.pages.register import MOST_ROWS, counted
from counterparties.pages.sheet import Sheet
from desk.columns import Column
from desk.databases import Count
from desk.listing import Listing
from desk.pages.acts import takes_along
from desk.pages.addresses import Address, Pairs
from desk.pages.answers import show
from desk.pages.filters import Filter, panel
from desk.pages.how_many import capped_count
from desk.pages.taking import may_be_large, taken, ways


class HeldList:
    """One such list. An heir names its model and its words, its columns and its filters."""

    code = ""  # its part of the address, and the names of its routes
    model: Any = None
    title: Any = ""
    empty_title: Any = ""
    empty_text: Any = ""
    find_words: Any = ""
    sorted_by = "name"
    own_columns: tuple[str, ...] = ()

    def columns(self, decision: Any) -> list[Column]:
        raise NotImplementedError

    def filters(self, data: QueryDict, decision: Any) -> list[Filter]:
        raise NotImplementedError

    #: Names in the address that differ from the key of their filter: a day has two.
    names = {f"{key}_{ending}": key for key in ("starts", "ends") for ending in ("after", "before")}

    @property
    def path(self) -> str:
        return f"/{self.code}/"

    # ---- the pages

    def page(self, request: HttpRequest) -> HttpResponse:
        """Those of the counterparties the reader may see, as the address asks for them."""
        if not request.decision.may_anywhere("view"):
            return show(request, "counterparties/held_list.html", heading=self.title, sees_nothing=True)
        views = Views(request)
        if views.default and not request.GET:
            return HttpResponseRedirect(address_of(views.default))
        question = HeldQuestion(self, request.GET, request.decision, views.columns)
        listing = listed(question, request, views.pairs)
        if listing.is_count_alone:
            return counted(request, listing, sheets(question, request, listing))
        return show(
            request,
            "counterparties/held_list.html",
            listing=listing,
            heading=self.title,
            notes=question.notes + listing.notes + views.notes(question),
            find=question.asked.answer("q", ""),
            find_words=self.find_words,
            find_kept=listing.address.without("q").pairs,
            empty_title=self.empty_title,
            columns=columns_of(question, listing, request.path, request.GET, [others(question)]),
            views=views.menu(question),
            **filters_of(question, request.GET, listing.address),
            **sheets(question, request, listing),
        )

    def sheet(self, request: HttpRequest, ending: str) -> HttpResponseBase:
        """What is listed, to take along."""
        request.decision.require_anywhere("export")
        return taken(request, Sheet(HeldQuestion(self, request.GET, request.decision), request.user), ending)

    def paths(self) -> list[URLPattern]:
        """Their routes: the list and its two sheets."""
        sheet = takes_along(require_safe(self.sheet))
        return [
            path(f"{self.code}/", require_safe(self.page), name=self.code),
            path(f"{self.code}/sheet.xlsx", sheet, {"ending": "xlsx"}, name=f"{self.code}-xlsx"),
            path(f"{self.code}/sheet.csv", sheet, {"ending": "csv"}, name=f"{self.code}-csv"),
        ]


def listed(question: HeldQuestion, request: HttpRequest, carried: Pairs = ()) -> Listing:
    """The page of the list that was asked for. ``carried``: what goes along in its addresses besides the question."""
    order, descending = question.order
    first = question.columns[question.sorted_by]
    # Without what it is called there is no way from the list to the dossier.
    chosen = question.chosen if first in question.chosen else [first, *question.chosen]
    owner = next((each for each in chosen if isinstance(each, Owner)), None)
    is_open_now = [("filters", OPEN)] if is_open(request.GET) else []
    listing = Listing(
        question.records(),
        chosen,
        Address(request.path, [*question.pairs, *carried, *is_open_now]),
        order=order,
        descending=descending,
        size=min(max(question.decision.user.rows, 1), MOST_ROWS),
        css_of=lambda record: "gone" if owner and owner.is_archived(record) else "",
        fields=("counterparty_id",),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        count=request.GET.get("count", ""),
        follows=True,
        label=question.title,
    )
    listing.has_own_columns = question.shows_own_columns
    address = listing.address
    listing.chips = [(label, words, str(address.without(*names))) for label, words, names in question.asked.chips()]
    listing.clear_url = str(address.without(*question.asked.names))
    listing.empty_text = "" if listing.chips else str(question.held.empty_text)
    return listing


def others(question: HeldQuestion) -> Group:
    """All its columns; the chooser leaves out those that are shown."""
    return Group(_("Not shown"), list(question.columns.values()))


def filters_of(question: HeldQuestion, data: QueryDict, address: Any) -> dict[str, Any]:
    """What ``desk/filter.html`` needs; without the panel itself while it is folded."""
    open_now = is_open(data)
    groups = panel(question.filters.values(), question.asked) if open_now else []
    in_panel = {field.name for _label, fields in groups for field in fields} | {"filters"}
    return {
        "filters_open": open_now,
        "filters_url": str(address.without("filters") if open_now else address.but({"filters": OPEN})),
        "filter_sections": [Section(groups=groups)],
        "filters_named": NAMED,
        "filters_number": len(groups),
        "kept": [(name, value) for name, value in address.pairs if name not in in_panel],
    }


def sheets(question: HeldQuestion, request: HttpRequest, listing: Listing) -> dict[str, Any]:
    """The ways to take the list along, and how much of it will be missing."""
    if not request.decision.may_anywhere("export"):
        return {}
    # A sheet is asked by its address alone: what was remembered for the page is said in it.
    asked = Address(request.path, question.whole if question.remembered else question.pairs)
    return {**ways(asked, may_be_large(listing)), "left_out": left_out(question, listing), "is_held": True}


def left_out(question: HeldQuestion, listing: Listing) -> Count | None:
    """How many of the list a sheet would leave out, told with the count; None when that is nothing for sure."""
    missing = question.not_to_take
    if missing is None:
        return None
    return Count(0) if listing.count_follows else capped_count(missing)
