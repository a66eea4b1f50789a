"""An import in somebody's name may do what that person may do on the card, and nothing more."""

import pytest

from counterparties.models import Counterparty, Value
from rights.domain.granting import grant, revoke
from tests.factories import make_characteristic, make_counterparty, make_type

from .sheets import csv_file


@pytest.fixture
def sales(anna):
    return anna.groups.get()


def test_new_ones_need_the_right_to_add_each_type(take_in, tmp_path, anna):
    told = take_in(csv_file(tmp_path, "code,name", "A1,Alfa"), "--type", "client", "--type", "supplier", "--as", "anna")

    assert told.last == "created=0 updated=0 same=0 refused=1"
    assert "You may not add counterparties of the type “Supplier”." in told.log


def test_who_may_only_add_changes_nobody(take_in, tmp_path, anna, sales, client_type):
    revoke(sales, client_type, ["edit"])
    make_counterparty("Alfa", code="A1", comment="ours")
    file = csv_file(tmp_path, "code,name,comment", "A1,Alfa,taken over", "A2,Beta,")

    told = take_in(file, "--type", "client", "--as", "anna")

    assert told.last == "created=1 updated=0 same=0 refused=1"
    assert "row 2: comment: You may not edit this counterparty." in told.log
    assert Counterparty.objects.get(code="A1").comment == "ours"


def test_who_may_not_see_a_counterparty_learns_only_that_its_code_is_taken(take_in, tmp_path, anna, bank_type):
    make_counterparty("Hidden Bank", [bank_type], code="HID", country="BG", registration_number="175074752")
    file = csv_file(tmp_path, "code,name,registration_number", "HID,Mine,", "A2,Mine too,175074752")

    told = take_in(file, "--type", "client", "--as", "anna")

    assert told.last == "created=0 updated=0 same=0 refused=2"
    assert told.log.count("Another counterparty you may not see has this.") == 2
    assert "Hidden" not in told.log


def test_a_hidden_namesake_is_not_told_of(take_in, tmp_path, anna, bank_type):
    make_counterparty("Hidden", [bank_type], code="HID")

    told = take_in(csv_file(tmp_path, "name", "Hidden"), "--type", "client", "--as", "anna")

    assert told.last == "created=1 updated=0 same=0 refused=0"


def test_a_characteristic_of_hidden_types_is_no_field(take_in, tmp_path, anna, bank_type):
    make_characteristic("rating", "text", bank_type)

    told = take_in(csv_file(tmp_path, "code,name,rating", "A1,Alfa,AAA"), "--type", "client", "--as", "anna")

    assert "Ignored columns: rating." in told.log
    assert not Value.objects.exists()


def test_a_characteristic_needs_the_right_to_edit_a_type_that_carries_it(
    take_in, tmp_path, anna, client_type, supplier_type
):
    terms = make_characteristic("terms", "text", supplier_type)
    both = make_counterparty("Alfa", [client_type, supplier_type], code="A1")
    Value.objects.create(counterparty=both, characteristic=terms, text="30 days")
    file = csv_file(tmp_path, "code,name,terms", "A1,Alfa,60 days")

    told = take_in(file, "--type", "client", "--as", "anna")

    assert told.last == "created=0 updated=0 same=0 refused=1"
    assert "terms: You may not edit this of this counterparty." in told.log
    assert Value.objects.get().text == "30 days"


def test_what_the_user_may_not_see_stays(take_in, tmp_path, anna, client_type, bank_type):
    rating = make_characteristic("rating", "text", bank_type)
    both = make_counterparty("Alfa", [client_type, bank_type], code="A1")
    Value.objects.create(counterparty=both, characteristic=rating, text="AAA")

    told = take_in(csv_file(tmp_path, "code,name", "A1,Alfa Ltd"), "--type", "client", "--as", "anna", "--empty-clears")

    assert told.last == "created=0 updated=1 same=0 refused=0"
    assert [each.code for each in Counterparty.objects.get().types] == ["client", "bank"]
    assert Value.objects.get().text == "AAA"


def test_giving_a_type_to_an_existing_one_needs_the_right_to_edit_that_type(
    take_in, tmp_path, anna, sales, supplier_type
):
    make_counterparty("Alfa", code="A1")
    file = csv_file(tmp_path, "code,name", "A1,Alfa")

    refused = take_in(file, "--type", "supplier", "--as", "anna")
    grant(sales, supplier_type, ["edit"])
    done = take_in(file, "--type", "supplier", "--as", "anna")

    assert "You may not edit counterparties of the type “Supplier”." in refused.log
    assert done.last == "created=0 updated=1 same=0 refused=0"


def test_a_value_for_a_type_it_does_not_carry_is_refused(take_in, tmp_path, bank_type):
    make_characteristic("rating", "text", bank_type)

    told = take_in(csv_file(tmp_path, "code,name,rating", "A1,Alfa,AAA", "A2,Beta,"), "--type", "client")

    assert told.last == "created=1 updated=0 same=0 refused=1"
    assert "row 2: rating: Counterparties of these types are not asked for this" in told.log


def test_numbers_are_read_in_the_language_of_the_user(take_in, tmp_path, anna, client_type):
    make_characteristic("limit", "number", client_type)
    anna.language = "bg"
    anna.save()

    take_in(csv_file(tmp_path, "code;name;limit", "A1;Alfa;1,234"), "--type", "client", "--as", "anna")

    assert f"{Value.objects.get().number:.3f}" == "1.234"


def test_a_hidden_type_is_as_unknown_as_none(take_in, tmp_path, anna, bank_type):
    make_type("cellar", bank_type, name="Cellar")
    words = ["bank", "Bank", "Банка", "Bank › Cellar", "no such thing"]
    file = csv_file(tmp_path, "code,name,types", *[f"A{n},Alfa,{word}" for n, word in enumerate(words)])

    told = take_in(file, "--as", "anna")

    assert told.last == "created=0 updated=0 same=0 refused=5"
    assert [f"types: There is no type “{word}”." in told.log for word in words] == [True] * 5
