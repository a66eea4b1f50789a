"""Several people at the settings at the same moment, on real connections."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from zeal import zeal_ignore

from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType, Status
from tests.factories import make_type
from trail.models import Operation

PEOPLE = 4

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(person, acts):
    """What each of several people is answered, each walking through a list of posts: [(address, sent), …]."""
    ready = Barrier(len(acts), timeout=20)

    def go(walk):
        desk = Client()
        desk.force_login(person)
        ready.wait()
        try:
            # Losing a race means reading once more; that is no reading row by row.
            with zeal_ignore():
                return [desk.post(address, sent) for address, sent in walk]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as people:
        return [answer for answers in people.map(go, acts) for answer in answers]


def test_statuses_moved_by_several_people_stay_in_dense_places(ivo):
    codes = list(Status.objects.values_list("code", flat=True))
    before = Operation.objects.count()

    def walk(number):
        moved = codes[number]
        steps = ["down", "up", "down", "down", "up", "down"]
        return [(f"/settings/statuses/{moved}/{act}/", {}) for act in steps] + [
            (f"/settings/statuses/{moved}/move/", {"before": codes[-1 - number]})
        ]

    answers = at_once(ivo, [walk(number) for number in range(PEOPLE)])

    assert {answer.status_code for answer in answers} == {303}
    assert sorted(Status.objects.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Operation.objects.count() - before <= PEOPLE * 7


def test_the_same_code_is_added_once(ivo):
    sent = {"code": "lost", "name": "Lost", "color": "red"}

    answers = at_once(ivo, [[("/settings/statuses/new/", sent)]] * PEOPLE)

    assert sorted(answer.status_code for answer in answers) == [303, 422, 422, 422]
    assert Status.objects.filter(code="lost").count() == 1
    assert sorted(Status.objects.values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6, 7]


def test_of_several_edits_of_one_type_one_is_kept(ivo, client_type):
    retail = make_type("retail", client_type)
    sent = {"name": "Retail client", "parent": "client", "position": "0", "version": str(retail.version)}

    walks = [[("/settings/types/retail/edit/", sent | {"name": f"Retail {number}"})] for number in range(PEOPLE)]
    answers = at_once(ivo, walks)

    assert Counter(answer.status_code for answer in answers) == {303: 1, 409: 3}
    assert CounterpartyType.objects.get(code="retail").version == retail.version + 1


def test_two_people_cannot_make_a_ring_of_types(ivo, client_type):
    first, second = make_type("first", client_type), make_type("second", client_type)

    def moved(type_, under):
        sent = {"name": type_.name, "parent": under.code, "position": "0", "version": "1", "confirmed": "1"}
        return [(f"/settings/types/{type_.code}/edit/", sent)]

    answers = at_once(ivo, [moved(first, second), moved(second, first)])

    assert sorted(answer.status_code for answer in answers) == [303, 422]
    assert {each.code for each in TypeTree().types} >= {"client", "first", "second"}
