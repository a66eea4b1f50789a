"""Answers that nobody shares, as rows of a sheet bring them."""

import pytest

from characteristics.domain import values
from counterparties.models import Value
from tests.counterparties.importing.sheets import csv_file
from tests.factories import make_characteristic, make_counterparty


@pytest.fixture
def plate(client_type):
    return make_characteristic("plate", "text", client_type, is_unique=True)


def said():
    return set(Value.objects.values_list("counterparty__code", "text"))


def test_a_row_is_refused_for_what_the_books_or_a_row_above_it_say(take_in, tmp_path, plate):
    values.save(make_counterparty("Danube", code="DAN"), {plate: "CA 1"})
    values.save(make_counterparty("Rila", code="RILA"), {plate: "CA 9"})
    rows = ["DAN,Danube,ca 1", "A,Alfa,ca 1", "B,Bravo,CA 2", "C,Carol,cA 2", "D,Delta,", "RILA,Rila,CA 8"]

    told = take_in(csv_file(tmp_path, "code,name,plate", *rows), "--type", "client")

    assert told.last == "created=2 updated=2 same=0 refused=2"
    assert "Danube (DAN) has this already." in told.log + told.out
    assert "Row 4 of this sheet has the same." in told.log + told.out
    assert said() == {("DAN", "ca 1"), ("B", "CA 2"), ("RILA", "CA 8")}


def test_by_what_nobody_shares_rows_are_known(take_in, tmp_path, plate):
    values.save(make_counterparty("Danube", code="DAN"), {plate: "CA 1"})

    told = take_in(
        csv_file(tmp_path, "plate,name", "CA 1,Danube Ltd", "CA 2,New"), "--type", "client", "--key", "c-plate"
    )

    assert told.last == "created=1 updated=1 same=0 refused=0"
