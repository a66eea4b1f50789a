"""A list page: which rows, in which order, from where on, how many, and the addresses that lead on from here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from desk.columns import Column, written_rows
from desk.databases import Count
from desk.pages import keyset
from desk.pages.addresses import Address
from desk.pages.how_many import EXACT, SOON, how_many

#: So many columns have room on every screen that shows a table; the list is never sorted by one that folded away.
ALWAYS_SHOWN = 5

#: Names that a list itself understands in its address.
OWN_NAMES = ("sort", "columns", "up", "down", "after", "before", "count", "filters", "view", "large")


@dataclass(frozen=True)
class Head:
    """The head of one column."""

    key: str
    title: str
    css: str
    sort_url: str
    sorted: str
    help: Any = ""


class Listing:
    """One page of a list. ``templates/desk/list.html`` shows it.

    ``records`` are already narrowed: by the rights first, by the filters second. ``known`` is how many they are and
    ``total`` how many there are without the filters, where that is known without counting. ``follows``: where counting
    takes long, the page comes before its count. ``notes`` tells what of the address was not understood.
    """

    def __init__(
        self,
        records: QuerySet,
        columns: Sequence[Column],
        address: Address,
        *,
        order: Column,
        descending: bool = False,
        size: int = 50,
        css_of: Callable[[Any], str] = lambda record: "",
        fields: Sequence[str] = (),
        after: str = "",
        before: str = "",
        count: str = "",
        follows: bool = False,
        label: str = "",
        known: int | None = None,
        total: int | None = None,
    ) -> None:
        self.found = records
        self._columns = columns
        self.address = address.without("after", "before", "count")
        self.order, self.descending, self.page_size = order, descending, size
        self._css_of, self._counting, self._follows = css_of, count, follows
        self.total, self._known = total, known
        self.label = label
        self._wanted = {"pk", *fields, *(name for column in columns for name in column.fields)}
        self.notes: list[str] = []
        self.chips: list[tuple[str, str, str]] = []
        self.clear_url = address.path
        self.marks = False
        #: These are the list's own columns, and nobody's choice.
        self.has_own_columns = False
        self.empty_text = ""
        self._runs = order.runs(descending)
        self._here: list[tuple[keyset.Place, Any]] = []
        self.has_previous, self.has_next = False, True
        if not self.is_count_alone:
            self._turn_to(after, before)

    @property
    def is_count_alone(self) -> bool:
        """Only how many there are is asked for, for a page that is shown already."""
        return self._follows and self._counting == SOON

    @property
    def sort(self) -> str:
        """The order as an address names it."""
        return f"-{self.order.key}" if self.descending else self.order.key

    def _turn_to(self, after: str, before: str) -> None:
        """Find the places of this page and whether there is something before and behind it."""
        word = after or before
        start = keyset.read(word, self.sort, self._runs) if word else None
        if word and not start:
            self.notes.append(
                _("This position in the list is not valid any more, so the list is shown from its beginning.")
            )
        backwards = bool(start and not after)
        found = self._places(start, backwards)
        if start and (not found or (backwards and len(found) <= self.page_size)):
            # Nothing stands there now, or too little for a page: the beginning of the list is the right page.
            start, backwards = None, False
            found = self._places(None, False)
        more = len(found) > self.page_size
        found = found[: self.page_size]
        self._here = found[::-1] if backwards else found
        self.has_next = backwards or more
        self.has_previous = more if backwards else start is not None

    def _places(self, start: keyset.Place | None, backwards: bool) -> list[tuple[keyset.Place, Any]]:
        return keyset.places(self.found, self._runs, self.page_size + 1, start, backwards, self._wanted)

    @cached_property
    def records(self) -> list[Any]:
        """The records of this page, in order, and what the columns prepare for them."""
        by_id = {place[-1]: record for place, record in self._here}
        if missing := [pk for pk, record in by_id.items() if record is None]:
            # By the bare ids: what they may be was decided when they were found.
            rows = self.found.model._base_manager.filter(pk__in=missing).order_by()
            by_id |= {each.pk: each for each in rows.only(*self._wanted)}
        records = [each for each in by_id.values() if each is not None]
        for column in self._columns:
            column.prepare(records)
        return records

    @cached_property
    def rows_html(self) -> SafeString:
        """The rows as HTML; every cell was escaped by its column."""
        rows = written_rows(self._columns, self.records, self._css_of, self.marks)
        return mark_safe("\n".join(rows))  # noqa: S308

    @cached_property
    def columns(self) -> list[Head]:
        return [
            Head(column.key, str(column.title), column.css, self._sort_url(column), self._sorted(column), column.help)
            for column in self._columns
        ]

    @property
    def folds(self) -> bool:
        """Where they have no room, the last columns are left out; static/desk/folding.css knows where that is."""
        return self.has_own_columns and self.order in self._columns[:ALWAYS_SHOWN]

    def _sorted(self, column: Column) -> str:
        return "" if column.key != self.order.key else "desc" if self.descending else "asc"

    def _sort_url(self, column: Column) -> str:
        turned = f"-{column.key}" if self._sorted(column) == "asc" else column.key
        return str(self.address.but({"sort": turned})) if column.order_by else ""

    @cached_property
    def _count(self) -> Count:
        if not self.has_previous and not self.has_next:
            return Count(len(self._here))
        if self._known is not None:
            return Count(self._known)
        return how_many(self.found, self._counting, self._follows, len(self._here))

    @property
    def count_follows(self) -> bool:
        """The page says "50+ found", and the count comes after it."""
        return self._follows and self.count_is_capped and not self.is_count_alone

    @property
    def count(self) -> int:
        return self._count.number

    @property
    def count_is_capped(self) -> bool:
        return self._count.is_more

    @property
    def count_url(self) -> str:
        return str(self.address.but({"count": EXACT}))

    @property
    def count_soon_url(self) -> str:
        return str(self.address.but({"count": SOON}))

    @cached_property
    def previous_url(self) -> str:
        return self._turned("before", self._here[:1]) if self.has_previous else ""

    @cached_property
    def next_url(self) -> str:
        return self._turned("after", self._here[-1:]) if self.has_next else ""

    def _turned(self, name: str, edge: Sequence[tuple[keyset.Place, Any]]) -> str:
        if not edge:
            return ""
        place, _record = edge[0]
        return str(self.address.but({name: keyset.written(place, self.sort)}))
