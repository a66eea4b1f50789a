"""What is written without the weight of a model is what the model itself would write."""

import datetime as dt
from decimal import Decimal
from functools import partial

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from counterparties.models import Counterparty, Sequence, TypeSet
from desk.databases import writing
from desk.databases.ready import converter
from desk.databases.writing import take_ids
from tests.factories import make_counterparty
from trail.history import Recorded

#: What may reach a column, right or wrong; several kinds of one thing, for each goes a way of its own.
SAID = [None, "", "  Ёлка \u200b Йода\x07 ", "one\r\ntwo ", "CODE-1", "17", 17, 0, -1, True, False]
SAID += [Decimal("1234.5000014"), dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 9, 30, tzinfo=dt.UTC), ["a"], {"b": 1}]


@pytest.mark.filterwarnings("ignore:DateTimeField")
def test_a_value_is_made_ready_as_its_field_makes_it():
    recorded = [model for model in apps.get_models() if issubclass(model, Recorded)]
    fields = [field for model in recorded for field in model._meta.concrete_fields]

    quick = {str(field): [outcome(converter(field), value) for value in SAID] for field in fields}

    assert len(fields) > 100
    assert quick == {
        str(each): [outcome(partial(each.get_db_prep_save, connection=connection), v) for v in SAID] for each in fields
    }


def outcome(act, value):
    try:
        made = act(value)
    except (TypeError, ValueError, ValidationError, AttributeError) as error:
        return type(error)
    return type(made), str(made)


@pytest.mark.django_db
def test_many_rows_are_written_in_one_go_while_others_are_read(monkeypatch):
    monkeypatch.setattr(writing, "STREAMED", 2)
    Sequence.objects.bulk_create(Sequence(name=f"old-{number}", last=number) for number in range(3))
    reading = Sequence.objects.order_by("last").iterator(chunk_size=1)
    first = next(reading)

    for word in ("one", "two"):
        writing.write_rows(Sequence._meta.db_table, ["name", "last"], [(f"{word}-{number}", 9) for number in range(4)])

    assert [first.name, *(each.name for each in reading if each.last < 9)] == ["old-0", "old-1", "old-2"]
    assert Sequence.objects.filter(last=9).count() == 8


@pytest.mark.django_db
def test_ids_that_were_taken_are_nobody_elses():
    first = take_ids(TypeSet, 3)
    TypeSet.objects.bulk_create(TypeSet(pk=pk, key=f"-{pk}") for pk in first)

    assert first == sorted(set(first))
    assert TypeSet.objects.create(key="-next").pk > first[-1]
    assert take_ids(TypeSet, 1)[0] > TypeSet.objects.latest("pk").pk


@pytest.mark.django_db
@pytest.mark.parametrize("streamed", [1, 100])
def test_rows_that_have_another_version_by_now_stay_as_they_are(client_type, monkeypatch, streamed):
    monkeypatch.setattr(writing, "STREAMED", streamed)
    fresh, stale = make_counterparty("Alfa"), make_counterparty("Beta")
    rows = [["new", None, fresh.pk, fresh.version], ["new", None, stale.pk, stale.version - 1]]

    assert writing.update_rows(Counterparty._meta.db_table, ["alias", "status_id"], rows, is_claimed=True) == 1
    found = Counterparty.objects.order_by("pk").values_list("alias", "status", "version")
    assert list(found) == [("new", None, fresh.version + 1), ("", stale.status_id, stale.version)]
