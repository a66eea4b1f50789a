"""Several people change the same many at the same moment, each in an order of their own, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from zeal import zeal_ignore

from counterparties.models import Counterparty
from tests.factories import make_counterparty

PEOPLE = 4


@pytest.mark.django_db(transaction=True)
def test_bulk_edits_in_opposite_orders_wait_for_each_other_and_all_are_kept(transactional_db, anna):
    those = [make_counterparty().pk for _each in range(60)]
    desks = [Client() for _each in range(PEOPLE)]
    for desk in desks:
        desk.force_login(anna)
    ready = Barrier(PEOPLE, timeout=20)

    def go(number):
        order = those if number % 2 else those[::-1]
        address = f"/counterparties/bulk/?{urlencode([('row', pk) for pk in order])}"
        sent = {"confirmed": "1", "change": "status", "status": ("inactive", "on-hold")[number % 2]}
        ready.wait()
        try:
            with zeal_ignore():
                return desks[number].post(address, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        answers = list(people.map(go, range(PEOPLE)))

    assert answers == [303] * PEOPLE
    assert Counterparty.objects.values("status").distinct().count() == 1
    for each in Counterparty.objects.all():
        # Every version but the first is a change that history knows, each to another status than before it.
        told = list(each.history.order_by("history_id").values_list("status", flat=True))
        assert len(told) == each.version
        assert all(before != after for before, after in pairwise(told))
