"""Main accounts come and go in sheets for anybody, by the rules of the dossier, for whoever may edit it."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.domain import account_words
from counterparties.domain.importing import Fields, columns_of
from counterparties.models import BankAccount
from desk.models import LANGUAGES
from rights.domain.granting import grant, revoke
from rights.domain.policy import for_user
from tests.factories import make_counterparty
from trail.models import Operation

from .sheets import csv_file

EVERY = "&".join(f"columns={name}" for name in ("code", *account_words.PARTS))
BG, DE, GB = "BG80BNBG96611020345678", "DE89370400440532013000", "GB29NWBK60161331926819"


@pytest.fixture
def firm(supplier_type, bank_type):
    """A supplier with two main accounts, a second one, and one that was closed."""
    bank = make_counterparty("National", [bank_type], code="BNBGBGSF", country="BG")
    firm = make_counterparty("Rila", [supplier_type], code="S1")
    hold(firm, BG, currency="EUR", is_main=True, bank=bank, bic="BNBGBGSF")
    hold(firm, "12 34", currency="USD", is_main=True, bank_name="First of Maine")
    hold(firm, DE, currency="EUR")
    hold(firm, GB, currency="GBP", closed_on=timezone.localdate())
    return firm


def hold(counterparty, number, **facts):
    return BankAccount.objects.create(counterparty=counterparty, number=number, **facts)


def sheet_of(user, question=EVERY):
    desk = Browser()
    desk.force_login(user)
    return b"".join(desk.get(f"/counterparties/sheet.csv?{question}").streaming_content).decode("utf-8-sig")


def accounts(code="S1"):
    rows = BankAccount.objects.filter(counterparty__code=code).order_by("pk")
    return [(each.number, each.currency, each.is_main, str(each.bank or each.bank_name)) for each in rows]


def test_main_accounts_come_back_as_the_same_in_every_language(take_in, tmp_path, boris, anna, firm, supplier_type):
    make_counterparty("Silent", [supplier_type], code="S2")
    told = {}
    for language in LANGUAGES:
        type(boris).objects.filter(pk=boris.pk).update(language=language)
        content = sheet_of(type(boris).objects.get(pk=boris.pk))
        file = tmp_path / f"{language}.csv"
        file.write_text(content, encoding="utf-8")
        take_in(file, "--mode", "update", "--as", "boris", "--empty-clears")
        rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(content))}
        told[language] = (take_in.said.last, "Ignored" in take_in.said.log, rows["S1"], any(rows["S2"]))

    whole = ("created=0 updated=0 same=3 refused=0", False, [BG, "BNBGBGSF", "National", "EUR"], False)
    assert told == dict.fromkeys(LANGUAGES, whole)
    # Whoever may not view the bank takes along that there is one, and brings it back.
    for each in (anna.groups.get(),):
        grant(each, supplier_type, ["export", "edit"])
    hers = sheet_of(anna)
    assert "hidden counterparty" in hers
    assert "National" not in hers
    file.write_text(hers, encoding="utf-8")
    assert take_in(file, "--mode", "update", "--as", "anna").last == "created=0 updated=0 same=2 refused=0"


CHANGES = {
    "account-number,account-currency": {
        # The account that is there becomes the main one of its currency, once more changes nothing.
        f"{DE},EUR": [(BG, "EUR", False), (DE, "EUR", True)],
        # What is not noted is one more.
        "LT121000011101001000,EUR": [(BG, "EUR", False), (DE, "EUR", False), ("LT121000011101001000", "EUR", True)],
        # The money of a country may become another one.
        f"{BG},BGN": [(BG, "BGN", True), (DE, "EUR", False)],
    },
    "account-bank": {
        "BNBGBGSF": [(BG, "EUR", True), (DE, "EUR", False)],
        "Another": [(BG, "EUR", True), (DE, "EUR", False)],
    },
}


@pytest.mark.parametrize(("header", "cells"), [(header, cells) for header in CHANGES for cells in CHANGES[header]])
def test_a_row_says_into_which_account_its_counterparty_is_paid(take_in, tmp_path, boris, firm, header, cells):
    file, wanted = csv_file(tmp_path, f"code,{header}", f"S1,{cells}"), CHANGES[header][cells]
    changes = cells != "BNBGBGSF"

    told = [take_in(file, "--mode", "update", "--as", "boris").last for _time in range(2)]

    first, same = "created=0 updated=1 same=0 refused=0", "created=0 updated=0 same=1 refused=0"
    assert told == [first if changes else same, same]
    of_interest = [each[:3] for each in accounts() if each[1] not in ("USD", "GBP")]
    assert of_interest == wanted
    assert accounts()[0][3] == ("Another" if cells == "Another" else "National")
    firm.refresh_from_db()
    assert firm.version == 1 + changes
    assert Operation.objects.filter(kind="import").count() == changes


REFUSED = {
    "account-number": {
        f"{BG}1": "An IBAN of that country (Bulgaria) has 22",
        GB: "This account is closed. Open it again on the dossier first.",
        "777": "Say at which bank",
    },
    "account-bic": {"BNBG": "is not a BIC"},
    "account-currency": {"Pebbles": "There is no “Pebbles” to choose here."},
    "account-number,name": {",Rila": "An account is closed, or deleted, on the dossier."},
}


def test_what_is_wrong_is_said_of_its_cell_and_nothing_is_kept(take_in, tmp_path, anna, boris, firm, supplier_type):
    before = accounts()
    for header, rows in REFUSED.items():
        for cells, sentence in rows.items():
            file = csv_file(tmp_path, f"code,{header}", f"S1,{cells}")
            told = take_in(file, "--mode", "update", "--as", "boris", "--empty-clears")
            assert (told.last[-9:], sentence in told.log) == ("refused=1", True), cells
    lonely = make_counterparty("Lonely", [supplier_type], code="S2")
    assert (
        "Say the number of the account too."
        in take_in(csv_file(tmp_path, "code,account-bic", "S2,BNBGBGSF"), "--mode", "update", "--as", "boris").log
    )
    revoke(boris.groups.get(), supplier_type, ["edit"])
    for user in ("boris", "anna"):
        take_in(csv_file(tmp_path, "code,account-number", f"S1,{DE}"), "--mode", "update", "--as", user)
        assert "You may not edit this counterparty." in take_in.said.log

    assert accounts() == before
    assert accounts(lonely.code) == []


def test_new_ones_come_with_their_accounts_however_the_sheet_calls_them(take_in, tmp_path, admin, firm, supplier_type):
    rows = ["N1,Дунав,BG80 BNBG 9661 1020 3456 78,,", "N2,Искър,40702 810 4 0000 0012345,Сбербанк,RUB"]
    file = csv_file(tmp_path, "Код,Наименование,IBAN,Банка,Валута на сметката", *rows)

    told = take_in(file, "--type", "supplier", "--as", "admin")

    assert (told.last, "Ignored" in told.log) == ("created=2 updated=0 same=0 refused=0", False)
    assert accounts("N1") == [(BG, "", True, "National")]
    assert accounts("N2") == [("40702 810 4 0000 0012345", "RUB", True, "Сбербанк")]
    assert {row.operation.kind for row in BankAccount.history.filter(counterparty__code__in=("N1", "N2"))} == {"import"}
    found = columns_of(["Name", "Swift", "Bank name", "Account number"], Fields(for_user(admin))).columns
    assert [each.field for each in found] == ["name", "account-bic", "account-bank", "code"]


def test_a_list_with_accounts_asks_as_often_for_many_rows_as_for_one(boris, firm, supplier_type, bank_type):
    asked = []
    for more in (0, 2, 47):
        for number in range(more):
            bank = make_counterparty(types=[bank_type])
            hold(make_counterparty(types=[supplier_type]), f"{number}", is_main=True, bank=bank)
        with CaptureQueriesContext(connection) as queries:
            sheet_of(boris)
        asked.append(len(queries))

    assert len(set(asked)) == 1


def test_hidden_counterparties_lend_no_account_to_a_sheet(anna, firm, client_type):
    grant(anna.groups.get(), client_type, ["export"])
    hold(make_counterparty("Danube", code="D1"), GB, is_main=True)

    content = sheet_of(anna)

    assert GB in content
    assert BG not in content
