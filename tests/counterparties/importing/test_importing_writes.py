"""What an import writes is what saving the same counterparties one by one would have written, history included."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import values
from characteristics.domain.packed import Packed
from counterparties.domain.in_bulk import writing
from counterparties.domain.in_bulk.answers import answer_of
from counterparties.models import Counterparty, Status, Value
from files.models import StoredFile
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.domain.operations import operation

from .sheets import csv_file

#: What differs between any two records and any two moments.
OWN = {"id", "code", "code_key", "counterparty_id", "created_at", "search"}
TOLD = {"history_id", "history_date"}

FACTS = {
    "name": "Черноморец  Ко",
    "alias": "Chernomorets",
    "country": "BG",
    "registration_number": "175074752",
    "vat_number": "BG175074752",
    "email": "office@alfa.example",
    "phone": "02 987 6543",
    "mobile": "+359881234567",
    "website": "https://alfa.example",
    "comment": "one\r\ntwo",
    "is_vat_registered": True,
}


def facts_of(record, but):
    return {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if field.attname not in but
    }


@pytest.fixture
def asked(client_type):
    """One characteristic of each sort, with a value."""
    grades = make_nomenclature("grades", "gold", "silver")
    gold = grades.elements.get(code="gold")
    paper = StoredFile.objects.create(name="paper.pdf", storage_name="ab/paper", size=1, sha256="0" * 64)
    return {
        make_characteristic("motto", "text", client_type): "Ёлка  Йода",
        make_characteristic("story", "long_text", client_type): "one\ntwo",
        make_characteristic("limit", "number", client_type): Decimal("1234.500001"),
        make_characteristic("since", "date", client_type): date(2026, 3, 1),
        make_characteristic("vip", "checkbox", client_type): False,
        make_characteristic("grade", "nomenclature", client_type, nomenclature=grades): gold,
        make_characteristic("box", "with_package", client_type, nomenclature=grades): Packed(True, gold, Decimal("2")),
        make_characteristic("parent", "counterparty", client_type): make_counterparty("Rila"),
        make_characteristic("paper", "file", client_type): paper,
    }


@pytest.fixture
def streamed(monkeypatch):
    """PostgreSQL takes even a few rows as one stream."""
    monkeypatch.setattr("desk.databases.writing.STREAMED", 1)


def test_new_counterparties_are_written_as_save_writes_them(streamed, anna, client_type, asked):
    with operation("import", by=anna):
        saved = make_counterparty(code="S1", **{**FACTS, "registration_number": "131468980"})
        values.save(saved, asked)
        written = Counterparty(code="W1", type_set=saved.type_set, status=saved.status, **FACTS)
        writing.add([written])
        writing.answer([answer_of(written, each, 0, value) for each, value in asked.items()], [], [])

    saved, written = Counterparty.objects.get(code="S1"), Counterparty.objects.get(code="W1")
    numbers = {"registration_number", "registration_key"}
    assert facts_of(written, OWN | numbers) == facts_of(saved, OWN | numbers)
    assert (written.code_key, written.registration_key, written.search.replace("w1", "s1")) == (
        "w1", "BG:175074752", saved.search.replace("131468980", "175074752")
    )  # fmt: skip
    assert facts_of(written.history.get(), OWN | numbers | TOLD) == facts_of(saved.history.get(), OWN | numbers | TOLD)
    pairs = zip(written.values.order_by("characteristic"), saved.values.order_by("characteristic"), strict=True)
    for mine, theirs in pairs:
        assert facts_of(mine, OWN) == facts_of(theirs, OWN)
        assert facts_of(mine.history.get(), OWN | TOLD) == facts_of(theirs.history.get(), OWN | TOLD)


def test_changes_are_written_as_save_writes_them(streamed, anna, client_type, asked):
    saved, written = make_counterparty("Old", code="S1"), make_counterparty("Old", code="W1")
    for each in (saved, written):
        values.save(each, asked)
    saved, written = Counterparty.objects.get(pk=saved.pk), Counterparty.objects.get(pk=written.pk)
    changes = {"name": "Нов", "email": "new@alfa.example", "status": Status.objects.get(code="inactive")}
    motto = next(iter(asked))

    with operation("import", by=anna):
        saved.claim(saved.version)
        for fact, value in changes.items():
            setattr(saved, fact, value)
            setattr(written, fact, value)
        saved.save()
        values.save(saved, {motto: "Друг"})
        writing.change([written], [written])
        row = written.values.get(characteristic=motto)
        row.text = "Друг"
        writing.answer([], [row], [])

    saved, written = Counterparty.objects.get(code="S1"), Counterparty.objects.get(code="W1")
    assert facts_of(written, OWN) == facts_of(saved, OWN)
    assert facts_of(written.history.first(), OWN | TOLD) == facts_of(saved.history.first(), OWN | TOLD)
    mine, theirs = (each.values.get(characteristic=motto) for each in (written, saved))
    assert facts_of(mine, OWN) == facts_of(theirs, OWN)
    assert facts_of(mine.history.first(), OWN | TOLD) == facts_of(theirs.history.first(), OWN | TOLD)
    assert mine.history.count() == 2


def test_what_was_imported_is_found(take_in, tmp_path):
    take_in(csv_file(tmp_path, "code,name,phone", "A1,ООО «Ромашка»,02 987 65 43"), "--type", "client")

    for question in ("ромашка", "romashka", "9876543"):
        assert Counterparty.objects.filter(search__words=question).count() == 1


@pytest.mark.parametrize("again", [False, True])
def test_a_sheet_of_many_rows_asks_the_database_as_often_as_a_short_one(take_in, tmp_path, client_type, again):
    make_characteristic("motto", "text", client_type)
    asked = []
    for count in (1, 30):
        lines = [f"K{count}-{number},Firm {count} {number},motto" for number in range(count)]
        file = csv_file(tmp_path, "code,name,motto", *lines, name=f"{count}.csv")
        if again:
            take_in(file, "--type", "client")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            take_in(file, "--type", "client")
        # A statement for many rows is told once for each of them.
        asked.append(len({query["sql"].split("VALUES")[0] for query in queries if "SAVEPOINT" not in query["sql"]}))

    assert asked[1] <= asked[0] + 2


def test_values_and_history_of_an_import_are_as_many_as_its_cells(take_in, tmp_path, client_type):
    make_characteristic("motto", "text", client_type)
    lines = [f"K{number},Firm {number},motto {number}" for number in range(2_500)]

    told = take_in(csv_file(tmp_path, "code,name,motto", *lines), "--type", "client")

    assert told.last == "created=2500 updated=0 same=0 refused=0"
    assert (Counterparty.objects.count(), Counterparty.history.count()) == (2500, 2500)
    assert (Value.objects.count(), Value.history.count()) == (2500, 2500)
    assert set(Value.objects.values_list("counterparty__name", "text")) == {
        (f"Firm {n}", f"motto {n}") for n in range(2_500)
    }
