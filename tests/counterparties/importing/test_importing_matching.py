"""Which counterparty a row of a sheet is about, and what types it is given."""

import pytest

from counterparties.models import Counterparty
from tests.factories import make_characteristic, make_counterparty, make_type

from .sheets import csv_file


def test_codes_and_company_numbers_are_one_counterpartys_only_in_the_sheet_too(take_in, tmp_path, client_type):
    make_counterparty("Old", code="OLD", country="BG", registration_number="175074752")
    file = csv_file(
        tmp_path,
        "code,name,registration_number",
        "A1,Alfa,175074752",
        "A2,Beta,131468980",
        "A3,Gama,131468980",
        "a2,Delta,",
    )

    told = take_in(file, "--type", "client")

    assert told.last == "created=1 updated=0 same=0 refused=3"
    assert "row 2: registration_number: Old (OLD) has this already." in told.log
    assert "row 4: registration_number: Row 3 of this sheet has the same." in told.log
    assert "row 5: code: Row 3 of this sheet has the same." in told.log


def test_a_row_without_a_code_is_numbered_once(take_in, tmp_path):
    file = csv_file(tmp_path, "name", "Alfa", "Beta")

    first, second = take_in(file, "--type", "client"), take_in(file, "--type", "client")

    assert (first.last, second.last) == ("created=2 updated=0 same=0 refused=0", "created=0 updated=0 same=2 refused=0")
    assert [each.code for each in Counterparty.objects.order_by("name")] == ["C10001", "C10002"]


def test_a_row_without_a_code_never_changes_a_namesake(take_in, tmp_path, client_type):
    make_counterparty("Alfa", code="A1", phone="02 987 6543")

    told = take_in(csv_file(tmp_path, "name,phone", "Alfa,02 111 2222"), "--type", "client")

    assert told.last == "created=0 updated=0 same=0 refused=1"
    assert "A1 has this name already." in told.log
    assert Counterparty.objects.get().phone == "02 987 6543"


def test_a_row_without_a_code_that_bears_somebodys_number_is_told_whose_and_how_to_change_them(
    take_in, tmp_path, client_type
):
    make_counterparty("Alfa", code="A1", registration_number="131071587", country="BG", phone="02 987 6543")
    sheet = csv_file(tmp_path, "name,company number,country,phone", "Alfa Ltd,131071587,BG,02 111 2222")

    refused = take_in(sheet, "--type", "client")

    assert refused.last == "created=0 updated=0 same=0 refused=1"
    assert "A1 has this company number already." in refused.log
    assert "this name" not in refused.log
    by_number = take_in(sheet, "--type", "client", "--key", "registration_number")
    assert by_number.last == "created=0 updated=1 same=0 refused=0"
    assert Counterparty.objects.get().name == "Alfa Ltd"


@pytest.mark.parametrize(
    ("mode", "last"),
    [("create", "created=1 updated=0 same=0 refused=1"), ("update", "created=0 updated=1 same=0 refused=1")],
)
def test_a_mode_allows_only_its_own(take_in, tmp_path, client_type, mode, last):
    make_counterparty("Alfa", code="A1")

    told = take_in(csv_file(tmp_path, "code,name", "A1,Alfa Ltd", "A2,Beta"), "--type", "client", "--mode", mode)

    assert told.last == last


@pytest.mark.parametrize(
    ("key", "facts", "line"),
    [
        ("registration_number", {"registration_number": "175074752", "country": "BG"}, "Alfa Ltd,175 074 752,"),
        ("email", {"email": "Office@alfa.example"}, "Alfa Ltd,,office@Alfa.example"),
    ],
)
def test_another_key_finds_the_counterparty(take_in, tmp_path, client_type, key, facts, line):
    make_counterparty("Alfa", code="A1", **facts)

    told = take_in(csv_file(tmp_path, "name,registration_number,email", line), "--type", "client", "--key", key)

    assert told.last == "created=0 updated=1 same=0 refused=0"
    assert Counterparty.objects.get().name == "Alfa Ltd"


def test_a_text_characteristic_may_be_the_key(take_in, tmp_path, client_type):
    make_characteristic("directory-id", "text", client_type)
    long_id = "de/" + "bundesamt-" * 12
    file = csv_file(tmp_path, "id,name", f"{long_id},Amt", f"{long_id}2,Amt")
    words = ("--type", "client", "--map", "id=c-directory-id", "--key", "c-directory-id")

    first, second = take_in(file, *words), take_in(file, *words)

    assert (first.last, second.last) == ("created=2 updated=0 same=0 refused=0", "created=0 updated=0 same=2 refused=0")


def test_two_with_the_same_email_are_not_chosen_between(take_in, tmp_path, client_type):
    make_counterparty("Alfa", code="A1", email="o@x.example")
    make_counterparty("Beta", code="A2", email="o@x.example")

    told = take_in(csv_file(tmp_path, "name,email", "Gama,o@x.example"), "--type", "client", "--key", "email")

    assert "2 counterparties have this; say which by the code." in told.log


def test_an_existing_counterparty_keeps_its_types_and_is_given_the_new_one(take_in, tmp_path, supplier_type):
    make_counterparty("Alfa", [supplier_type], code="A1")

    told = take_in(csv_file(tmp_path, "code,name", "A1,Alfa"), "--type", "client")

    assert told.last == "created=0 updated=1 same=0 refused=0"
    assert [each.code for each in Counterparty.objects.get().types] == ["client", "supplier"]
    assert Counterparty.history.first().type_set_id == Counterparty.objects.get().type_set_id


def test_who_carries_a_subtype_is_of_the_type_already(take_in, tmp_path, client_type):
    retail = make_type("retail", client_type)
    make_counterparty("Alfa", [retail], code="A1")

    told = take_in(csv_file(tmp_path, "code,name", "A1,Alfa"), "--type", "client")

    assert told.last == "created=0 updated=0 same=1 refused=0"


def test_a_row_that_cannot_be_found_is_told_one_reason_for_it(take_in, tmp_path):
    file = csv_file(tmp_path, "code,name", ",Alfa", f"{'A' * 33},Beta", "NEW,Gama")

    told = take_in(file, "--type", "client", "--mode", "update")

    assert [line for line in told.log.splitlines() if line.startswith("row ")] == [
        "row 2: code: The row has no “code” to be found by.",
        "row 3: code: Ensure this value has at most 32 characters (it has 33).",
        "row 4: code: There is no such counterparty to change.",
    ]
