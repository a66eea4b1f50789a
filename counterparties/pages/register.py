"""The register: the list of counterparties, all of them or those of one kind."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from counterparties.domain.counting import Counts, total
from counterparties.kinds import Kind
from counterparties.pages import counts, filter_panel
from counterparties.pages.asked import Question
from counterparties.pages.chooser import chooser, of_counterparties
from counterparties.pages.list_views import Views, address_of
from counterparties.pages.lists import title
from desk import list_acts
from desk.databases import Count
from desk.listing import Listing
from desk.pages.addresses import Address, Pairs
from desk.pages.answers import show
from desk.pages.how_many import capped_count
from desk.pages.taking import may_be_large, ways

#: So many rows a page are shown at most, whatever a person's preferences say.
MOST_ROWS = 200


@require_safe
def register(request: HttpRequest, kind: Kind | None = None) -> HttpResponse:
    """The counterparties the reader may see, as the address asks for them."""
    if not request.decision.may_anywhere("view"):
        return show(request, "counterparties/register.html", heading=title(kind), sees_nothing=True)
    views = Views(request)
    if views.default and not request.GET:
        return HttpResponseRedirect(address_of(views.default))
    question = Question(request.GET, request.decision, kind, views.columns)
    known = counts.of_question(question, request)
    listing = listed(question, request, known, [*views.pairs, *filter_panel.pairs(request.GET)])
    if listing.is_count_alone:
        return counted(request, listing, sheets(question, request, listing, known))
    return show(
        request,
        "counterparties/register.html",
        listing=listing,
        heading=title(kind),
        notes=question.notes + listing.notes + views.notes(question),
        q=question.asked.answer("q", ""),
        find_kept=listing.address.without("q").pairs,
        numbers_url=in_numbers(question),
        columns=chooser(question, listing, request.path, request.GET, of_counterparties(question)),
        views=views.menu(question),
        **filter_panel.context(question, request.GET, listing.address),
        **ticks(question, listing, request),
        **sheets(question, request, listing, known),
        **new_button(request.decision, kind),
    )


def in_numbers(question: Question) -> str:
    """The same list in numbers."""
    of_kind = [("list", question.kind.code)] if question.kind else []
    return str(Address(reverse("analysis"), [*of_kind, *question.asked.pairs]))


def listed(question: Question, request: HttpRequest, known: Counts | None, carried: Pairs = ()) -> Listing:
    """The page of the list that was asked for. ``carried``: what goes along in its addresses besides the question."""
    order, descending = question.order
    chosen = question.chosen
    if question.columns["name"] not in chosen:
        # Without the name there is no way from the list to the dossier.
        chosen = [question.columns["name"], *chosen]
    listing = Listing(
        question.listed(),
        chosen,
        Address(request.path, [*question.pairs, *carried]),
        order=order,
        descending=descending,
        size=min(max(question.decision.user.rows, 1), MOST_ROWS),
        css_of=lambda record: "gone" if record.archived_at else "",
        fields=("archived_at", "type_set_id"),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        count=request.GET.get("count", ""),
        follows=True,
        label=title(question.kind),
        known=None if known is None else total(known, question.scope.sets),
        total=total_of(question, request),
    )
    listing.has_own_columns = question.shows_own_columns
    address = listing.address
    listing.chips = [(label, words, str(address.without(*names))) for label, words, names in question.asked.chips()]
    listing.clear_url = str(address.without(*question.asked.names))
    return listing


def counted(request: HttpRequest, listing: Listing, sheets: dict[str, Any]) -> HttpResponse:
    """What a page that is shown already waits for: how many there are, and how many of them its sheet leaves out."""
    return show(request, "counterparties/counted.html", listing=listing, **sheets)


def total_of(question: Question, request: HttpRequest) -> int | None:
    """How many there are without the filters; the menu counts daily work only, so of the archive nothing is known."""
    if "archived" in question.asked.answers:
        return None
    return total(counts.of_type_sets(request), question.scope.sets)


def ticks(question: Question, listing: Listing, request: HttpRequest) -> dict[str, Any]:
    """Rows can be ticked by those who may do something with many of this list at once."""
    kept = [*question.pairs, *([("list", question.kind.code)] if question.kind else [])]
    acts = list_acts.bar(request, question.scope, kept)
    listing.marks = acts is not None
    return {"list_acts": acts}


def sheets(question: Question, request: HttpRequest, listing: Listing, known: Counts | None) -> dict[str, Any]:
    """The ways to take the list along, and how much of it will be missing."""
    if not request.decision.may_anywhere("export"):
        return {}
    # A sheet is asked by its address alone: what was remembered for the page is said in it.
    asked = Address(request.path, question.whole if question.remembered else question.pairs)
    return {**ways(asked, may_be_large(listing)), "left_out": left_out(question, known, listing)}


def left_out(question: Question, known: Counts | None, listing: Listing) -> Count | None:
    """How many of the list a sheet would leave out, told with the count; the sheet itself counts them to the end."""
    sets = question.scope.without("export")
    if not sets:
        return None
    if listing.count_follows:
        return Count(0)
    if known is not None:
        return Count(total(known, sets))
    return capped_count(question.filtered(question.scope.of_sets(sets)))


def new_button(decision: Any, kind: Kind | None) -> dict[str, Any]:
    """The way to add one, for those who may: of the first type of this list that grants it."""
    types = [each for each in decision.types("add") if kind is None or each.kind_code == kind.code]
    types = [each for each in types if not each.is_stopped]
    if not types:
        return {}
    words = str(kind.new_words) if kind else _("New counterparty")
    address = f"{reverse('register')}new/"
    quick = {"quick_url": reverse("client-quick")} if kind and kind.is_client else {}
    return {"new_url": f"{address}?type={types[0].code}" if kind else address, "new_label": words, **quick}
