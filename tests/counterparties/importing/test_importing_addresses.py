"""Addresses come and go in sheets for anybody, by the rules of the dossier: shared facts, for whoever may edit it."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from counterparties.domain import address_words
from counterparties.domain.importing import Fields, columns_of
from counterparties.models import Address, Counterparty
from desk.models import LANGUAGES
from rights.domain.granting import grant, revoke
from rights.domain.policy import for_user
from tests.factories import make_counterparty
from trail.models import Operation

from .sheets import csv_file

EVERY = "&".join(f"columns={name}" for name in ("code", *address_words.PLACES))


@pytest.fixture
def bank(bank_type):
    """A bank of which both addresses are known."""
    bank = make_counterparty("Zqxwj Bank", [bank_type], code="B1")
    for kind in ("company", "delivery"):
        facts = {"line1": f"1 {kind}", "line2": "b", "city": "Русе", "region": "R", "postal_code": "7000"}
        Address.objects.create(counterparty=bank, kind=kind, country="BG", **facts)
    return bank


def sheet_of(user, question, path="/counterparties/"):
    desk = Browser()
    desk.force_login(user)
    return b"".join(desk.get(f"{path}sheet.csv?{question}").streaming_content).decode("utf-8-sig")


def places(code):
    rows = Address.objects.filter(counterparty__code=code).order_by("kind")
    return [(each.kind, each.line1, each.city, each.city_key, each.country) for each in rows]


def test_the_addresses_of_anybody_come_back_as_the_same_in_every_language(take_in, tmp_path, boris, bank, bank_type):
    make_counterparty("Silent", [bank_type], code="B2")
    told = {}
    for language in LANGUAGES:
        type(boris).objects.filter(pk=boris.pk).update(language=language)
        content = sheet_of(type(boris).objects.get(pk=boris.pk), EVERY)
        file = tmp_path / f"{language}.csv"
        file.write_text(content, encoding="utf-8")
        take_in(file, "--mode", "update", "--as", "boris")
        rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(content))}
        told[language] = (take_in.said.last, "Ignored" in take_in.said.log, all(rows["B1"]), any(rows["B2"]))

    assert told == dict.fromkeys(LANGUAGES, ("created=0 updated=0 same=2 refused=0", False, True, False))


def test_suppliers_come_in_with_their_towns_however_the_sheet_calls_them(take_in, tmp_path, ask_admin, supplier_type):
    header = "Код,Наименование,Улица,Град,Пощенски код,Shipping City"
    file = csv_file(tmp_path, header, "S1,Рила,Солунска 1,гр. София,1000,Русе", "S2,Пирин,,Banka,,")

    told = take_in(file, "--type", "supplier", "--as", "admin")

    assert told.last == "created=2 updated=0 same=0 refused=0"
    assert "Ignored" not in told.log
    assert places("S1") == [
        ("company", "Солунска 1", "гр. София", "sofia", ""), ("delivery", "", "Русе", "ruse", ""),
    ]  # fmt: skip
    assert [each.code for each in ask_admin("city=sofia")] == ["S1"]
    operation = Operation.objects.get(kind="import")
    assert {row.operation_id for row in Address.history.all()} == {operation.pk}


@pytest.fixture
def ask_admin(client, admin):
    def asked(question):
        client.force_login(admin)
        return client.get(f"/counterparties/?{question}").context["listing"].records

    return asked


def test_addresses_are_changed_and_taken_away_by_whoever_may_edit_the_counterparty(
    take_in, tmp_path, anna, boris, bank, bank_type
):
    def bring(header, line, *more, by="boris"):
        return take_in(csv_file(tmp_path, header, line), "--mode", "update", "--as", by, *more).last

    whole = ["code", *(name for name in address_words.PLACES if name.startswith("delivery"))]

    changed, same = bring("code,company-city", "B1,Варна"), bring("code,company-city", "B1,Варна")
    gone = bring(",".join(whole), "B1" + "," * (len(whole) - 1), "--empty-clears")

    assert [changed, same, gone] == [
        "created=0 updated=1 same=0 refused=0",
        "created=0 updated=0 same=1 refused=0",
        "created=0 updated=1 same=0 refused=0",
    ]
    assert places("B1") == [("company", "1 company", "Варна", "varna", "BG")]
    bank.refresh_from_db()
    assert bank.version == 3

    revoke(boris.groups.get(), bank_type, ["edit"])
    refused = bring("code,company-city", "B1,Пловдив")

    assert refused == "created=0 updated=0 same=0 refused=1"
    assert "You may not edit this counterparty." in take_in.said.log
    assert bring("code,company-city", "B1,Варна") == "created=0 updated=0 same=1 refused=0"
    assert bring("code,company-city", "B1,Ruse", by="anna") == "created=0 updated=0 same=0 refused=1"
    assert places("B1")[0][2] == "Варна"


def test_who_edits_it_as_a_supplier_writes_its_address_and_nothing_else_of_the_client(
    take_in, tmp_path, boris, supplier_type, client_type
):
    grant(boris.groups.get(), supplier_type, ["view", "edit"])
    revoke(boris.groups.get(), client_type, ["view", "export", "balance"])
    make_counterparty("Both", [client_type, supplier_type], code="D1")
    file = csv_file(tmp_path, "code,company-city,company_name", "D1,Ruse,")

    told = take_in(file, "--mode", "update", "--as", "boris")

    assert told.last == "created=0 updated=1 same=0 refused=0"
    assert places("D1")[0][:3] == ("company", "", "Ruse")


def test_a_country_alone_is_no_address_of_anybody(take_in, tmp_path, admin, bank_type):
    make_counterparty("Bank", [bank_type], code="B1")

    take_in(csv_file(tmp_path, "code,company-country", "B1,BG"), "--mode", "update", "--as", "admin")

    assert "A country alone is no address" in take_in.said.log
    assert places("B1") == []


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (("Name", "Street", "Street2", "City", "Zip"),
         ["name", "company-line1", "company-line2", "company-city", "company-postal_code"]),
        (("Име", "Улица", "Населено място", "Област", "П.К."),
         ["name", "company-line1", "company-city", "company-region", "company-postal_code"]),
        (("Имя", "Город", "Индекс", "Адрес"), ["name", "company-city", "company-postal_code", "-"]),
        (("Name", "Address", "Towns", "Country"), ["name", "-", "-", "country"]),
        (("Company address", "Company address: town", "Town"), ["company-line1", "company-city", "-"]),
    ],
)  # fmt: skip
def test_parts_of_addresses_are_known_by_other_words_and_a_whole_one_is_not(admin, supplier_type, header, fields):
    found = {each.header: each.field for each in columns_of(list(header), Fields(for_user(admin))).columns}

    assert [found.get(each, "-") for each in header] == fields


def test_a_list_with_every_part_of_addresses_asks_as_often_for_many_rows_as_for_one(boris, bank, bank_type):
    asked = []
    for more in (0, 2, 47):
        for _number in range(more):
            Address.objects.create(counterparty=make_counterparty(types=[bank_type]), kind="company", city="Ruse")
        with CaptureQueriesContext(connection) as queries:
            sheet_of(boris, EVERY)
        asked.append(len(queries))

    assert len(set(asked)) == 1


def test_hidden_counterparties_lend_no_address_to_a_sheet(anna, bank, client_type):
    grant(anna.groups.get(), client_type, ["export"])
    Address.objects.create(counterparty=make_counterparty("Rila", code="R1"), kind="company", city="Ruse")

    content = sheet_of(anna, EVERY)

    assert "Ruse" in content
    assert "Русе" not in content
    assert Counterparty.objects.filter(code="B1").exists()
