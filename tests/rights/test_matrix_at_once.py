"""Several people confirming one matrix at the same moment, on real connections."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from zeal import zeal_ignore

from rights.models import Grant
from tests.rights.matrices import read
from trail.models import Operation

SUPPLIERS = "/settings/types/supplier/rights/"
RIGHTS = ["add", "archive", "export", "settings"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def page(client, ivo):
    """How the matrix stood when everybody opened it."""
    client.force_login(ivo)
    return lambda address=SUPPLIERS: read(client, address)


def at_once(person, forms):
    """What each of several people is answered, each sending one form: [(address, sent), …]."""
    ready = Barrier(len(forms), timeout=20)

    def go(form):
        desk = Client()
        desk.force_login(person)
        ready.wait()
        try:
            # Losing a race means reading once more; that is no reading row by row.
            with zeal_ignore():
                return desk.post(form[0], form[1] | {"confirmed": "1"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as people:
        return Counter(people.map(go, forms))


def held(role, code="supplier"):
    return set(Grant.objects.filter(role=role, type__code=code).values_list("right", flat=True))


def test_different_cells_all_stay(page, ivo, sales):
    forms = [(SUPPLIERS, page().tick(f"grant-{sales.pk}-{right}").sent) for right in RIGHTS]
    before = Operation.objects.count()

    assert at_once(ivo, forms) == {303: 4}
    assert held(sales) == {"view", *RIGHTS}
    assert Operation.objects.count() - before == 4


def test_the_same_cell_is_given_once(page, ivo, sales):
    sent = page().tick(f"grant-{sales.pk}-export").sent
    before = Operation.objects.count()

    assert at_once(ivo, [(SUPPLIERS, sent)] * 4) == {303: 4}
    assert Grant.objects.filter(role=sales, type__code="supplier", right="export").count() == 1
    assert Operation.objects.count() - before == 1


def test_view_taken_while_a_right_is_given_ends_in_one_of_the_two(page, ivo, sales):
    taken = page().untick(f"grant-{sales.pk}-view").sent
    given = page().tick(f"grant-{sales.pk}-export").sent

    answers = at_once(ivo, [(SUPPLIERS, taken), (SUPPLIERS, given)])

    assert answers == {303: 1, 409: 1}
    assert held(sales) in (set(), {"view", "export"})


def test_the_whole_matrix_and_one_type_do_not_wait_for_each_other_for_ever(page, ivo, sales):
    whole = "/settings/rights/"
    forms = [
        (whole, page(whole).tick("all-bank-archive", "all-supplier-archive").sent),
        (SUPPLIERS, page().tick(f"grant-{sales.pk}-export").sent),
        (whole, page(whole).tick("all-holding-archive", "all-supplier-settings").sent),
        ("/settings/types/bank/rights/", page("/settings/types/bank/rights/").tick(f"grant-{sales.pk}-add").sent),
    ]

    assert at_once(ivo, forms) == {303: 4}
    assert held(sales) == {"view", "archive", "export", "settings"}
    assert held(sales, "bank") == {"view", "archive", "add"}
