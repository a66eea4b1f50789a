"""The first page of the day."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from characteristics.domain import values
from counterparties.domain import counting
from counterparties.domain.recent import DAYS
from counterparties.models import Counterparty, Status
from counterparties.pages import home
from counterparties.pages.home import last_months
from staff.models import User
from tests.factories import make_characteristic, make_counterparty, make_type
from trail.domain.operations import operation
from trail.models import Operation


def test_anna_sees_numbers_of_what_she_may_view_and_of_nothing_else(
    client, anna, client_type, supplier_type, bank_type
):
    make_counterparty("One", [client_type])
    make_counterparty("Both", [client_type, bank_type])
    make_counterparty("Bank", [bank_type])
    make_counterparty("Gone", [client_type], archived_at=timezone.now())
    client.force_login(anna)

    told = client.get("/").context

    assert told["total"] == 2
    assert [(each["url"], each["count"]) for each in told["figures"]] == [("/clients/", 2), ("/suppliers/", 0)]
    assert [(each["url"], each["count"]) for each in told["types"]] == [("/counterparties/?type=client", 2)]
    assert [(each["url"], each["count"]) for each in told["statuses"]] == [("/counterparties/?status=active", 2)]


def test_numbers_are_links_to_the_register_and_bars_have_lengths(client, admin, client_type, supplier_type):
    inactive = Status.objects.get(code="inactive")
    for _each in range(4):
        make_counterparty(types=[client_type])
    make_counterparty(types=[supplier_type], status=inactive)
    make_counterparty(types=[supplier_type], status=None)
    client.force_login(admin)

    answer = client.get("/")

    statuses = answer.context["statuses"]
    assert [(each["label"], each["count"], each["share"]) for each in statuses] == [
        ("Active", 4, 100),
        ("Inactive", 1, 25),
        ("No status", 1, 25),
    ]
    assert '<a href="/counterparties/?status=inactive">Inactive</a>' in answer.content.decode()


def test_a_type_counts_its_subtypes_as_the_register_does(client, admin, client_type):
    retail = make_type("retail", client_type)
    make_counterparty(types=[retail])
    make_counterparty(types=[client_type])
    client.force_login(admin)

    bars = client.get("/").context["types"]

    assert [(each["label"], each["count"]) for each in bars] == [("Client", 2), ("Client › Retail", 1)]


def test_of_very_many_types_the_largest_are_shown_and_the_page_says_so(client, admin, client_type, monkeypatch):
    monkeypatch.setattr(home, "TYPES_SHOWN", 2)
    many, few = (make_type(code, client_type, name=code) for code in ("many", "few"))
    make_counterparty(types=[many])
    make_counterparty(types=[many])
    client.force_login(admin)

    whole = client.get("/")
    make_counterparty(types=[few])
    cut = client.get("/")

    assert [each["label"] for each in whole.context["types"]] == ["Client", "Client › many"]
    assert [each["label"] for each in cut.context["types"]] == ["Client", "Client › many"]
    assert ["the 2 largest types" in each.content.decode() for each in (whole, cut)] == [False, True]


def test_months_are_counted_by_the_day_they_were_added(client, admin, client_type):
    with time_machine.travel("2026-03-31 22:30:00Z"):  # the first of April in Sofia
        make_counterparty(types=[client_type])
    with time_machine.travel("2026-04-20 09:00:00Z"):
        make_counterparty(types=[client_type])
        client.force_login(admin)

        points = client.get("/").context["points"]

    assert [each["count"] for each in points][-2:] == [0, 2]
    assert len(points) == 12


def test_twelve_months_end_with_this_one():
    months = last_months(timezone.datetime(2026, 2, 15).date())

    assert (str(months[0]), str(months[-1]), len(months)) == ("2025-03-01", "2026-02-01", 12)


def test_recent_changes_tell_who_and_whom(client, anna, boris, client_type):
    with operation("card", by=boris):
        shop = make_counterparty("Shop <b>", [client_type])
    client.force_login(anna)

    answer = client.get("/")

    (entry,) = answer.context["recent"]
    assert (entry.operation.user, entry.counterparty, entry.has_others) == (boris, shop, False)
    assert f'<a href="/counterparties/{shop.pk}/">Shop &lt;b&gt;</a>' in answer.content.decode()


def test_one_operation_on_many_is_one_entry(client, anna, client_type):
    with operation("import", by=anna):
        for number in range(3):
            make_counterparty(f"Firm {number}", [client_type])
    client.force_login(anna)

    (entry,) = client.get("/").context["recent"]

    assert entry.has_others


def test_who_may_view_types_that_nobody_carries_yet_has_a_first_page_and_empty_lists(client, anna, bank_type):
    make_counterparty("Secret bank", [bank_type])
    client.force_login(anna)

    assert client.get("/").status_code == 200
    assert client.get("/counterparties/").context["listing"].records == []


def test_changes_of_what_anna_may_not_view_are_absent(client, anna, client_type, bank_type):
    with operation("card", by=None):
        make_counterparty("Secret bank", [bank_type])
    with operation("import", by=None):
        make_counterparty("Another bank", [bank_type])
        known = make_counterparty("Known", [client_type])
    client.force_login(anna)

    answer = client.get("/")

    assert [(each.counterparty, each.has_others) for each in answer.context["recent"]] == [(known, False)]
    said = re.sub("csrfmiddlewaretoken.*?>", "", answer.content.decode()).replace("building-bank", "")
    assert "bank" not in said.lower().replace("banks", "")


def test_an_answer_is_told_only_where_a_type_of_that_counterparty_shows_it(
    client, anna, client_type, supplier_type, bank_type
):
    motto = make_characteristic("motto", "text", supplier_type, bank_type)
    by_a_hidden_type = make_counterparty("By a hidden type", [client_type, bank_type])
    by_a_known_type = make_counterparty("By a known type", [client_type, supplier_type])
    Operation.objects.update(at=timezone.now() - timedelta(days=DAYS + 1))
    for counterparty in (by_a_known_type, by_a_hidden_type):
        with operation("card", by=None):
            values.save(counterparty, {motto: "Said"})
    client.force_login(anna)

    recent = client.get("/").context["recent"]

    assert [each.counterparty for each in recent] == [by_a_known_type]


def test_an_operation_on_settings_is_no_change_of_a_counterparty(client, admin, client_type):
    with operation("settings", by=admin):
        make_characteristic("motto", "text", client_type)
    make_counterparty()
    client.force_login(admin)

    assert [each.operation.kind for each in client.get("/").context["recent"]] == ["system"]


def test_the_newest_stand_first_and_the_archived_not_at_all(client, admin, client_type):
    older = make_counterparty("Older")
    newer = make_counterparty("Newer")
    make_counterparty("Gone", archived_at=timezone.now())
    client.force_login(admin)

    assert list(client.get("/").context["newest"]) == [newer, older]


def test_vera_is_told_whom_to_ask(client, vera, admin):
    User.objects.filter(pk=admin.pk).update(first_name="Maria", last_name="Ivanova", email="maria@office.example")
    make_counterparty("Secret")
    client.force_login(vera)

    page = client.get("/").content.decode()

    assert "You see no counterparties yet" in page
    assert "Maria Ivanova" in page
    assert "Secret" not in page
    assert "/clients/" not in page


def test_an_empty_office_says_what_to_do_next(client, anna, vera):
    client.force_login(anna)

    page = client.get("/").content.decode()

    assert "No counterparties yet" in page
    assert 'href="/counterparties/new/"' in page


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_home_costs_the_same_however_much_there_is(
    client, anna, client_type, supplier_type, how_many, django_assert_num_queries
):
    for number in range(how_many):
        with operation("card", by=anna):
            make_counterparty(types=[client_type] if number % 2 else [client_type, supplier_type])
    client.force_login(anna)
    client.get("/")

    with django_assert_num_queries(14):
        client.get("/")


@pytest.mark.parametrize("zone", ["Europe/Sofia", "UTC", "America/New_York", "Asia/Kathmandu"])
def test_a_month_begins_at_midnight_of_the_office(office, client_type, zone):
    months = last_months(date(2026, 4, 20))
    with timezone.override(zone):
        for day in ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"):
            for clock in ("00:00:00", "03:59:59", "04:00:00", "18:15:00", "18:14:59", "22:00:00", "23:59:59"):
                added = timezone.make_aware(datetime.fromisoformat(f"{day} {clock}"))
                Counterparty.objects.filter(pk=make_counterparty().pk).update(created_at=added)
        Counterparty.objects.filter(pk=make_counterparty().pk).update(created_at=datetime(2031, 1, 1, tzinfo=UTC))

        counted = counting.by_month(months)

    assert {month.isoformat(): number for month, number in counted.items()} == {
        "2026-02-01": 7,
        "2026-03-01": 14,
        "2026-04-01": 8,
    }


# ---- an office of nobody yet


def test_an_administrator_of_an_empty_office_is_shown_the_first_steps_and_which_are_begun(client, admin, client_type):
    client.force_login(admin)
    before = [(each.url, each.is_begun) for each in client.get("/").context["first_steps"]]
    make_type("retail", client_type)
    User.objects.create_user("petar")

    after = client.get("/")

    urls = ["/settings/types/", "/settings/characteristics/", "/people/", "/settings/rights/"]
    assert before == [(url, False) for url in urls]
    assert [each.url for each in after.context["first_steps"] if each.is_begun] == ["/settings/types/", "/people/"]
    assert "First steps" in after.content.decode()


def test_first_steps_are_gone_with_the_first_counterparty_and_nothing_to_those_without_the_settings(
    client, admin, anna, client_type
):
    client.force_login(anna)
    assert client.get("/").context["first_steps"] == []

    make_counterparty(types=[client_type])

    client.force_login(admin)
    assert "First steps" not in client.get("/").content.decode()
