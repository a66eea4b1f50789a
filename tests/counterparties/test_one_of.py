"""Filters by status and country: SQLite begins with their index only where that is short; the page is the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from counterparties.models import Status
from tests.factories import make_characteristic, make_counterparty

SORTS = ["name", "-name", "-created", "status", "-country", "-c-size"]
ASKED = [
    "status=active",
    "country=BG",
    "status=active&country=BG",
    "status=active&status=on-hold&country=BG&country=DE",
]


@pytest.fixture
def crowd(client_type):
    active, waiting = (Status.objects.get(code=code) for code in ("active", "on-hold"))
    size = make_characteristic("size", "number", client_type)
    for number in range(18):
        facts = {"status": active if number % 3 else waiting, "country": "BG" if number % 4 else "DE"}
        values.save(make_counterparty(f"Firm {number * 7 % 18:02}", **facts), {size: number * 5 % 18})


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
def test_sqlite_is_told_not_to_read_and_sort_the_many_of_a_status(desk, crowd, sort, is_told, monkeypatch):
    assert "+" not in asked(desk, f"status=active&sort={sort}")

    monkeypatch.setattr("desk.databases.rarer.SORTED", 0)

    assert ('+"counterparties_counterparty"."status_id"' in asked(desk, f"status=active&sort={sort}")) is is_told


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL weighs by itself.")
def test_sqlite_begins_with_the_country_where_a_status_is_common(desk, crowd, monkeypatch):
    assert "likelihood" not in asked(desk, "status=active&country=BG")

    monkeypatch.setattr("desk.databases.rarer.SORTED", 0)

    assert 'likelihood(("counterparties_counterparty"."country"' in asked(desk, "status=active&country=BG")


def page(desk, query):
    return desk.get(f"/counterparties/?{query}")


def asked(desk, query):
    with CaptureQueriesContext(connection) as sent:
        page(desk, query)
    return " ".join(each["sql"] for each in sent if "ORDER BY" in each["sql"] and "status_id" in each["sql"])
