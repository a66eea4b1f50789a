"""Where counting takes a moment, a list comes first and its count follows."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from counterparties.models import Project
from desk.pages import how_many
from staff.models import User
from tests.factories import make_counterparty
from tests.shown import names

WAITING = re.compile(r'data-count-from="([^"]*)"')


@pytest.fixture
def firms(client_type, supplier_type, anna, admin):
    """Five clients, whom Anna may take along, and four suppliers, whom she may only see; two a page."""
    clients = [make_counterparty(f"Firm {number}", types=[client_type]) for number in range(5)]
    for number in range(4):
        make_counterparty(f"Firm s{number}", types=[supplier_type])
    User.objects.filter(pk__in=[anna.pk, admin.pk]).update(rows=2)
    return clients


@pytest.fixture
def slow(monkeypatch):
    """Of no list its page can tell at once how many there are."""
    monkeypatch.setattr(how_many, "number_at_once", lambda records, most: None)


def waiting(page):
    return [address.replace("&amp;", "&") for address in WAITING.findall(page.content.decode())]


def test_a_page_tells_what_it_counted_at_once_and_its_count_follows(ask, admin, firms, monkeypatch):
    monkeypatch.setattr(how_many, "COUNTED_AT_ONCE", 7)
    page = ask(admin, "q=firm&sort=-code")
    (address,) = waiting(page)
    told = ask(admin, address.partition("?")[2])

    assert "7+ found" in page.content.decode()
    assert address == "/counterparties/?q=firm&sort=-code&count=soon"
    assert "9 found" in told.content.decode()
    assert "all 9 listed" in told.content.decode()
    assert "<html" not in told.content.decode()
    assert waiting(told) == names(told) == []


def test_where_rows_must_be_looked_into_no_page_counts_them(ask, admin, firms, slow, monkeypatch):
    monkeypatch.setattr(how_many, "capped_count", lambda records: pytest.fail("They were counted."))

    first = ask(admin, "q=firm")
    whole = ask(admin, "q=firm 4")

    assert "2+ found" in first.content.decode()
    assert "all 2+ listed" in first.content.decode()
    assert len(waiting(first)) == 1
    assert "1 found" in whole.content.decode()
    assert waiting(whole) == []


def test_no_list_says_fewer_than_it_shows(ask, admin, client_type, slow):
    for number in range(14):
        make_counterparty(f"Firm {number}", types=[client_type])
    User.objects.filter(pk=admin.pk).update(rows=12)

    assert "12+ found" in ask(admin, "q=firm").content.decode()


def test_whoever_has_no_scripts_counts_by_hand(ask, admin, firms, slow):
    page = ask(admin, "q=firm")

    exact = ask(admin, page.context["listing"].count_url.partition("?")[2])

    assert "9 found" in exact.content.decode()
    assert names(exact) == names(page)
    assert waiting(exact) == []


def test_what_a_sheet_leaves_out_is_told_with_the_count(ask, anna, firms, slow):
    page = ask(anna, "q=firm")
    told = ask(anna, waiting(page)[0].partition("?")[2])

    assert '<span class="only-wide" data-part="left-out"></span>' in page.content.decode()
    assert "sheet without" not in page.content.decode()
    assert "sheet without 4" in told.content.decode()
    assert "9 found" in told.content.decode()


def test_the_count_that_follows_reads_no_row_and_tells_only_what_may_be_seen(ask, vera, anna, firms, slow, bank_type):
    make_counterparty("Firm b", types=[bank_type])
    ask(anna, "q=firm&count=soon")
    with CaptureQueriesContext(connection) as alone:
        told = ask(anna, "q=firm&count=soon")

    assert "9 found" in told.content.decode()
    for read in ("counterparties_value", '"counterparties_counterparty"."name"'):
        assert not any(read in each["sql"] for each in alone.captured_queries)
    assert "found" not in ask(vera, "q=firm&count=soon").content.decode()


def test_projects_are_counted_after_their_page_too(ask, anna, firms, monkeypatch):
    for number, firm in enumerate(firms):
        Project.objects.create(counterparty=firm, code=f"p{number}", name=f"Work {number}")
    monkeypatch.setattr(how_many, "COUNTED_AT_ONCE", 3)

    page = ask(anna, "", "/projects/")
    told = ask(anna, waiting(page)[0].partition("?")[2], "/projects/")

    assert "3+ found" in page.content.decode()
    assert "5 found" in told.content.decode()
