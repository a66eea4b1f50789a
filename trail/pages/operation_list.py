"""Who did what: the operations one may know of, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from time import monotonic
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.columns import Column
from desk.listing import OWN_NAMES, Listing
from desk.pages import keyset
from desk.pages.addresses import Address
from desk.pages.answers import show
from desk.pages.filters import Asked, Filter, panel
from desk.pages.how_many import COUNTED
from desk.pages.question import ListQuestion
from desk.pages.taking import may_be_large, ways
from trail.models import Operation
from trail.pages.known import Knowing
from trail.pages.operation_columns import columns
from trail.pages.operation_filters import filters
from trail.pages.worth_asking import worth_asking

#: Operations worth asking about are asked about in batches of so many, of which nearly all are known; so many
#: altogether, and once one is found, no longer than so many seconds.
#: A page asks first about its rows and so many to spare, for hardly any is not for the reader.
BATCH, LOOKED_THROUGH, SECONDS, SPARE = 100, 10_000, 1.0, 10
#: The people whose acts a reader may know of are those of so many of the newest operations.
PEOPLE_AMONG = 500
MOST_ROWS = 200
OPEN, NAMED = "open", "groups"


class OperationQuestion(ListQuestion):
    """What an address asks of the list; its sheet asks the same."""

    sorted_by = "at"

    def __init__(self, data: QueryDict, decision: Any) -> None:
        self.decision, self._data = decision, data
        self.knowing = Knowing(decision)
        self.filters = {each.key: each for each in filters(decision, self._people)}
        self.asked = Asked(data, self.find, OWN_NAMES)
        self.notes = self.asked.notes

    def find(self, name: str) -> Filter | None:
        return self.filters.get("day" if name in ("day_after", "day_before") else name)

    @cached_property
    def columns(self) -> dict[str, Column]:
        return {each.key: each for each in columns(self.knowing)}

    @property
    def own_columns(self) -> list[str]:
        return list(self.columns)

    @cached_property
    def order(self) -> tuple[Column, bool]:
        """By time alone; the newest first when nothing is said."""
        column, descending = super().order
        return column, descending or not self._data.get("sort")

    def sorted_otherwise(self) -> str:
        return _("The list cannot be sorted by “%(column)s”, so it is sorted by time.")

    def records(self) -> QuerySet[Operation]:
        """All worth asking about that answer the question; of which the reader may know is decided batch by batch."""
        undone = Operation.objects.filter(undoes=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        found = Operation.objects.filter(self._worth_asking).select_related("user").annotate(undone=Subquery(undone))
        for condition in self.asked.conditions():
            found = found.filter(condition)
        return found

    @cached_property
    def _worth_asking(self) -> Q:
        return worth_asking(self.knowing)

    def _people(self) -> list[int]:
        if self.knowing.knows_all:
            return list(get_user_model().objects.values_list("pk", flat=True))
        among = Operation.objects.filter(self._worth_asking).only("pk", "user_id")
        newest = list(among.order_by("-at", "-pk")[:PEOPLE_AMONG])
        known = self.knowing.known(newest)
        return list({each.user_id for each in newest if each.pk in known and each.user_id})


class KnownOperations(Listing):
    """A page of those the reader may know of: read from one to the next until the page is full."""

    def __init__(self, question: OperationQuestion, address: Address, **how: Any) -> None:
        self._knowing, self._further, self._is_behind_all = question.knowing, "", False
        order, descending = question.order
        super().__init__(
            question.records(),
            question.chosen,
            address,
            order=order,
            descending=descending,
            fields=("user_id", "undoes_id"),
            **how,
        )

    def _places(self, start: keyset.Place | None, backwards: bool) -> list[tuple[keyset.Place, Any]]:
        if self._knowing.knows_all:
            return super()._places(start, backwards)
        if self._is_behind_all:
            return []
        found: list[tuple[keyset.Place, Any]] = []
        since, is_onward = monotonic(), start is not None and not backwards
        for turn in range(LOOKED_THROUGH // BATCH):
            many = BATCH if turn else min(BATCH, self.page_size + SPARE)
            batch = keyset.places(self.found, self._runs, many, start, backwards, self._wanted)
            known = self._knowing.known([record for _place, record in batch])
            found += [each for each in batch if each[1].pk in known]
            if len(found) > self.page_size or len(batch) < many:
                if is_onward and not found:
                    # Stopped before the last one was looked at: nothing more is there, and the first page is another.
                    self._is_behind_all = True
                    self.notes.append(_("There are no further operations that you may see."))
                return found[: self.page_size + 1]
            start = batch[-1][0]
            if found and monotonic() - since > SECONDS:
                # The page is not full, and goes on where it stopped looking.
                self._further = "" if backwards else str(self.address.but({"after": keyset.written(start, self.sort)}))
                return found
        self.notes.append(
            _("%(number)s operations were looked through for those you may see. Say a day to look further back.")
            % {"number": number_format(LOOKED_THROUGH, force_grouping=True)}
        )
        return found

    @property
    def next_url(self) -> str:
        return super().next_url or self._further

    @property
    def previous_url(self) -> str:
        return str(self.address) if self._is_behind_all else super().previous_url


@dataclass
class Section:
    """The filters of the panel, without a heading."""

    groups: Sequence[Any] = ()
    code: str = ""
    label: str = ""
    is_open: bool = True
    number_set: int = field(default=0)


@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """What the address asks for."""
    question = OperationQuestion(request.GET, request.decision)
    is_open = "filters" in request.GET
    carried = [("filters", OPEN)] if is_open else []
    listing = KnownOperations(
        question,
        Address(request.path, [*question.pairs, *carried]),
        size=min(max(request.decision.user.rows, 1), MOST_ROWS),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        count=request.GET.get("count", ""),
        label=_("Operations"),
    )
    address = listing.address
    listing.chips = [(label, words, str(address.without(*names))) for label, words, names in question.asked.chips()]
    listing.clear_url = str(address.without(*question.asked.names))
    groups = panel(question.filters.values(), question.asked) if is_open else []
    in_panel = {each.name for _label, fields in groups for each in fields} | {"filters"}
    return show(
        request,
        "trail/operations.html",
        listing=listing,
        knows_all=question.knowing.knows_all,
        notes=question.notes + listing.notes,
        counted=COUNTED,
        filters_open=is_open,
        filters_url=str(address.without("filters") if is_open else address.but({"filters": OPEN})),
        filter_sections=[Section(groups)],
        filters_named=NAMED,
        filters_number=len(groups),
        kept=[(name, value) for name, value in address.pairs if name not in in_panel],
        **sheets(question, request, listing),
    )


def sheets(question: OperationQuestion, request: HttpRequest, listing: KnownOperations) -> dict[str, Any]:
    """The ways to take the list along. How many there are in all is told to nobody who may not know of all."""
    if not request.decision.may_anywhere("export"):
        return {}
    is_large = may_be_large(listing) if question.knowing.knows_all else listing.has_next
    return ways(Address(request.path, question.pairs), is_large)
