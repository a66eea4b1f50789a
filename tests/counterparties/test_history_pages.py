"""History page by page: narrowed, to the end, at one cost, and beside the facts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from characteristics.domain import values
from counterparties.domain.type_sets import type_set_of
from counterparties.models import (
    Contact,
)
from rights.domain import policy
from tests.counterparties.told import lines, read, told
from tests.factories import make_characteristic, make_counterparty
from trail.domain.operations import operation
from trail.models import Operation
from trail.pages.timeline import parts_of, timeline


@pytest.fixture
def danube(office):
    with operation("import", by=None):
        return make_counterparty("Danube Agro", country="BG", email="office@dunavagro.example")


def rename(counterparty, times, by):
    for number in range(times):
        with operation("card", by=by):
            counterparty.alias = f"Alias {number}"
            counterparty.save()


def test_pages_join_without_gap_or_repetition(anna, danube):
    rename(danube, 7, anna)
    decision = policy.for_user(anna)
    parts = parts_of(danube, decision)

    seen, before = [], None
    while True:
        page = timeline(parts, decision, most=3, before=before)
        seen += [entry.operation.pk for entry in page.entries]
        before = page.older
        if before is None:
            break

    assert len(seen) == 8
    assert seen == sorted(set(seen), reverse=True)


def test_a_page_is_full_even_where_hidden_operations_lie_between(anna, boris, danube, client_type, bank_type):
    rename(danube, 3, anna)
    for types in ([client_type, bank_type], [client_type]) * 3:
        with operation("card", by=boris):
            danube.type_set = type_set_of(types)
            danube.save()

    entries = told(anna, danube, most=2)

    assert [lines(entry)[0][2] for entry in entries] == ["Alias 2", "Alias 1"]


def test_history_is_filtered_by_person_and_day(client, anna, boris, danube):
    rename(danube, 1, anna)
    with operation("card", by=boris):
        danube.alias = "Alias of Boris"
        danube.save()
    Operation.objects.filter(user=anna).update(at=timezone.now() - timedelta(days=40))

    today = f"day_after={timezone.localdate()}&day_before={timezone.localdate()}"

    his = read(client, anna, danube, f"?who={boris.pk}&{today}").content.decode()
    nobodys = read(client, anna, danube, f"?who={anna.pk}&{today}").content.decode()

    assert "Alias of Boris" in his
    assert "Nothing was changed within these limits." in nobodys


def test_history_is_narrowed_to_one_act_and_one_fact(client, anna, danube, client_type):
    motto = make_characteristic("motto", "text", client_type)
    rename(danube, 1, anna)
    with operation("import", by=anna):
        danube.email = "new@dunavagro.example"
        danube.save()
        values.save(danube, {motto: "Bread"})
    danube.contacts.create(name="Stefka")

    def told_of(query):
        client.force_login(anna)
        return [
            entry.operation.kind
            for entry in client.get(f"/counterparties/{danube.pk}/history/?{query}").context["entries"]
        ]

    assert told_of("kind=card") == ["card"]
    assert told_of("about=alias") == ["card"]
    assert told_of("about=email") == ["import", "import"]
    assert told_of("about=c-motto") == ["import"]
    assert told_of("about=contact") == ["system"]
    assert told_of("about=vat_number") == []
    assert told_of("about=nonsense") == told_of("")


@pytest.mark.parametrize(
    "query",
    [
        "?who=999999",
        "?who=x%00",
        "?day_after=32.13.2026",
        "?day_before=9999-12-31",
        "?day_after=0001-01-01",
        "?about=c-nowhere",
        "?before=-1",
        "?before=" + "9" * 40,
        "?before=abc",
    ],
)
def test_a_filter_from_nowhere_is_left_out(client, anna, danube, query):
    assert read(client, anna, danube, query).status_code == 200


def test_the_latest_changes_stand_beside_the_facts(client, anna, danube):
    rename(danube, 7, anna)
    client.force_login(anna)

    html = client.get(f"/counterparties/{danube.pk}/").content.decode()

    assert html.count("<del>Alias") == 5
    assert f'href="/counterparties/{danube.pk}/history/"' in html


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_history_costs_the_same_queries_however_long_it_is(
    anna, danube, client_type, how_many, django_assert_num_queries
):
    motto = make_characteristic("motto", "text", client_type)
    with operation("card", by=anna):
        values.save(danube, {motto: "The first one"})
    for number in range(how_many):
        with operation("card", by=anna):
            danube.alias = f"Alias {number}"
            danube.save()
            values.save(danube, {motto: f"Motto {number}"})
            Contact.objects.create(counterparty=danube, name=f"Contact {number}")
    decision = policy.for_user(anna)
    parts = parts_of(danube, decision)

    # which operations, three models they touched, what was before in two, the names of statuses, who did it
    with django_assert_num_queries(8):
        entries = timeline(parts, decision, most=60).entries

    assert len(entries) == how_many + 2
