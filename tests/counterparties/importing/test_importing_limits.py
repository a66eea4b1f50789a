"""Limits and preset answers of what a sheet brings."""

from counterparties.models import Counterparty, Value
from tests.counterparties.begun import said_by, whole
from tests.counterparties.importing.sheets import csv_file
from tests.factories import make_characteristic, make_counterparty


def test_rows_of_a_sheet_keep_to_them(take_in, tmp_path, limited):
    sheet = csv_file(tmp_path, "code,name,size,plate", "A,Alfa,10,AB1", "B,Bravo,9.5,ab", "C,Carol,2,AB12")

    told = take_in(sheet, "--type", "client")

    assert told.last.startswith("created=1")
    assert Counterparty.objects.get().code == "C"


def test_new_rows_of_a_sheet_begin_with_them_where_it_has_no_column(take_in, tmp_path, presets):
    made, house = presets
    old = make_counterparty("Old", code="OLD")
    sheet = csv_file(tmp_path, "code,name,motto", "A,Alfa,", "B,Bravo,Mine", "OLD,Old one,")

    told = take_in(sheet, "--type", "client")

    assert told.last.startswith("created=2 updated=1")
    alfa, bravo = (said_by(Counterparty.objects.get(code=code), made) for code in "AB")
    assert alfa == whole(house) | {"motto": None}
    assert bravo == whole(house) | {"motto": ["Mine"]}
    assert said_by(old, made) == dict.fromkeys(made)
    assert Value.history.filter(history_type="+").count() == 13


def test_a_required_answer_that_is_preset_is_not_missed(take_in, tmp_path, client_type):
    make_characteristic("motto", "text", client_type, default="Onward", is_required=True)

    told = take_in(csv_file(tmp_path, "code,name", "A,Alfa"), "--type", "client")

    assert told.last.startswith("created=1")
