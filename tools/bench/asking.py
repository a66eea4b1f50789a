"""Asking the office as its people do: through its own pages, or through the objects that its pages call."""

from functools import cached_property
from typing import Any

from django.db import connection
from django.http import HttpRequest, QueryDict
from django.test import Client, RequestFactory

from counterparties.models import Counterparty
from counterparties.pages import register
from counterparties.pages.asked import Question
from desk.listing import Listing
from desk.pages import keyset
from rights.domain import policy
from staff.models import User
from tools.bench.shaping import SHOWN

COLUMNS = "&".join(["columns=name", *(f"columns=c-{code}" for code in SHOWN)])
REGISTER = "/counterparties/"


class Person:
    """Somebody of the office who asks for pages."""

    def __init__(self, name: str) -> None:
        self.user = User.objects.get(username=name)

    @cached_property
    def client(self) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(self.user)
        return client

    def page(self, address: str, status: int = 200) -> Any:
        answer = self.client.get(address)
        if answer.status_code != status:
            raise AssertionError(f"{address} answered {answer.status_code}")
        return answer

    def rows(self, address: str) -> int:
        """How many rows a list shows."""
        return self.page(address).content.count(b"<tr") - 1

    @cached_property
    def decision(self) -> policy.Decision:
        return policy.for_user(self.user)

    def request(self, query: str = "") -> HttpRequest:
        request = RequestFactory(SERVER_NAME="127.0.0.1").get(f"{REGISTER}?{query}")
        request.user, request.decision = self.user, self.decision
        return request

    def question(self, query: str = "") -> Question:
        return Question(QueryDict(query), self.decision)

    def listing(self, query: str = "", question: Question | None = None) -> Listing:
        return register.listed(question or self.question(query), self.request(query), None)

    def data(self, query: str = "", question: Question | None = None) -> list[Any]:
        """The data of a page: its records, and what they say for every column that is shown."""
        return self._read(self.listing(query, question))

    def _read(self, listing: Listing) -> list[Any]:
        for column in listing._columns:
            for record in listing.records:
                column.value(record)
        return listing.records

    def page_and_count(self, query: str = "") -> int:
        """A page of a list, its question read anew, and as much of its count as comes with it."""
        listing = self.listing(query)
        self._read(listing)
        return listing.count

    def word_at(self, query: str, share: float) -> str:
        """The opaque word for a place so deep in a list, as the links of its pages carry it."""
        question = self.question(query)
        order, descending = question.order
        records = question.records()
        before = int(self.scope_size * share)
        for number, run in enumerate(order.runs(descending)):
            for part, condition in enumerate(run.parts):
                rows = keyset._sorted(records.filter(condition), run, False)
                count = rows.order_by().count()
                if before < count:
                    keys = rows.values_list(*[f"key_{place}" for place in range(len(run.keys))])[before]
                    return keyset.written((number, part, *keys), f"-{order.key}" if descending else order.key)
                before -= count
        raise AssertionError(f"{query} has no such depth")

    @cached_property
    def scope_size(self) -> int:
        return self.question().records().count()


def by_keys(ids: list[int]) -> list[Counterparty]:
    """The floor of a list: as many records, asked for by their ids."""
    return list(Counterparty.objects.filter(pk__in=ids))


def scanned(needle: str) -> int:
    """The floor of a search: every record's search text read through."""
    # The empty text behind the column keeps every index out of it.
    sql = "SELECT COUNT(*) FROM counterparties_counterparty WHERE search || '' LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"%{needle}%"])
        return cursor.fetchone()[0]
