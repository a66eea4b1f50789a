"""Records that a list shows are those that Django reads, though they are made of bare rows."""

import pytest

from counterparties.models import Counterparty
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
    assert bare == found(Counterparty.objects.select_related("status"))
