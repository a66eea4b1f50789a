"""Very many rows, a portion at a time."""

import pytest
from django.db.models import F

from counterparties.models import Counterparty, CounterpartyType
from desk.databases.portions import portions
from tests.factories import make_counterparty
from trail.models import Operation

NAMES = ["pk", "name", "is_person", "status__code", "created_at", "archived_at", "of"]


@pytest.fixture
def asked(client_type):
    for name in ("Aida", "Boyan", "Vera"):
        make_counterparty(name, is_person=name == "Vera")
    return Counterparty.objects.annotate(of=F("type_set__key")).order_by("-name_key")


@pytest.mark.parametrize("many", [1, 2, 3, 50])
def test_portions_hold_what_the_question_answers(asked, many, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("desk.databases.portions.BATCH", 2)
    answered = list(asked.values_list(*NAMES, named=True))

    with django_assert_num_queries(1):
        found = list(portions(asked, NAMES, many))

    assert [each for portion in found for each in portion] == answered
    assert [len(portion) for portion in found[:-1]] == [many] * (len(found) - 1)
    assert [list(map(type, each)) for each in found[0]] == [list(map(type, each)) for each in answered[:many]]
    assert found[0][0].created_at.utcoffset() == answered[0].created_at.utcoffset()
    assert found[0][0]._fields == answered[0]._fields


def test_nothing_is_asked_where_nothing_can_answer(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(portions(CounterpartyType.objects.none(), ["pk"], 10)) == []
    assert list(portions(Operation.objects.filter(pk=-1), ["pk", "at"], 10)) == []
