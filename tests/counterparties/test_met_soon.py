"""A page that a short walk fills is the page that the shortest way leads to, for everybody and in every order."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from counterparties.models import Status
from counterparties.pages import register
from counterparties.pages.asked import Question
from rights.domain import policy
from tests.factories import make_characteristic, make_counterparty


@pytest.fixture
def towns(client_type, supplier_type, bank_type, cast):
    """Twelve clients, suppliers and banks, most of them in Sofia and of some size; Anna sees no bank."""
    types, statuses = [client_type, supplier_type, bank_type], Status.objects.order_by("position")
    first, last = statuses.first(), statuses.last()
    town, size = (make_characteristic(code, kind, *types) for code, kind in (("town", "text"), ("size", "number")))
    for number in range(12):
        record = make_counterparty(f"Firm {number:02}", types=[types[number % 3]], status=last if number > 8 else first)
        said = {town: "София" if number % 5 else "Русе"}
        values.save(record, said | ({size: number // 2} if number % 4 else {}))


@pytest.fixture
def tries(rf):
    """A page of the register as one person asks for it, and whether it was tried which way to it is short."""

    def read(user, question):
        request = rf.get("/counterparties/?" + question)
        request.user, request.decision = user, policy.for_user(user)
        with CaptureQueriesContext(connection) as asked:
            listing = register.listed(Question(request.GET, request.decision), request, None)
            names = [each.name for each in listing.records]
        return listing, names, any("led(way" in each["sql"] for each in asked)

    return read


def pages(tries, user, question):
    """What stands on the first page, on the second and on the one before it."""
    first, names, is_tried = tries(user, question)
    if not first.next_url:
        return [names], is_tried
    second, onward, _is_tried = tries(user, first.next_url.partition("?")[2])
    return [names, onward, tries(user, second.previous_url.partition("?")[2])[1]], is_tried


@pytest.mark.parametrize(
    "question",
    [f"c-town=соф&sort={sort}" for sort in ("name", "-c-size", "status")]
    + [f"c-size_min=1&c-town=соф&type=client&type=bank&sort={sort}" for sort in ("-name", "c-size")],
)
def test_a_short_walk_leads_everybody_where_the_shortest_way_does(tries, cast, towns, monkeypatch, question):
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    soon = {each.username: pages(tries, each, question) for each in cast}
    monkeypatch.setattr("desk.databases.glancing.GLANCED_AT", 0)
    tried = {each.username: pages(tries, each, question) for each in cast}

    walked = {name: shown for name, (shown, _is_tried) in soon.items()}
    assert walked == {name: shown for name, (shown, _is_tried) in tried.items()}
    assert len(walked["admin"]) == 3
    assert walked["admin"] != walked["anna"]
    assert (walked["vera"], walked["ivo"]) == ([[]], [[]])
    assert {name for name, (_shown, is_tried) in tried.items() if is_tried} >= {"admin", "anna", "boris", "mila"}
    assert not soon["admin"][1]


def test_where_the_first_names_do_not_answer_nobody_walks_on(tries, cast, towns, monkeypatch):
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    monkeypatch.setattr("desk.databases.glancing.GLANCED_AT", 1)

    assert tries(cast.get(username="admin"), "c-town=соф")[1:] == (["Firm 01", "Firm 02", "Firm 03"], True)


def test_where_few_say_so_a_page_that_was_met_soon_still_knows_how_many_there_are(ask, admin, towns, monkeypatch):
    few = ask(admin, "c-size_min=1&c-town=соф").context["listing"]
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    many = ask(admin, "c-size_min=1&c-town=соф").context["listing"]

    assert [(each.count, each.count_is_capped, each.count_follows) for each in (few, many)] == [
        (6, False, False),
        (3, True, True),
    ]
    assert ask(admin, "c-size_min=1&c-town=соф&count=exact").context["listing"].count == 6
