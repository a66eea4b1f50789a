"""What a sheet says of clients as such: their own facts and two addresses, by the rules of the card."""

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from characteristics.models import Element, Nomenclature
from counterparties.domain import address_words, client_words
from counterparties.models import Address, Client, Counterparty
from desk.models import LANGUAGES
from rights.domain.granting import grant
from tests.factories import make_counterparty
from trail.domain.operations import operation

from .sheets import csv_file

EVERY = "&".join(f"columns={name}" for name in ("code", "is_person", *client_words.FACTS, *address_words.PLACES))


@pytest.fixture
def categories(office):
    """Two categories; under both stands one that is called the same, like a category itself."""
    found = Nomenclature.objects.get(code="client-category")
    places = iter(range(101, 109))

    def make(code, name, parent=None):
        return Element.objects.create(nomenclature=found, code=code, name=name, parent=parent, position=next(places))

    big, small = make("big", "Big"), make("small", "Small")
    return {"big": big, "small": small, "under": make("under", "Small", big), "other": make("other", "Small", small)}


@pytest.fixture
def elena(categories, client_type):
    """A person of whom everything is said."""
    elena = make_counterparty("Elena", code="E1", is_person=True)
    Client.objects.create(
        counterparty=elena, salutation="mrs", gender="female", language="ka", category=categories["big"],
        subcategory=categories["under"], company_name="Ромашка", tax_name="Tax", office_phone="+35929876543",
        electronic_address_scheme="0088", electronic_address="5790000435951", payment_term=30,
        credit_limit=Decimal("1234.5"), currency="BGN", message_language="bg", email_notifications=True,
    )  # fmt: skip
    for kind in ("company", "delivery"):
        facts = {"line1": f"1 {kind}", "line2": "b", "city": "Русе", "region": "R", "postal_code": "7000"}
        Address.objects.create(counterparty=elena, kind=kind, country="BG", **facts)
    return elena


def sheet_of(user, question):
    desk = Browser()
    desk.force_login(user)
    content = desk.get(f"/clients/sheet.csv?{question}")
    return b"".join(content.streaming_content).decode("utf-8-sig")


def test_every_column_of_a_client_comes_back_as_the_same_in_every_language(take_in, tmp_path, anna, elena):
    make_counterparty("Silent", code="S1")
    told, cells = {}, {}
    for language in LANGUAGES:
        type(anna).objects.filter(pk=anna.pk).update(language=language)
        content = sheet_of(type(anna).objects.get(pk=anna.pk), EVERY)
        file = tmp_path / f"{language}.csv"
        file.write_text(content, encoding="utf-8")
        take_in(file, "--mode", "update", "--as", "anna")
        rows = {row[0]: row for row in csv.reader(io.StringIO(content))}
        told[language], cells[language] = (take_in.said.last, "Ignored" in take_in.said.log), rows["E1"]
        assert [each for each in rows["S1"][2:] if each] == []
        assert [each for each in rows["E1"] if not each] == [], "a cell for everything that is said"

    assert told == dict.fromkeys(LANGUAGES, ("created=0 updated=0 same=2 refused=0", False))
    language = 2 + client_words.FACTS.index("language")
    assert [cells[each][language] for each in LANGUAGES] == ["Georgian", "Грузински", "Грузинский"]


def test_a_list_with_every_column_of_clients_asks_as_often_for_many_rows_as_for_one(anna, elena):
    asked = []
    for more in (0, 2, 47):
        for _number in range(more):
            Client.objects.create(counterparty=make_counterparty(), tax_name="T")
        with CaptureQueriesContext(connection) as queries:
            sheet_of(anna, EVERY)
        asked.append(len(queries))

    assert len(set(asked)) == 1


def test_clients_come_in_as_the_card_would_keep_them(take_in, tmp_path, admin, elena, categories):
    header = "code,name,types,is_person,company name,salutation,language,category,subcategory,payment_term"
    header += ",credit_limit,currency,company-line1,company-city,company-country,delivery-city"
    file = csv_file(
        tmp_path,
        header,
        "N1,Nova,client,Yes,Нова ООД,Mr,bg,Small,other,14,99.5,EUR,Main 1,Ruse,Bulgaria,Varna",
        "E1,Elena,client,Yes,Lotus,,,Small,other,,,,,,,",
        "B1,Bare,client,No,,,,,,,,,,,,",
    )

    told = take_in(file, "--as", "admin")
    again = take_in(file, "--as", "admin")
    cleared = take_in(
        csv_file(tmp_path, "code,company name,delivery-city", "N1,,", name="less.csv"),
        "--empty-clears",
        "--mode",
        "update",
    )

    assert [told.last, again.last, cleared.last] == [
        "created=2 updated=1 same=0 refused=0", "created=0 updated=0 same=3 refused=0",
        "created=0 updated=1 same=0 refused=0",
    ]  # fmt: skip
    nova = Counterparty.objects.get(code="N1")
    kept = nova.client
    assert (kept.salutation, kept.language, kept.category, kept.subcategory) == (
        "mr", "bg", categories["small"], categories["other"]
    )  # fmt: skip
    assert (kept.payment_term, kept.credit_limit, kept.currency, kept.company_name) == (14, Decimal("99.50"), "EUR", "")
    assert [(each.kind, each.line1, each.city, each.country) for each in nova.addresses.all()] == [
        ("company", "Main 1", "Ruse", "BG")
    ]
    assert [row.history_type for row in kept.history.order_by("history_id")] == ["+", "~"]
    assert (nova.version, Counterparty.history.filter(id=nova.pk).count()) == (2, 1)
    assert not Client.objects.filter(counterparty__code="B1").exists()
    for word, codes in (("нова оод", []), ("lotus", ["E1"]), ("ромашка", [])):
        assert [each.code for each in Counterparty.objects.filter(search__words=word)] == codes
    elena.refresh_from_db()
    assert (elena.version, elena.client.tax_name) == (2, "Tax")


def test_what_sheets_write_of_clients_is_what_saving_them_would_have_written(take_in, tmp_path, anna, client_type):
    with operation("card", by=anna):
        saved = make_counterparty("Firm", code="F1")
        Client(counterparty=saved, company_name="Ёлка", office_phone="+35929876543").save()
        Address(counterparty=saved, kind="company", line1="Main 1").save()
    take_in(csv_file(tmp_path, "code,name,company_name,office_phone,company-line1", "F2,Firm,Ёлка,+35929876543,Main 1"),
            "--type", "client", "--as", "anna")  # fmt: skip
    written = Counterparty.objects.get(code="F2")

    assert written.search.replace("f2", "f1") == Counterparty.objects.get(code="F1").search
    own = {"id", "counterparty_id", "history_id", "history_date", "operation_id"}
    for model in (Client, Address):
        mine, theirs = (model.history.get(counterparty=each) for each in (written, saved))
        told = [{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields} for row in (mine, theirs)]
        assert {k: v for k, v in told[0].items() if k not in own} == {k: v for k, v in told[1].items() if k not in own}


def test_a_sheet_says_no_more_of_clients_than_the_card(take_in, tmp_path, anna, boris, elena, supplier_type):
    make_counterparty("Rila", [supplier_type], code="R1")
    make_counterparty("Firm", code="F1")
    told = {
        "company_name\nR1,Nova": "Only clients that you may see as such are asked for this.",
        "payment_term\nE1,31": "Only who may edit the settings of the client may change this.",
        "payment_term\nE1,12.5": "A payment term is a whole number of days",
        "salutation\nF1,Mr": "Only individuals are asked for this.",
        "salutation\nE1,Lord": "There is no “Lord” to choose here.",
        "subcategory\nF1,Small": "names several elements",
        "subcategory\nF1,under": "Choose the category to which “Small” belongs.",
        "electronic_address\nE1,123": "not written like an address",
        "delivery-country\nF1,BG": "A country alone is no address",
        "login_allowed\nE1,yes": "Ignored columns: login_allowed.",
    }

    for lines, sentence in told.items():
        take_in(csv_file(tmp_path, *f"code,{lines}".split("\n")), "--mode", "update", "--as", "anna")
        assert sentence in take_in.said.log, lines
    take_in(csv_file(tmp_path, "code,company_name", "E1,Nova"), "--mode", "update", "--as", "boris")
    assert "You may not edit this of this counterparty." in take_in.said.log, "who sees clients and edits none"
    assert take_in(csv_file(tmp_path, "code,payment_term", "E1,30"), "--mode", "update", "--as", "anna").last == (
        "created=0 updated=0 same=1 refused=0"
    )
    grant(anna.groups.get(), elena.types[0], ["settings"])
    assert take_in(csv_file(tmp_path, "code,payment_term", "E1,31"), "--mode", "update", "--as", "anna").last == (
        "created=0 updated=1 same=0 refused=0"
    )
