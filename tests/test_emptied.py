"""What a test really wrote is gone before the next one, whatever it was."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection

from characteristics.domain import values
from counterparties.models import Address, Counterparty, Value
from desk.databases.search import search_triggers_missing
from tests import emptied, first_day
from tests.factories import make_characteristic, make_counterparty
from trail.models import Stamp


@pytest.fixture
def before(transactional_db):
    return emptied.Before()


def contents():
    """Every table as it stands; stamps apart, which never return."""
    return {
        model._meta.db_table: sorted(model._base_manager.values_list(), key=repr)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and model is not Stamp
    }


def found(*words):
    return [[one.name for one in Counterparty.objects.filter(search__words=word)] for word in words]


def test_what_was_written_is_gone_from_the_tables_and_from_what_stands_beside_them(before):
    ready = contents()
    first_day.open_office()
    one = make_counterparty("Stork", pk=7)
    values.save(one, {make_characteristic("motto", "text", *one.types): "Onward"})
    Address.objects.create(counterparty=one, kind="company", city="Sofia")
    stamp = sorted(Stamp.objects.values_list())

    assert before.comes_back()

    assert contents() == ready
    assert sorted(Stamp.objects.values_list()) != stamp
    assert search_triggers_missing(Counterparty) + search_triggers_missing(Value, "text_key") == []
    first_day.open_office()
    make_counterparty("Rila", pk=7)
    assert found("stork", "rila") == [[], ["Rila"]]


def test_rows_of_migrating_itself_are_given_back_or_made_anew(before):
    Permission.objects.first().delete()

    assert before.comes_back() == (connection.vendor == "sqlite")
