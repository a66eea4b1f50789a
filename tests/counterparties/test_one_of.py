"""Filters by status and country: the same pages by whichever index, and from one list or from several."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from characteristics.domain import values
from counterparties.models import Counterparty, Status
from desk.databases import within
from tests.factories import make_characteristic, make_counterparty

SORTS = ["name", "-name", "-created", "status", "-country", "-c-size"]
ASKED = [
    "status=active",
    "country=BG",
    "status=active&country=BG",
    "status=active&status=on-hold&country=BG&country=DE",
]
SEVERAL = [
    "country=BG&country=DE",
    "status=active&country=BG&country=DE",
    f"status=active&status=on-hold&country=BG&created_after={date.today() - timedelta(days=2)}",
    f"{ASKED[-1]}&archived=all",
    f"{ASKED[-1]}&c-size_min=2",
]


@pytest.fixture
def large(monkeypatch):
    """An office in which neither those of some types are few nor those of a status or a country."""
    monkeypatch.setattr("desk.databases.rarer.SORTED", 0)


@pytest.fixture
def crowd(client_type, supplier_type, bank_type):
    """Eighteen firms of two statuses and countries; Anna sees no bank."""
    types = [client_type, supplier_type, bank_type]
    active, waiting = (Status.objects.get(code=code) for code in ("active", "on-hold"))
    size = make_characteristic("size", "number", *types)
    for number in range(18):
        facts = {"status": active if number % 3 else waiting, "country": "BG" if number % 4 else "DE"}
        record = make_counterparty(f"Firm {number * 7 % 18:02}", types=[types[number // 3 % 3]], **facts)
        values.save(record, {size: number * 5 % 18})


@pytest.mark.parametrize("asked", ASKED)
def test_a_page_is_the_same_whether_few_or_many_answer(desk, crowd, asked, monkeypatch):
    def pages():
        return [[each.pk for each in page(desk, f"{asked}&sort={sort}").context["listing"].records] for sort in SORTS]

    few = pages()
    monkeypatch.setattr("desk.databases.rarer.SORTED", 0)

    assert pages() == few
    assert all(few)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL weighs by itself.")
@pytest.mark.parametrize(("sort", "is_told"), [("-created", True), ("-c-size", True), ("name", False)])
def test_sqlite_is_told_not_to_read_and_sort_the_many_of_a_status(client, admin, crowd, sort, is_told, monkeypatch):
    client.force_login(admin)
    looked_at = '+"counterparties_counterparty"."status_id"'
    assert looked_at not in asked(client, f"status=active&sort={sort}")

    monkeypatch.setattr("desk.databases.rarer.SORTED", 0)

    assert (looked_at in asked(client, f"status=active&sort={sort}")) is is_told


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL knows how many bear a type.")
@pytest.mark.parametrize("sort", ["name", "-created", "country"])
def test_for_whoever_sees_few_sqlite_is_told_to_begin_with_these(desk, crowd, sort, monkeypatch):
    looked_at = '+"counterparties_counterparty"."status_id"'
    assert looked_at in asked(desk, f"status=active&country=BG&sort={sort}")

    monkeypatch.setattr("desk.databases.rarer.SORTED", 0)

    assert (looked_at in asked(desk, f"status=active&country=BG&sort={sort}")) is (sort == "-created")


@pytest.mark.parametrize("who", ["anna", "admin"])
@pytest.mark.parametrize("given", SEVERAL)
def test_whoever_asks_for_several_turns_over_the_same_pages(listing_of, request, crowd, large, given, who, monkeypatch):
    user = request.getfixturevalue(who)
    user.rows = 5
    for name in ("spans.SORTED", "spans.MOST_SORTED", "holding.TRIED"):
        monkeypatch.setattr(f"desk.databases.{name}", 0)

    def turned():
        return [walked(listing_of, user, f"{given}&sort={sort}") for sort in ("name", "-name", "status", "-country")]

    from_each = turned()
    monkeypatch.setattr("desk.databases.from_each.MOST", 0)

    assert turned() == from_each
    assert all(len(there) > 1 for there, _back in from_each)


@pytest.mark.parametrize(
    ("given", "lists"),
    [
        ("status=active&sort=status", 0),
        ("country=BG&country=DE&status=active", 2),
        ("country=BG&country=DE&sort=-name", 2),
        ("country=BG&country=DE&sort=country", 2),
        ("country=BG&country=DE&status=active&status=on-hold&sort=status", 4),
        ("country=BG&country=DE&sort=-created", 0),
        ("country=BG&country=DE&c-size_min=4", 0),
    ],
)
def test_each_value_that_is_asked_for_is_a_list_of_its_own(desk, crowd, large, given, lists):
    with CaptureQueriesContext(connection) as sent:
        page(desk, given)

    assert max(each["sql"].count("AS piece") for each in sent) == lists


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL weighs by itself.")
def test_one_status_of_one_country_is_read_in_the_order_of_names_alone(desk, crowd, large):
    with CaptureQueriesContext(connection) as sent:
        page(desk, "status=active&country=BG")
    read = next(each["sql"] for each in sent if "ORDER BY" in each["sql"] and '"country"' in each["sql"])

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {read}")
        plan = [row[-1] for row in cursor.fetchall()]

    assert ["cp_by_status_of_country (status_id=? AND country=?)" in step for step in plan] == [True]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL weighs by itself.")
@pytest.mark.parametrize("asked", [{"status": 1}, {"country": "BG"}])
def test_who_came_when_is_told_by_the_index_in_which_names_are_walked(db, asked):
    current = Counterparty.objects.current()
    came = within(current, "created_at", timezone.now() - timedelta(days=2), None)
    walk = current.filter(came, **asked).order_by("name_key", "pk").values("pk", "type_set")[:9]

    assert f"USING COVERING INDEX cp_by_{next(iter(asked))} (" in walk.explain()


def walked(listing_of, user, question):
    """The ids on all pages of a list, and on the same pages from the last one back."""
    there, back = [], []
    shown = listing_of(user, f"/counterparties/?{question}")
    while True:
        there.append([each.pk for each in shown.records])
        if not shown.next_url:
            break
        shown = listing_of(user, shown.next_url)
    while shown.previous_url:
        shown = listing_of(user, shown.previous_url)
        back.insert(0, [each.pk for each in shown.records])
    return there, back


def page(desk, query):
    return desk.get(f"/counterparties/?{query}")


def asked(desk, query):
    with CaptureQueriesContext(connection) as sent:
        page(desk, query)
    return " ".join(each["sql"] for each in sent if "ORDER BY" in each["sql"] and "status_id" in each["sql"])
