"""What the database counts of counterparties while they are written."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from counterparties.domain import counting, tallies
from counterparties.domain.type_sets import type_set_of
from counterparties.models import Counterparty, Status, Tally
from crm import checks
from desk.databases import tally_triggers
from tests import first_day
from tests.factories import make_counterparty, make_type
from tests.tallied import wrong


def unsaved(number, type_set, **facts):
    return Counterparty(code=f"B{number}", code_key=f"b{number}", name=f"Bulk {number}", type_set=type_set, **facts)


def test_numbers_are_what_counting_one_by_one_would_say(office, client_type, bank_type):
    inactive = Status.objects.get(code="inactive")
    for _each in range(2):
        make_counterparty(types=[client_type])
    make_counterparty(types=[client_type, bank_type], status=None)
    make_counterparty(types=[bank_type], status=inactive, archived_at=timezone.now())

    everybody = counting.of_everybody()

    assert everybody == Counter(
        (each.type_set_id, each.status_id, each.is_archived) for each in Counterparty.objects.all()
    )
    assert sorted(counting.of_type_sets().values()) == [1, 2]
    assert sorted(counting.by_status(counting.of_type_sets()).values()) == [1, 2]


def test_whatever_is_written_moves_them(office, client_type, bank_type):
    one, both = type_set_of([client_type]), type_set_of([client_type, bank_type])
    active, inactive = Status.objects.get(code="active"), Status.objects.get(code="inactive")

    def saved_with(**facts):
        for fact, value in facts.items():
            setattr(shop, fact, value)
        shop.save()

    shop = make_counterparty("Shop", [client_type])
    acts = {
        "named": lambda: saved_with(name="Other"),
        "without a status": lambda: saved_with(status=None),
        "with another status": lambda: saved_with(status=inactive),
        "of another type": lambda: saved_with(type_set=both),
        "archived": lambda: saved_with(archived_at=timezone.now()),
        "back": lambda: saved_with(archived_at=None),
        "everything at once": lambda: saved_with(type_set=one, status=active, archived_at=timezone.now()),
        "many": lambda: Counterparty.objects.bulk_create(
            [unsaved(number, one if number % 3 else both, status=active) for number in range(300)]
        ),
        "many changed": lambda: Counterparty.objects.filter(type_set=both).update(status=None, type_set=one),
        "many archived": lambda: Counterparty.objects.filter(pk__gt=shop.pk + 100).update(archived_at=timezone.now()),
        "nobody": lambda: Counterparty.objects.filter(pk=0).update(status=None),
        "what is there already": lambda: Counterparty.objects.bulk_create(
            [unsaved(1, one), unsaved(400, both)], ignore_conflicts=True
        ),
        "put in its place": lambda: Counterparty.objects.bulk_create(
            [unsaved(1, both), unsaved(401, both)],
            update_conflicts=True,
            update_fields=["type_set"],
            unique_fields=["code_key"],
        ),
        "some gone": lambda: Counterparty.objects.filter(status=None).delete(),
        "all gone": lambda: Counterparty.objects.all()._raw_delete("default"),
    }

    for name, act in acts.items():
        act()
        assert wrong() == {}, name

    assert counting.of_everybody() == {}


def test_what_was_taken_back_was_never_counted(office, client_type):
    make_counterparty()
    with transaction.atomic():
        Counterparty.objects.all().update(status=None)
        make_counterparty(types=[make_type("retail", client_type)])
        transaction.set_rollback(True)

    assert wrong() == {}
    assert list(counting.of_type_sets().values()) == [1]


def test_rows_of_a_tally_stay_few_however_often_is_written(office, monkeypatch):
    """PostgreSQL appends, and folds together now and then; SQLite has no more rows than there are facts."""
    monkeypatch.setattr(tally_triggers, "FOLDED_AFTER", 10)
    tallies.prepare(anew=True)
    shop = make_counterparty()

    for _each in range(30):
        Counterparty.objects.filter(pk=shop.pk).update(archived_at=timezone.now())
        Counterparty.objects.filter(pk=shop.pk).update(archived_at=None)

    assert wrong() == {}
    assert Tally.objects.count() <= 12


def test_a_tally_without_its_triggers_is_told_and_mended(office):
    for each in tallies.ALL:
        each.forget()
    make_counterparty()

    (told,) = checks.tallies_of_counterparties(databases=["default"])
    assert (told.id, told.hint) == ("crm.W004", "Run: python manage.py migrate")
    assert set(wrong()) == {"counterparties_tally", "counterparties_arrivals"}

    tallies.prepare()
    assert (checks.tallies_of_counterparties(databases=["default"]), wrong()) == ([], {})


def test_an_emptied_table_has_nobody(office):
    for _each in range(3):
        make_counterparty()

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE counterparties_counterparty CASCADE")
        else:
            cursor.execute("DELETE FROM counterparties_counterparty")

    assert (wrong(), counting.of_everybody()) == ({}, {})


@pytest.mark.django_db(transaction=True)
def test_who_saves_waits_for_no_import_and_counts_nothing_of_it_before_it_is_over(monkeypatch):
    if connection.vendor == "sqlite":
        pytest.skip("It has one writer at a time.")
    monkeypatch.setattr(tally_triggers, "FOLDED_AFTER", 1)
    tallies.prepare(anew=True)
    first_day.open_office()
    make_counterparty()

    def save():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        shop = make_counterparty()
        shop.archived_at = timezone.now()
        shop.save()
        seen = wrong(), sum(counting.of_everybody().values())
        connection.close()
        return seen

    with ThreadPoolExecutor(1) as colleague, transaction.atomic():
        for _each in range(3):
            make_counterparty()
        assert colleague.submit(save).result() == ({}, 2)
        assert wrong() == {}

    assert (wrong(), sum(counting.of_everybody().values())) == ({}, 5)
    monkeypatch.undo()
    tallies.prepare(anew=True)
