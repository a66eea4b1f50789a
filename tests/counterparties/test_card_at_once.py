"""Several people press Save at the same moment, on real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from zeal import zeal_ignore

from counterparties.models import Counterparty
from tests.counterparties.cards import NEW, edit_of, typed
from tests.factories import make_counterparty

PEOPLE = 4

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(person, act):
    """What each of several people is answered when all of them act together."""
    desks = [Client() for _each in range(PEOPLE)]
    for desk in desks:
        desk.force_login(person)
    ready = Barrier(PEOPLE, timeout=20)

    def go(number):
        ready.wait()
        try:
            # Losing a race means reading once more; that is no reading row by row.
            with zeal_ignore():
                return act(desks[number], number)
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as people:
        return list(people.map(go, range(PEOPLE)))


@pytest.mark.django_db(transaction=True)
def test_one_company_number_is_added_once(transactional_db, anna):
    sent = {"types": "client", "registration_number": "175074752"}

    answers = at_once(anna, lambda desk, number: desk.post(NEW, sent | {"name": f"Firm {number}"}))

    assert sorted(answer.status_code for answer in answers) == [303, 422, 422, 422]
    assert Counterparty.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_everybody_gets_a_code_of_their_own(transactional_db, anna):
    answers = at_once(anna, lambda desk, number: desk.post(NEW, {"name": f"Firm {number}", "types": "client"}))

    assert [answer.status_code for answer in answers] == [303] * PEOPLE
    assert len(set(Counterparty.objects.values_list("code", flat=True))) == PEOPLE


@pytest.mark.django_db(transaction=True)
def test_of_several_edits_of_one_card_one_is_kept_and_the_others_are_asked(transactional_db, anna):
    danube = make_counterparty("Danube")

    answers = at_once(anna, lambda desk, number: desk.post(edit_of(danube), typed(danube, name=f"Danube {number}")))

    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]
    kept = Counterparty.objects.get()
    assert kept.version == 2
    assert kept.history.count() == 2
