"""A page that a short walk fills is the page that the shortest way leads to, for everybody and in every order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from counterparties.models import Status
from staff.models import User
from tests.factories import make_characteristic, make_counterparty
from tests.shown import names


@pytest.fixture
def towns(client_type, supplier_type, bank_type, admin, anna):
    """Twelve clients, suppliers and banks, most of them in Sofia and of some size; Anna sees no bank; three a page."""
    types, statuses = [client_type, supplier_type, bank_type], Status.objects.order_by("position")
    first, last = statuses.first(), statuses.last()
    town, size = (make_characteristic(code, kind, *types) for code, kind in (("town", "text"), ("size", "number")))
    for number in range(12):
        record = make_counterparty(f"Firm {number:02}", [types[number % 3]], status=last if number > 8 else first)
        said = {town: "София" if number % 5 else "Русе"}
        values.save(record, said | ({size: number // 2} if number % 4 else {}))
    for person in (admin, anna):
        User.objects.filter(pk=person.pk).update(rows=3)


def tries(ask, user, question):
    """The page, and whether it was tried which way to it is short."""
    with CaptureQueriesContext(connection) as asked:
        listing = ask(user, question).context["listing"]
    return listing, any("led(way" in each["sql"] for each in asked)


def pages(ask, user, question):
    """What stands on the first page, on the second and on the one before it."""
    first, is_tried = tries(ask, user, question)
    second = ask(user, first.next_url.partition("?")[2]).context["listing"]
    back = ask(user, second.previous_url.partition("?")[2]).context["listing"]
    return [[each.name for each in page.records] for page in (first, second, back)], is_tried


@pytest.mark.parametrize(
    "question",
    [f"c-town=соф&sort={sort}" for sort in ("name", "-c-size", "status")]
    + [f"c-size_min=1&c-town=соф&type=client&type=bank&sort={sort}" for sort in ("-name", "c-size")],
)
def test_a_short_walk_leads_where_the_shortest_way_does(ask, admin, anna, towns, monkeypatch, question):
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    soon = [pages(ask, each, question) for each in (admin, anna)]
    monkeypatch.setattr("desk.databases.walking.GLANCED_AT", 0)
    tried = [pages(ask, each, question) for each in (admin, anna)]

    assert [shown for shown, _is_tried in soon] == [shown for shown, _is_tried in tried]
    assert soon[0] != soon[1]
    assert all(is_tried for _shown, is_tried in tried)
    assert not soon[0][1]


def test_where_the_first_names_do_not_answer_nobody_walks_on(ask, admin, towns, monkeypatch):
    monkeypatch.setattr("desk.databases.walking.GLANCED_AT", 1)

    assert names(ask(admin, "c-town=соф")) == ["Firm 01", "Firm 02", "Firm 03"]
    assert tries(ask, admin, "c-town=соф")[1]


def test_where_few_say_so_a_page_that_was_met_soon_still_knows_how_many_there_are(ask, admin, towns, monkeypatch):
    few = ask(admin, "c-size_min=1&c-town=соф").context["listing"]
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    many = ask(admin, "c-size_min=1&c-town=соф").context["listing"]

    assert [(each.count, each.count_is_capped, each.count_follows) for each in (few, many)] == [
        (6, False, False),
        (3, True, True),
    ]
    assert ask(admin, "c-size_min=1&c-town=соф&count=exact").context["listing"].count == 6
