"""Records that a list shows are those that Django reads, though they are made of bare rows."""

import pytest
from django.db.models import Q, Value
from django.db.models.sql.compiler import SQLCompiler

from counterparties.models import Counterparty, Status
from desk.databases.plainly import asked_plainly, number_of
from desk.databases.shown import shown
from desk.pages import keyset
from tests.factories import make_counterparty

pytestmark = pytest.mark.django_db


def test_a_record_made_of_a_bare_row_is_the_one_that_django_reads(office, django_assert_num_queries):
    read = make_counterparty("Alfa", country="BG")

    made = shown(Counterparty, ["id", "name"], [(read.pk, "Alfa")])[0]

    assert made == read
    assert made.get_deferred_fields() == Counterparty.objects.only("id", "name").get().get_deferred_fields()
    with django_assert_num_queries(1):
        assert made.country == "BG"


def test_a_place_and_its_record_are_the_same_whatever_comes_along(office, django_assert_num_queries):
    for name in ("Beta", "Alfa"):
        make_counterparty(name)
    run = keyset.Run(("name_key", "pk"))

    def found(records):
        with django_assert_num_queries(1):
            places = keyset.places(records, [run], 3, fields={"pk", "name", "status"})
            return [(place, each.name, each.status_id, each.get_deferred_fields()) for place, each in places]

    bare = found(Counterparty.objects.all())

    assert [name for _place, name, *_rest in bare] == ["Alfa", "Beta"]
    assert bare == found(Counterparty.objects.filter(Q(is_foreign=False) | Q(name="Beta")))
    assert bare == found(Counterparty.objects.select_related("status"))


def test_a_list_that_is_asked_for_plainly_a_second_time_knows_what_came_since(office, client_type, bank_type):
    run = keyset.Run(("name_key", "pk"))

    def names(records, backwards=False):
        return [each.name for _place, each in keyset.places(records, [run], 2, None, backwards, {"pk", "name"})]

    clients = Counterparty.objects.of_type_sets({make_counterparty("Beta").type_set_id}).current()
    assert names(clients) == ["Beta"]

    bank = make_counterparty("Alfa", [bank_type])
    make_counterparty("Gamma")
    gone = make_counterparty("Delta")
    Counterparty.objects.filter(pk=gone.pk).update(archived_at=gone.created_at)

    assert names(clients) == ["Beta", "Gamma"]
    assert names(clients, backwards=True) == ["Gamma", "Beta"]
    assert names(Counterparty.objects.of_type_sets({bank.type_set_id}).current()) == ["Alfa"]
    assert names(Counterparty.objects.of_type_sets({gone.type_set_id}).archived()) == ["Delta"]
    assert names(Counterparty.objects.of_type_sets(()).current()) == []


def test_records_that_are_counted_a_second_time_are_as_many_as_there_are_by_then(office, bank_type, monkeypatch):
    first = make_counterparty("Alfa")
    those = {
        "current": lambda: Counterparty.objects.of_type_sets({first.type_set_id}).current(),
        "archived": Counterparty.objects.archived,
        "nobody's": lambda: Counterparty.objects.of_type_sets(()),
        "of no such version": lambda: Counterparty.objects.filter(version=2**70),
        "named": lambda: Counterparty.objects.filter(name__in=["Alfa", "Beta"]).order_by("name"),
    }
    assert [number_of(each()) for each in those.values()] == [1, 0, 0, 0, 1]

    make_counterparty("Beta")
    make_counterparty("Bank", [bank_type])
    Counterparty.objects.filter(pk=first.pk).update(archived_at=first.created_at)
    monkeypatch.setattr(SQLCompiler, "as_sql", None)  # nothing is put together any more
    assert [number_of(those[name]()) for name in ("current", "archived", "of no such version")] == [1, 1, 0]
    monkeypatch.undo()
    assert number_of(those["named"]()) == 2


def test_what_is_more_than_a_few_conditions_of_the_records_themselves_is_not_asked_plainly(office):
    every, status = Counterparty.objects.all(), Status.objects.all()[0]

    assert asked_plainly(every.filter(status=status.pk)) != asked_plainly(every.filter(status=status.pk + 1))
    for records in (
        every.filter(name="Alfa"),
        every.filter(pk=1),
        every.filter(status__code="active"),
        every.filter(status__in=Status.objects.all()),
        every.filter(Q(is_person=True) | Q(is_foreign=True)),
        every.exclude(is_person=True),
        every.annotate(one=Value(1)),
        every.distinct(),
        every.select_related("status"),
        every[:3],
    ):
        assert asked_plainly(records) is None
