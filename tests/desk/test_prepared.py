"""Shorter ways to ask the database answer what the long ways answer."""

from datetime import timedelta

import pytest
from django.db.models import Count, Q
from django.utils import timezone

from counterparties.models import Counterparty, Status
from desk.databases import Prepared
from tests.factories import make_counterparty


def asked(status, name, since):
    """With a value twice, one of its own, and facts that the database keeps otherwise than Python."""
    found = Counterparty.objects.filter(Q(status=status) | Q(name=name), created_at__gte=since, is_person=False)
    return found.exclude(status=status, name="Left out").order_by("pk").values_list("name", "is_foreign", "created_at")


@pytest.mark.django_db
def test_a_question_that_is_put_together_once_answers_as_if_it_were_asked_anew(office, django_assert_num_queries):
    active, inactive = Status.objects.get(code="active"), Status.objects.get(code="inactive")
    for name, status in [("One", active), ("Left out", active), ("Two", inactive), ("Left out", inactive)]:
        make_counterparty(name, status=status, is_foreign=name == "Two")
    today, tomorrow = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(days=1)
    prepared = Prepared(asked, int, str, type(today))

    for values in [(active.pk, "Two", today), (inactive.pk, "", today), (active.pk, "Two", tomorrow)]:
        with django_assert_num_queries(1):
            found = prepared.rows(*values)
        assert list(map(tuple, found)) == list(asked(*values))


@pytest.mark.django_db
def test_one_of_many_ids_is_asked_for_as_ever(office, client_type, bank_type):
    client, both = make_counterparty("Client"), make_counterparty("Both", [client_type, bank_type])
    sets = frozenset({client.type_set_id, both.type_set_id})

    seen = Counterparty.objects.of_type_sets(sets)

    assert set(seen) == {client, both}
    assert set(Counterparty.objects.exclude(type_set__among=sets - {client.type_set_id})) == {client}
    assert list(Counterparty.objects.of_type_sets(())) == []
    assert seen.filter(pk__among={both.pk}).aggregate(many=Count("pk")) == {"many": 1}
