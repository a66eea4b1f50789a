"""What follows from the facts of a counterparty: its keys for comparing, sorting and searching."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from counterparties.models.counterparty import registration_key
from desk.fields import KeyField
from tests.factories import make_counterparty


@pytest.mark.parametrize(
    ("one", "other"),
    [("175074752", "175 074 752"), ("HRB 12345 B", "hrb12345b"), ("40-103", "40.103")],
)
def test_spaces_signs_and_case_do_not_make_another_number(one, other):
    assert registration_key(one, "DE") == registration_key(other, "DE")


def test_a_number_without_a_country_is_of_the_offices_own(settings):
    settings.OFFICE_COUNTRY = "BG"

    assert registration_key("175074752", "") == registration_key("175074752", "BG")
    assert registration_key("175074752", "CZ") != registration_key("175074752", "BG")


def test_no_number_has_no_key(client_type):
    assert registration_key(" - ", "BG") == ""
    assert [make_counterparty().registration_key, make_counterparty().registration_key] == [None, None]


def test_the_same_number_twice_is_refused_even_by_the_database(client_type):
    make_counterparty(registration_number="175074752", country="BG")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_counterparty(registration_number="175 074 752")


def test_codes_are_unique_regardless_of_case(client_type):
    make_counterparty(code="BRK.B")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_counterparty(code="brk.b")


def test_the_search_key_holds_every_spelling(client_type):
    made = make_counterparty("Черноморец", code="C7", phone="+359 52 612-908", email="Office@More.example")

    assert made.search == " c7 черноморец office@more.example +359 52 612-908 chernomorets 35952612908"


def test_a_key_that_is_unique_stands_in_one_index_alone(db):
    fields = [field for model in apps.get_models() for field in model._meta.local_fields]
    keys = [(each.model._meta.db_table, each.column) for each in fields if isinstance(each, KeyField) and each.unique]

    with connection.cursor() as cursor:
        known = [connection.introspection.get_constraints(cursor, table).values() for table, _column in keys]

    indexes = [[each["columns"] for each in of_table if each["unique"] or each["index"]] for of_table in known]
    assert [of_table.count([key]) for of_table, (_table, key) in zip(indexes, keys, strict=True)] == [1, 1, 1]
