"""A long list inside a page, shown in portions: ``?page=2`` is the second."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from desk.pages.addresses import Address

#: So many rows stand in one portion.
SIZE = 50


class Portion:
    """Some rows of many, and the ways on; ``templates/desk/portion.html`` shows them.

    ``total``: how many there are, when that is known already.
    """

    def __init__(self, request: HttpRequest, rows: Any, total: int | None = None, size: int = SIZE) -> None:
        paginator = Paginator(rows, size)
        if total is not None:
            paginator.count = total  # type: ignore[method-assign, assignment]
        # A number that is none, or lies beyond the end, is the nearest portion there is.
        self._page = paginator.get_page(request.GET.get("page"))
        pairs = [(name, value) for name, values in request.GET.lists() for value in values if name != "page"]
        self._address = Address(request.path, pairs)
        self.rows = list(self._page.object_list)

    @property
    def first(self) -> int:
        return self._page.start_index()

    @property
    def last(self) -> int:
        return self._page.end_index()

    @property
    def total(self) -> int:
        return int(self._page.paginator.count)

    @property
    def next_url(self) -> str:
        return self._to(self._page.number + 1) if self._page.has_next() else ""

    @property
    def previous_url(self) -> str:
        return self._to(self._page.number - 1) if self._page.has_previous() else ""

    def _to(self, number: int) -> str:
        # The first portion is the page itself: one address for one thing.
        return str(self._address.but({"page": str(number)}) if number > 1 else self._address)
