"""Texts that hold two letters are found by no index: where many do, PostgreSQL reads them where they lie."""

import pytest
from django.db import connection
from django.db.models import Q

from characteristics.domain import values
from counterparties.models import Counterparty, Value
from desk.databases import count_anew, number_met, owning
from tests.factories import make_characteristic, make_counterparty


@pytest.fixture
def towns(client_type, monkeypatch):
    """Twelve clients, eight of them in Ruse; nearly all rows of the small table are asked how many say so."""
    town = make_characteristic("town", "text", client_type)
    for number in range(12):
        values.save(make_counterparty(), {town: "Русе" if number % 3 else "София"})
    count_anew()
    monkeypatch.setattr("desk.databases.scattered.ASKED", 11)
    return town


def holding(town, letters):
    rows = Value.objects.filter(characteristic=town)
    return town.type.owners(rows, "counterparty", town, {"": letters})


@pytest.mark.parametrize("soon_met", [400, 1])
def test_the_same_ones_are_found_whether_they_are_many_or_not(towns, monkeypatch, soon_met):
    monkeypatch.setattr("desk.databases.scattered.SOON_MET", soon_met)
    asked = holding(towns, "ру")
    sql, given = asked.first(99)
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        found = {pk for (pk,) in cursor.fetchall()}

    assert found == set(asked.rows.values_list("counterparty", flat=True))
    assert ("TABLESAMPLE" in sql) == (connection.vendor == "postgresql" and soon_met == 400)
    assert [asked.counted(most) for most in (3, 99)] == [3, 8]
    assert holding(towns, "ва").counted(99) == 0


def test_a_count_says_at_least_so_many_when_no_more_are_looked_at(towns, monkeypatch):
    monkeypatch.setattr("desk.databases.scattered.Scattered.looked_at", 3)
    records = Counterparty.objects.filter(owning(holding(towns, "ру"), Q()))

    assert number_met(records, 99) == (3, True)
    assert number_met(records, 2) == (2, True)
