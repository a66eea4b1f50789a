"""What history says an operation changed."""

from datetime import date

import pytest
from django.db.models import Q

from counterparties.models import Contact, Counterparty, Status
from tests.factories import make_counterparty
from trail.domain import changes
from trail.domain.changes import Part
from trail.domain.operations import operation
from trail.models import Operation


@pytest.fixture
def danube(office):
    with operation("card", by=None):
        return make_counterparty("Danube Agro")


def facts_of(change):
    return {
        each.name: (getattr(change.was, each.attname), getattr(change.became, each.attname)) for each in change.fields()
    }


def itself(counterparty):
    return Part(Counterparty, Q(id=counterparty.pk))


def contacts(counterparty):
    return Part(Contact, Q(counterparty=counterparty.pk))


def rename(counterparty, *names, by=None):
    with operation("card", by=by):
        for name in names:
            counterparty.name = name
            counterparty.save()
    return Operation.objects.latest("pk")


def test_a_change_tells_what_was_and_what_became(danube, anna):
    act = rename(danube, "Dunav Agro", by=anna)

    [change] = changes.changes(itself(danube), [act.pk])

    assert facts_of(change) == {"name": ("Danube Agro", "Dunav Agro")}


def test_a_new_record_was_nothing_before(danube):
    made = Operation.objects.latest("pk")

    [change] = changes.changes(itself(danube), [made.pk])

    assert change.was is None
    assert change.became.name == "Danube Agro"


def test_a_record_that_is_gone_became_nothing(danube):
    person = Contact.objects.create(counterparty=danube, name="Stefka")
    with operation("card", by=None):
        person.delete()
    act = Operation.objects.latest("pk")

    [change] = changes.changes(contacts(danube), [act.pk])

    assert change.was.name == "Stefka"
    assert change.became is None


def test_several_steps_of_one_operation_are_one_change(danube):
    act = rename(danube, "First try", "Second try", "Dunav Agro")

    [change] = changes.changes(itself(danube), [act.pk])

    assert facts_of(change) == {"name": ("Danube Agro", "Dunav Agro")}


def test_what_came_and_went_in_one_operation_is_no_change(danube):
    with operation("card", by=None):
        Contact.objects.create(counterparty=danube, name="Slip of the pen").delete()
        danube.alias = "Danube"
        danube.save()
    act = Operation.objects.latest("pk")

    assert changes.changes(contacts(danube), [act.pk]) == []


def test_each_operation_is_compared_with_the_one_before_it_even_off_the_page(danube):
    first, _second, third = (rename(danube, name) for name in ("One", "Two", "Three"))

    found = changes.changes(itself(danube), [first.pk, third.pk])

    assert [facts_of(each)["name"] for each in found] == [("Danube Agro", "One"), ("Two", "Three")]


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_a_page_of_changes_costs_two_queries_per_model(danube, how_many, django_assert_num_queries):
    acts = [rename(danube, f"Name {number}").pk for number in range(how_many)]

    with django_assert_num_queries(2):
        found = changes.changes(itself(danube), acts)

    assert len(found) == how_many


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_what_was_added_costs_one_query(danube, how_many, django_assert_num_queries):
    with operation("card", by=None):
        for number in range(how_many):
            Contact.objects.create(counterparty=danube, name=f"Contact {number}")
    act = Operation.objects.latest("pk")

    with django_assert_num_queries(1):
        found = changes.changes(contacts(danube), [act.pk])

    assert len(found) == how_many


def test_operations_come_newest_first_each_with_what_it_touched(danube):
    made = Operation.objects.latest("pk")
    with operation("card", by=None):
        danube.status = Status.objects.get(code="on-hold")
        danube.save()
        Contact.objects.create(counterparty=danube, name="Stefka")
    act = Operation.objects.latest("pk")
    parts = [itself(danube), contacts(danube)]

    assert changes.operations(parts, most=10) == {act.pk: parts, made.pk: parts[:1]}


def test_operations_are_paged_from_where_the_reader_stopped(danube):
    acts = [rename(danube, f"Name {number}").pk for number in range(5)]
    parts = [itself(danube), contacts(danube)]

    newest = list(changes.operations(parts, most=2))
    older = list(changes.operations(parts, most=2, before=newest[-1]))

    assert newest + older == acts[:0:-1]


def test_operations_are_narrowed_to_one_person_and_one_day(danube, anna, boris):
    hers = rename(danube, "Hers", by=anna)
    rename(danube, "His", by=boris)
    long_ago = rename(danube, "Long ago", by=anna)
    Operation.objects.filter(pk=long_ago.pk).update(at="2020-01-02T12:00:00Z")
    parts = [itself(danube)]

    assert list(changes.operations(parts, most=10, user=anna.pk, at__date__gt=date(2025, 1, 1))) == [hers.pk]
    assert set().union(*[users for _part, users in changes.hands(parts)]) == {anna.pk, boris.pk}


def test_another_counterpartys_changes_are_not_mixed_in(danube):
    other = make_counterparty("Other")
    act = rename(other, "Other name")

    assert changes.changes(itself(danube), [act.pk]) == []
    assert act.pk not in changes.operations([itself(danube)], most=10)
