"""Rows of a sheet: what is saved, what is told, and that an import is one operation."""

import pytest
from django.core.management.base import CommandError

from counterparties.models import Counterparty, Value
from tests.factories import make_characteristic, make_counterparty
from trail.models import Operation

from .sheets import csv_file, xlsx_file


def test_good_rows_are_saved_and_counted_in_the_last_line(take_in, tmp_path):
    file = csv_file(tmp_path, "code,name,email", "A1,Alfa,office@alfa.example", "A2,Beta,")

    told = take_in(file, "--type", "client")

    assert told.last == "created=2 updated=0 same=0 refused=0"
    alfa = Counterparty.objects.get(code="A1")
    assert (alfa.name, alfa.email, alfa.country, alfa.status.code) == ("Alfa", "office@alfa.example", "BG", "active")
    assert [each.code for each in alfa.types] == ["client"]


def test_a_second_run_changes_nothing_and_leaves_no_operation(take_in, tmp_path):
    file = csv_file(tmp_path, "code,name", "A1,Alfa", "A2,Beta")
    take_in(file, "--type", "client")
    before = Operation.objects.count(), Counterparty.history.count()

    told = take_in(file, "--type", "client")

    assert told.last == "created=0 updated=0 same=2 refused=0"
    assert (Operation.objects.count(), Counterparty.history.count()) == before


def test_everything_of_one_import_stands_under_one_operation(take_in, tmp_path, anna):
    take_in(csv_file(tmp_path, "code,name", "A1,Alfa", "A2,Beta"), "--type", "client", "--as", "anna")

    rows = Counterparty.history.all()
    assert {(row.operation.kind, row.operation.user, row.history_user, row.history_type) for row in rows} == {
        ("import", anna, anna, "+")
    }
    assert len({row.operation_id for row in rows}) == 1


def test_a_refused_row_is_told_with_field_and_reason_and_the_rest_is_saved(take_in, tmp_path):
    file = csv_file(tmp_path, "code,name,email", "A1,Alfa,nonsense", "A2,,", "A3,Gama,")

    told = take_in(file, "--type", "client")

    assert told.last == "created=1 updated=0 same=0 refused=2"
    assert "row 2: email: An e-mail address has a name" in told.log
    assert "row 3: name: The name is missing." in told.log
    assert [each.code for each in Counterparty.objects.all()] == ["A3"]


def test_all_or_nothing_changes_nothing_when_a_row_is_refused(take_in, tmp_path):
    file = csv_file(tmp_path, "code,name", "A1,Alfa", "A2,")

    with pytest.raises(CommandError, match="1 rows are refused, so nothing was saved"):
        take_in(file, "--type", "client", "--all-or-nothing")

    assert take_in.said.last == "created=1 updated=0 same=0 refused=1"
    assert not Counterparty.objects.exists()
    assert not Counterparty.history.exists()


def test_a_dry_run_says_what_would_happen_and_saves_nothing(take_in, tmp_path):
    before = Operation.objects.count()

    told = take_in(csv_file(tmp_path, "name", "Alfa"), "--type", "client", "--dry-run")

    assert told.last == "created=1 updated=0 same=0 refused=0"
    assert "Dry run: nothing was saved." in told.log
    assert (Counterparty.objects.count(), Operation.objects.count()) == (0, before)


def test_an_empty_cell_and_a_missing_column_keep_what_is_stored(take_in, tmp_path, client_type):
    make_counterparty("Alfa", code="A1", email="office@alfa.example", phone="02 987 6543", comment="pays late")

    told = take_in(csv_file(tmp_path, "code,email,phone", "A1,,02 111 2222"), "--type", "client")

    alfa = Counterparty.objects.get()
    assert told.last == "created=0 updated=1 same=0 refused=0"
    assert (alfa.name, alfa.email, alfa.phone, alfa.comment) == (
        "Alfa",
        "office@alfa.example",
        "02 111 2222",
        "pays late",
    )
    assert alfa.version == 2


def test_an_empty_cell_empties_when_asked_to(take_in, tmp_path, client_type):
    motto = make_characteristic("motto", "text", client_type)
    alfa = make_counterparty("Alfa", code="A1", email="office@alfa.example")
    Value.objects.create(counterparty=alfa, characteristic=motto, text="Ever on")

    told = take_in(csv_file(tmp_path, "code,name,email,motto", "A1,,,"), "--type", "client", "--empty-clears")

    alfa.refresh_from_db()
    assert told.last == "created=0 updated=1 same=0 refused=0"
    assert (alfa.name, alfa.email, alfa.values.count()) == ("Alfa", "", 0)
    assert [row.history_type for row in Value.history.order_by("history_id")] == ["+", "-"]


def test_an_archived_counterparty_is_matched_and_told(take_in, tmp_path, client_type):
    old = make_counterparty("Alfa", code="A1")
    old.archived_at = old.created_at
    old.save()

    told = take_in(csv_file(tmp_path, "code,name", "A1,Alfa Ltd"), "--type", "client")

    assert "Changed although archived, and still archived: A1." in told.log
    assert Counterparty.objects.get().is_archived


def test_the_sheet_asked_for_is_read(take_in, tmp_path):
    file = xlsx_file(tmp_path, ["code", "name"], ["A1", "Alfa"], Second=[["code", "name"], ["B1", "Beta"]])

    take_in(file, "--type", "client", "--sheet", "Second")

    assert [each.code for each in Counterparty.objects.all()] == ["B1"]


def test_a_constant_fills_every_row(take_in, tmp_path):
    take_in(csv_file(tmp_path, "code,name", "A1,Alfa"), "--type", "client", "--set", "country=Germany")

    assert Counterparty.objects.get().country == "DE"


def test_a_row_longer_than_the_header_is_refused(take_in, tmp_path):
    told = take_in(csv_file(tmp_path, "code,name", "A1,Alfa,Ltd"), "--type", "client")

    assert "row 2: The row is longer than the header" in told.log
