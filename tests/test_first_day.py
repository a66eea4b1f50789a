"""The first day of an office is the same in every test, and is read once."""

import pytest
from django.db import connection, transaction

from counterparties.domain.settled import Settled
from counterparties.models import CounterpartyType, Status
from tests import first_day


def read():
    """The settings as a process knows them, and what it asked the database for that."""
    asked = []

    def noting(execute, sql, *args):
        asked.append(sql)
        return execute(sql, *args)

    with connection.execute_wrapper(noting):
        settled = Settled()
    return [each.name for each in settled.statuses.values()], len(asked)


@pytest.fixture
def days(db):
    """Several first days, one after the other."""

    def day(*acts):
        with transaction.atomic():
            first_day.open_office()
            for act in acts:
                act()
            found = read()
            transaction.set_rollback(True)
        return found

    return day


def test_what_was_read_of_one_first_day_is_good_for_the_next(days):
    names, _asked = days()

    assert days() == (names, 1)


def test_whoever_changes_the_settings_on_that_day_reads_them_anew(days):
    names, _asked = days()

    changed, asked = days(lambda: Status.objects.filter(code="active").update(name="Busy"))

    assert (changed, asked > 1) == (["Busy" if name == names[0] else name for name in names], True)
    assert days()[0] == names


def test_every_first_day_has_the_same_rows(days):
    told = []
    for _each in range(2):
        days(lambda: told.append(list(CounterpartyType.objects.values_list())))

    assert told[0] == told[1] != []
