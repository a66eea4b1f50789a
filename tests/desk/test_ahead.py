"""Rows that are asked for before they are needed."""

import pytest
from django.db import DatabaseError, connection

from desk.databases.ahead import ahead, when_taken
from staff.models import User

NAMES = "SELECT username FROM staff_user ORDER BY username"


@pytest.mark.parametrize("asked", [ahead, when_taken])
def test_what_is_asked_for_early_is_what_stands_in_the_transaction(boris, asked, django_assert_num_queries):
    User.objects.update(username="boris-of-this-moment")

    with django_assert_num_queries(1):
        rows = asked(NAMES)()

    assert rows == [("boris-of-this-moment",)]


def test_whoever_asks_for_something_else_meanwhile_waits(boris):
    rows = [ahead(NAMES) for _each in range(20)]

    assert [User.objects.count() for _each in range(20)] == [1] * 20
    assert [each() for each in rows] == [[("boris",)]] * 20
    assert not connection.allow_thread_sharing


@pytest.mark.parametrize("asked", [ahead, when_taken])
def test_what_cannot_be_answered_says_so_when_it_is_taken(transactional_db, asked):
    rows = asked("SELECT nothing FROM nowhere")

    with pytest.raises(DatabaseError):
        rows()
