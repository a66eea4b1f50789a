"""What a search finds, in the order of a number: the same pages for everybody, whichever way leads to them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from counterparties.domain.searching import put_names_in_order
from counterparties.pages import register
from counterparties.pages.asked import Question
from rights.domain import policy
from tests.factories import make_characteristic, make_counterparty

#: Any word; a number whose end is looked for, so that each hit is proved.
SAID = ("sharks", "20000471")


@pytest.fixture
def sharks(client_type, supplier_type, bank_type):
    """Clients, suppliers and banks most of which are found and have a size, the last of them without a place."""
    types = [client_type, supplier_type, bank_type]
    size = make_characteristic("size", "number", *types)
    for number in range(15):
        said = {
            "alias": "sharks" if number % 5 else "",
            "registration_number": f"{2 if number % 5 else 9}0000471{number:02}",
        }
        record = make_counterparty(f"Firm {number * 7 % 11:02}", types=[types[number % 3]], **said)
        values.save(record, {size: number // 2} if number % 4 else {})
        if number == 11:
            put_names_in_order()


@pytest.fixture
def names(rf):
    """The names on the pages of the register that one person turns over and back, and the statements that led there."""

    def read(user, question):
        request = rf.get("/counterparties/?" + question)
        request.user, request.decision = user, policy.for_user(user)
        with CaptureQueriesContext(connection) as asked:
            listing = register.listed(Question(request.GET, request.decision), request, None)
            shown = [each.name for each in listing.records]
        return listing, shown, [each["sql"] for each in asked]

    def pages(user, question):
        listing, shown, asked = read(user, question)
        turned = [shown]
        while listing.next_url:
            listing, shown, more = read(user, listing.next_url.partition("?")[2])
            turned, asked = [*turned, shown], asked + more
        return [*turned, read(user, listing.previous_url.partition("?")[2])[1] if listing.previous_url else []], asked

    return pages


@pytest.mark.parametrize("sort", ["c-size", "-c-size"])
def test_hits_in_the_order_of_a_number_are_the_same_by_every_way(names, cast, sharks, monkeypatch, sort):
    asked = [(each, f"q={said}&sort={sort}") for each in cast for said in SAID]
    few = {each: names(*each)[0] for each in asked}
    monkeypatch.setattr("counterparties.domain.searching.LISTED", 0)
    listed = {each: names(*each)[0] for each in asked}
    for where in ("found", "walking"):
        monkeypatch.setattr(f"desk.databases.{where}.MET_SOON", 0)
    many = {each: names(*each) for each in asked}

    admin = cast.get(username="admin")
    assert {each: pages for each, (pages, _asked) in many.items()} == listed == few
    assert len(few[admin, asked[0][1]]) > 3
    assert few[admin, asked[0][1]] != few[cast.get(username="anna"), asked[0][1]]
    if connection.vendor == "sqlite":
        assert all(any("GROUP_CONCAT" in sql for sql in many[admin, f"q={said}&sort={sort}"][1]) for said in SAID)
