"""What is read from the cells of a sheet."""

from datetime import date
from decimal import Decimal

from openpyxl import load_workbook

from counterparties.models import Counterparty, Status, Value
from tests.factories import make_characteristic, make_counterparty, make_nomenclature

from .sheets import csv_file, xlsx_file


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


def test_a_code_that_is_a_number_in_the_sheet_is_its_digits(take_in, tmp_path):
    take_in(xlsx_file(tmp_path, ["code", "name"], [64756030, "Alfa"]), "--type", "client")

    assert Counterparty.objects.get().code == "64756030"
