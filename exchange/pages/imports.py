"""Sheets that come in: those that came, and the box for the next one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from counterparties.models import CounterpartyType
from counterparties.pages.facts import visible_path
from counterparties.pages.held_list import filters_of
from counterparties.pages.register import MOST_ROWS
from desk.intake import SheetError
from desk.listing import Listing
from desk.pages.addresses import Address
from desk.pages.answers import done, show
from desk.pages.filters import Asked
from exchange.domain import importing
from exchange.models import Import

from .asked_by import NAMES
from .imports_columns import columns
from .imports_filters import filters

#: What the browser offers first when somebody looks for a sheet.
OFFERED = ".xlsx,.csv,.xls,.xlsm,.xlsb,.ods,.tsv,.txt"
#: Names that the page itself understands in its address; *type* is said of the sheet that is to come.
OWN_NAMES = ("type", "after", "before", "count", "filters")


class UploadForm(forms.Form):
    """The sheet, and the types that whoever sends it came from."""

    file = forms.FileField(
        label=gettext_lazy("Sheet"),
        widget=forms.FileInput(attrs={"accept": OFFERED}),
        error_messages={
            "required": gettext_lazy("Choose a sheet first."),
            "empty": gettext_lazy("The file is empty."),
        },
        max_length=None,
    )

    def receive(self, by: Any, types: list[str]) -> Import | None:
        """The import that begins with this sheet; None when it cannot be read, with the reason at the field."""
        try:
            return importing.receive(self.cleaned_data["file"], by=by, types=types)
        except (SheetError, ValidationError) as wrong:
            self.add_error("file", wrong if isinstance(wrong, ValidationError) else str(wrong))
        return None


def writable(decision: Any) -> list[CounterpartyType]:
    """The types of which this user may add counterparties or edit them; nobody imports without one."""
    ids = decision.type_ids("add") | decision.type_ids("edit")
    return [each for each in decision.types("view") if each.pk in ids and not each.is_stopped]


def require_writer(decision: Any) -> None:
    """Go on only when some type grants to add or to edit."""
    if not decision.may_anywhere("edit"):
        decision.require_anywhere("add")


def mine(request: HttpRequest) -> QuerySet[Import]:
    """One's own imports; superusers see everybody's."""
    return Import.objects.all() if request.decision.is_superuser else Import.objects.filter(user=request.user.pk)


class Question:
    """The imports as one person asks for them."""

    def __init__(self, request: HttpRequest) -> None:
        decision = request.decision
        self.filters = filters(decision.is_superuser, decision)
        self.asked = Asked(request.GET, lambda name: self.filters.get(NAMES.get(name, name)), OWN_NAMES)
        self.records = mine(request)
        for condition in self.asked.conditions():
            self.records = self.records.filter(condition)


@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The newest first, and above them the box for a sheet."""
    decision = request.decision
    require_writer(decision)
    types = writable(decision)
    wished = [each.code for each in types if each.code in request.GET.getlist("type")]
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid() and (received := form.receive(request.user, wished)):
        return done(request, received.get_absolute_url())
    question = Question(request)
    listing = listed(question, request)
    return show(
        request,
        "exchange/imports.html",
        form=form,
        listing=listing,
        notes=question.asked.notes + listing.notes,
        types=[(each.code, visible_path(each, decision)) for each in types],
        wished=[visible_path(each, decision) for each in types if each.code in wished],
        **filters_of(question, request.GET, listing.address),  # type: ignore[arg-type]
    )


def listed(question: Question, request: HttpRequest) -> Listing:
    shown = columns(request.decision.is_superuser)
    carried = [("type", each) for each in request.GET.getlist("type")]
    carried += [("filters", "open")] if "filters" in request.GET else []
    listing = Listing(
        question.records,
        shown,
        Address(request.path, [*question.asked.pairs, *carried]),
        order=next(each for each in shown if each.key == "created"),
        descending=True,
        size=min(max(request.decision.user.rows, 1), MOST_ROWS),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        count=request.GET.get("count", ""),
        label=_("Imports"),
    )
    address = listing.address
    listing.chips = [(label, words, str(address.without(*names))) for label, words, names in question.asked.chips()]
    listing.clear_url = str(address.without(*question.asked.names))
    return listing
