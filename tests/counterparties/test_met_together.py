"""What is searched for, said and of a span of days at once: the same pages whichever of these a list is begun with."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from characteristics.domain import values
from counterparties.domain.searching import put_names_in_order
from counterparties.models import Counterparty, Status, Value
from desk.databases import Together
from desk.databases.spans import Span, within
from tests.factories import make_characteristic, make_counterparty

TODAY = timezone.localdate()
SINCE = f"created_after={TODAY - timedelta(days=5)}"


@pytest.fixture
def towns(client_type, supplier_type, bank_type, cast):
    """Clients, suppliers and banks, most of them sharks in Sofia and of some size, come on ten days one by one."""
    types, statuses = [client_type, supplier_type, bank_type], Status.objects.order_by("position")
    first, last = statuses.first(), statuses.last()
    town, size = (make_characteristic(code, kind, *types) for code, kind in (("town", "text"), ("size", "number")))
    for number in range(15):
        alias = "sharks" if number % 6 else ""
        status = last if number % 4 == 0 else first
        record = make_counterparty(f"Firm {number * 7 % 15:02}", types=[types[number % 3]], status=status, alias=alias)
        values.save(record, {town: "София" if number % 5 else "Русе", size: number // 2})
        came = timezone.now() - timedelta(days=(number * 7 + 6) % 10)
        Counterparty.objects.filter(pk=record.pk).update(created_at=came)


@pytest.fixture
def very_many(monkeypatch):
    """As in an office where a search finds so many that nobody reads all of them, and a text is said by as many."""
    monkeypatch.setattr("counterparties.domain.searching.LISTED", 0)
    monkeypatch.setattr("desk.databases.hits.FEW", -1)
    monkeypatch.setattr("desk.databases.stretches.SOON_READ", -1)
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    monkeypatch.setattr("desk.databases.placed.FEW_BESIDE", 0)


def of_everybody(pages, cast, question):
    return {each.username: pages(each, question) for each in cast}


@pytest.mark.parametrize(
    "question", ["q=sharks&c-town=соф", "q=sharks&c-town=со&sort=-name", "q=sh&c-town=соф&sort=c-size"]
)
def test_very_many_hits_and_a_text_show_everybody_the_pages_of_the_shortest_way(
    pages, cast, towns, very_many, monkeypatch, question
):
    if connection.vendor == "sqlite":
        put_names_in_order()
    soon = of_everybody(pages, cast, question)
    monkeypatch.setattr(Together, "left_open", property(lambda asked: asked.shortest))

    assert soon == of_everybody(pages, cast, question)
    assert len(soon["admin"]) == 3
    assert soon["admin"] != soon["anna"]


@pytest.mark.parametrize(
    "question", ["c-town=соф", "status=active", "status=active&c-town=со&sort=-c-size", "sort=-created"]
)
def test_those_of_some_days_are_the_same_whether_they_lead_or_are_met(pages, cast, towns, monkeypatch, question):
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    shown = []
    for is_short, is_soon_asked in ((True, True), (False, True), (False, False)):
        monkeypatch.setattr(Span, "is_short", is_short)
        monkeypatch.setattr(Span, "is_soon_asked", lambda _span, _records, told=is_soon_asked: told)
        shown.append(of_everybody(pages, cast, f"{question}&{SINCE}"))

    assert shown[0] == shown[1] == shown[2]
    assert shown[0]["admin"] != shown[0]["anna"]
    assert len(shown[0]["admin"]) == 3


@pytest.mark.parametrize(
    ("sorted_", "most", "walk", "leads"), [(9, 9, 0, True), (2, 9, 50, True), (2, 9, 0, False), (2, 4, 50, False)]
)
def test_a_span_leads_while_few_came_in_it_or_few_for_the_office(towns, monkeypatch, sorted_, most, walk, leads):
    for name, limit in (("SORTED", sorted_), ("MOST_SORTED", most), ("A_WALK", walk)):
        monkeypatch.setattr(f"desk.databases.spans.{name}", limit)
    span = Span(created_at__gte=timezone.now() - timedelta(days=4, hours=1))
    span.rows = Counterparty.objects.filter(span)

    assert (span.rows.count(), span.is_short) == (8, leads)


@pytest.fixture
def long(monkeypatch):
    """As if more had come than are read and sorted for a page, and the rarest rows were many."""
    for name, limit in (("spans.SORTED", 0), ("spans.A_WALK", 0), ("spans.TOLD_BY", 8), ("holding.TRIED", 0)):
        monkeypatch.setattr(f"desk.databases.{name}", limit)


def soon_asked(records):
    span = within(Counterparty.objects.current(), "created_at", timezone.now() - timedelta(days=4, hours=1), None)
    return span.is_soon_asked(records), span


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL passes names as soon.")
def test_each_of_a_span_is_asked_unless_so_many_answer_that_a_walk_soon_meets_them(towns, long, monkeypatch):
    everybody, nobody = Counterparty.objects.all(), Counterparty.objects.filter(name="Nobody")

    monkeypatch.setattr("desk.databases.spans.A_LONG_WALK", 15)
    assert soon_asked(everybody)[0]
    monkeypatch.setattr("desk.databases.spans.A_LONG_WALK", 0)
    assert [soon_asked(records)[0] for records in (everybody, nobody)] == [False, True]

    _asked, span = soon_asked(everybody)
    assert 8 <= span.number == span.answering <= 15
    monkeypatch.setattr("desk.databases.spans.MOST_ASKED", span.number - 1)
    assert not soon_asked(nobody)[0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL passes names as soon.")
@pytest.mark.parametrize(
    ("question", "listed", "row", "leads", "walks"),
    [
        ("c-town=соф", 1000, 1000, True, False),
        ("c-town=соф", 0, 1000, True, False),
        ("c-town=соф&sort=-created", 1000, 1000, False, True),
        ("c-size_min=6", 1000, 1, False, True),
    ],
)
def test_sqlite_begins_with_those_of_a_span_who_are_soon_asked(
    ask, admin, towns, long, monkeypatch, question, listed, row, leads, walks
):
    """In the order of days a walk meets them anyway, and the fewer rows lead to them sooner."""
    monkeypatch.setattr("desk.databases.holding.LISTED", listed)
    monkeypatch.setattr("desk.databases.holding.HARDLY_ANY", 0)
    monkeypatch.setattr("desk.databases.holding.A_ROW", row)
    with CaptureQueriesContext(connection) as asked:
        assert ask(admin, f"{question}&{SINCE}").context["listing"].records

    said = [each["sql"] for each in asked]
    assert any("likelihood(" in each for each in said) is leads
    assert any("step(pk)" in each for each in said) is walks


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows how many came in any span.")
def test_sqlite_is_told_that_few_came_in_some_days(ask, admin, towns):
    with CaptureQueriesContext(connection) as asked:
        ask(admin, f"status=active&{SINCE}")

    assert any("likelihood(" in each["sql"] for each in asked)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows how many came in any span.")
def test_where_those_of_some_days_are_named_sqlite_begins_with_their_ids(ask, admin, towns, monkeypatch):
    monkeypatch.setattr("desk.databases.holding.SOON_READ", 0)
    with CaptureQueriesContext(connection) as asked:
        shown = ask(admin, f"c-town=соф&{SINCE}").context["listing"]

    named = [each["sql"] for each in asked if '"counterparties_counterparty"."id" IN (' in each["sql"]]
    assert shown.records
    assert ["likelihood(" in each for each in named] == [False] * len(named) != []


@pytest.mark.parametrize(("read", "leads"), [(100, True), (0, False)])
def test_few_rows_lead_before_those_of_some_days_are_asked_one_by_one(ask, admin, towns, monkeypatch, read, leads):
    monkeypatch.setattr("desk.databases.holding.SOON_READ", read)
    with CaptureQueriesContext(connection) as asked:
        assert ask(admin, f"c-size_min=1&{SINCE}").context["listing"].records

    assert any("led(owner)" in each["sql"] for each in asked) is leads


@pytest.mark.parametrize("listed", [0, 1000])
@pytest.mark.parametrize(
    "question", ["c-size_min=1&c-town=соф", "c-size_min=1&c-size_max=5&status=active&sort=-c-size"]
)
def test_the_rarest_rows_lead_everybody_where_a_trial_would(pages, cast, towns, monkeypatch, question, listed):
    monkeypatch.setattr("desk.databases.holding.LISTED", listed)
    led = of_everybody(pages, cast, question)
    monkeypatch.setattr("desk.databases.holding.TRIED", 0)
    monkeypatch.setattr("desk.databases.glancing.GLANCED_AT", 0)

    assert of_everybody(pages, cast, question) == led
    assert led["admin"] != led["anna"]


def test_where_few_rows_answer_nobody_glances_or_tries(ask, admin, towns):
    with CaptureQueriesContext(connection) as asked:
        listing = ask(admin, "c-size_min=1&c-town=соф").context["listing"]

    said = " ".join(each["sql"] for each in asked)
    assert "led(owner)" in said
    assert not ("led(way" in said or "step(pk)" in said) or connection.vendor == "postgresql"
    assert (listing.count, listing.count_follows) == (11, False)


@pytest.mark.parametrize("fewer", [0, 1])
def test_as_many_rows_as_a_glance_and_a_trial_would_read_are_asked_for_their_owners(
    ask, admin, towns, monkeypatch, fewer
):
    rows = Value.objects.filter(number__gte=1).count()
    monkeypatch.setattr("desk.databases.holding.TRIED", rows // 2 + 1 - fewer)
    with CaptureQueriesContext(connection) as asked:
        listing = ask(admin, "c-size_min=1").context["listing"]

    said = " ".join(each["sql"] for each in asked)
    assert ("led(way" in said or "step(pk)" in said) is bool(fewer)
    everybody = Counterparty.objects.filter(values__number__gte=1).order_by("name_key", "pk")
    assert [each.pk for each in listing.records] == [each.pk for each in everybody[:3]]


def test_two_letters_of_a_text_are_not_counted_before_a_page_of_them(ask, admin, towns, monkeypatch):
    monkeypatch.setattr("desk.databases.holding.TRIED", 1)
    with CaptureQueriesContext(connection) as asked:
        listing = ask(admin, "c-town=со").context["listing"]

    assert len(listing.records) == 3
    assert not any("COUNT(*) FROM (SELECT" in each["sql"] and "%со%" in each["sql"] for each in asked)
