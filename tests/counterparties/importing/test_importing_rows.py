"""Counterparties out of a sheet: who is added, changed, left alone and refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management.base import CommandError
from openpyxl import load_workbook

from counterparties.models import Counterparty, Status, Value
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
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


def test_characteristics_of_every_type_are_read(take_in, tmp_path, client_type):
    make_characteristic("motto", "text", client_type)
    make_characteristic("story", "long_text", client_type)
    make_characteristic("limit", "number", client_type, unit="EUR")
    make_characteristic("since", "date", client_type)
    make_characteristic("vip", "checkbox", client_type)
    make_characteristic(
        "grade", "nomenclature", client_type, nomenclature=make_nomenclature("grades", "gold", "silver")
    )
    file = xlsx_file(
        tmp_path,
        ["Code", "Name", "Motto", "Story", "Limit, EUR", "Since", "c-vip", "Grade"],
        ["A1", "Alfa", "=1+1", "one\ntwo", "1 234,50", date(2026, 3, 1), "да", "Silver"],
    )

    told = take_in(file, "--type", "client")

    assert told.last == "created=1 updated=0 same=0 refused=0"
    said = {each.characteristic.code: each.characteristic.type.value(each) for each in Value.objects.all()}
    assert said.pop("grade").code == "silver"
    assert said == {
        "motto": "=1+1",
        "story": "one\ntwo",
        "limit": Decimal("1234.5"),
        "since": date(2026, 3, 1),
        "vip": True,
    }
    assert Value.history.count() == 6


def test_a_changed_characteristic_claims_the_card_and_leaves_one_line_of_history(take_in, tmp_path, client_type):
    make_characteristic("limit", "number", client_type)
    take_in(csv_file(tmp_path, "code,name,limit", "A1,Alfa,5"), "--type", "client")

    told = take_in(csv_file(tmp_path, "code,name,limit", "A1,Alfa,6"), "--type", "client")

    alfa = Counterparty.objects.get()
    assert told.last == "created=0 updated=1 same=0 refused=0"
    assert (alfa.version, alfa.history.count()) == (2, 1)
    assert [(row.history_type, row.number) for row in Value.history.order_by("history_id")] == [("+", 5), ("~", 6)]


def test_a_value_that_cannot_be_read_is_told_with_its_cell(take_in, tmp_path, client_type):
    make_characteristic("founded", "number", client_type)
    file = csv_file(tmp_path, "code,name,Founded", "A1,Alfa,1888", "A2,Beta,2013 (1888)")
    report = tmp_path / "report.xlsx"

    told = take_in(file, "--type", "client", "--report", str(report))

    assert told.last == "created=1 updated=0 same=0 refused=1"
    assert "row 3: Founded: “2013 (1888)” cannot be read as a number." in told.log
    refused = load_workbook(report).worksheets[0]
    assert [cell.value for cell in refused[1]] == ["Row", "Reason", "code", "name", "Founded"]
    assert [cell.value for cell in refused[2]][2:] == ["A2", "Beta", "2013 (1888)"]
    assert "cannot be read as a number" in refused["E2"].comment.text


def test_headers_are_known_in_three_languages_and_strange_ones_are_named(take_in, tmp_path):
    file = csv_file(tmp_path, "Код;Наименование;Eлектричка;Държава", "A1;Алфа;x;България", name="данни.csv")

    told = take_in(file, "--type", "client", "--map", "Наименование=name", "--map", "Държава=country")

    assert told.last == "created=1 updated=0 same=0 refused=0"
    assert "Ignored columns: Eлектричка." in told.log
    assert Counterparty.objects.get().country == "BG"


def test_days_with_the_month_first_are_read_when_somebody_says_so(take_in, tmp_path, client_type):
    make_characteristic("since", "date", client_type)
    file = csv_file(tmp_path, "code,name,since", "A1,Alfa,06/01/02", "A2,Beta,12/31/99")

    take_in(file, "--type", "client", "--month-first", "since")

    assert [each.day for each in Value.objects.order_by("counterparty__code")] == [date(2002, 6, 1), date(1999, 12, 31)]


def test_a_company_number_without_its_zeros_is_refused_with_the_right_one(take_in, tmp_path):
    told = take_in(csv_file(tmp_path, "code,name,registration_number", "A1,Alfa,565359"), "--type", "client")

    assert "Write 000565359." in told.log
    assert told.last.endswith("refused=1")


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


def test_a_status_is_given_by_code_or_name_and_not_when_it_is_stopped(take_in, tmp_path):
    stopped = Status.objects.get(code="on-hold")
    stopped.stopped_at = stopped.history.first().history_date
    stopped.save()
    file = csv_file(
        tmp_path, "code,name,status", "A1,Alfa,inactive", "A2,Beta,Unreliable", "A3,Gama,on-hold", "A4,Delta,?"
    )

    told = take_in(file, "--type", "client")

    assert told.last == "created=2 updated=0 same=0 refused=2"
    assert list(Counterparty.objects.order_by("code").values_list("status__code", flat=True)) == [
        "inactive",
        "unreliable",
    ]
    assert "The status “On hold” is stopped." in told.log


def test_an_archived_counterparty_is_matched_and_told(take_in, tmp_path, client_type):
    old = make_counterparty("Alfa", code="A1")
    old.archived_at = old.created_at
    old.save()

    told = take_in(csv_file(tmp_path, "code,name", "A1,Alfa Ltd"), "--type", "client")

    assert "Changed although archived, and still archived: A1." in told.log
    assert Counterparty.objects.get().is_archived


def test_a_required_characteristic_is_asked_of_new_ones(take_in, tmp_path, client_type):
    make_characteristic("motto", "text", client_type, is_required=True)

    told = take_in(csv_file(tmp_path, "code,name,motto", "A1,Alfa,", "A2,Beta,Ever on"), "--type", "client")

    assert told.last == "created=1 updated=0 same=0 refused=1"
    assert "row 2: motto: “Motto” is required." in told.log


def test_a_stopped_element_stays_where_it_is_and_goes_nowhere_else(take_in, tmp_path, client_type):
    grades = make_nomenclature("grades", "gold", "silver")
    grade = make_characteristic("grade", "nomenclature", client_type, nomenclature=grades)
    gold = grades.elements.get(code="gold")
    Value.objects.create(counterparty=make_counterparty("Alfa", code="A1"), characteristic=grade, element=gold)
    gold.stopped_at = gold.history.first().history_date
    gold.save()

    told = take_in(csv_file(tmp_path, "code,name,grade", "A1,Alfa,gold", "A2,Beta,gold"), "--type", "client")

    assert told.last == "created=0 updated=0 same=1 refused=1"
    assert "row 3: grade: “Gold” is stopped." in told.log


def test_several_values_stand_in_one_cell(take_in, tmp_path, client_type):
    make_characteristic("tags", "text", client_type, is_multiple=True)
    file = csv_file(tmp_path, "code,name,tags", "A1,Alfa,one; two;one")

    first, second = take_in(file, "--type", "client"), take_in(file, "--type", "client")

    assert (first.last[:9], second.last) == ("created=1", "created=0 updated=0 same=1 refused=0")
    assert list(Value.objects.order_by("place").values_list("text", flat=True)) == ["one", "two"]


def test_the_sheet_asked_for_is_read(take_in, tmp_path):
    file = xlsx_file(tmp_path, ["code", "name"], ["A1", "Alfa"], Second=[["code", "name"], ["B1", "Beta"]])

    take_in(file, "--type", "client", "--sheet", "Second")

    assert [each.code for each in Counterparty.objects.all()] == ["B1"]


def test_a_code_that_is_a_number_in_the_sheet_is_its_digits(take_in, tmp_path):
    take_in(xlsx_file(tmp_path, ["code", "name"], [64756030, "Alfa"]), "--type", "client")

    assert Counterparty.objects.get().code == "64756030"


def test_a_constant_fills_every_row(take_in, tmp_path):
    take_in(csv_file(tmp_path, "code,name", "A1,Alfa"), "--type", "client", "--set", "country=Germany")

    assert Counterparty.objects.get().country == "DE"


def test_a_row_longer_than_the_header_is_refused(take_in, tmp_path):
    told = take_in(csv_file(tmp_path, "code,name", "A1,Alfa,Ltd"), "--type", "client")

    assert "row 2: The row is longer than the header" in told.log
