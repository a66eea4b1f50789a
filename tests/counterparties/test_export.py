"""The sheet of what is listed: the same rows, columns and order, as far as they may be exported."""

import csv
import gc
import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from characteristics.domain import values
from characteristics.models import Element
from counterparties.models import Counterparty
from desk.columns import Fact
from desk.databases.portions import portions
from exchange.models import Export
from rights.domain.granting import grant, revoke
from tests.factories import make_characteristic, make_counterparty, make_nomenclature


def body(response):
    return b"".join(response.streaming_content)


def tabs(content):
    """The tabs of a workbook as lists of rows."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {tab.title: [list(row) for row in tab.iter_rows(values_only=True)] for tab in book}


def lines(response):
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"))))


@pytest.fixture
def facts(client_type):
    return {
        "size": make_characteristic("size", "number", client_type, unit="ha"),
        "since": make_characteristic("since", "date", client_type),
        "vip": make_characteristic("vip", "checkbox", client_type),
        "grade": make_characteristic(
            "grade", "nomenclature", client_type, nomenclature=make_nomenclature("grades", "a", "b")
        ),
    }


@pytest.fixture
def firms(facts, client_type, supplier_type, bank_type):
    a = Element.objects.get(code="a")
    first = make_counterparty("=1+1 Дунав", [client_type, bank_type], code="0042", email="+d@x.example", country="BG")
    values.save(
        first,
        {facts["size"]: Decimal("1234.5"), facts["since"]: date(2026, 3, 1), facts["vip"]: True, facts["grade"]: a},
    )
    make_counterparty("Рила, „Панорама“", [client_type], code="-5")
    make_counterparty("Supplier", [supplier_type], code="S")
    make_counterparty("Gone", [client_type], code="G", archived_at=timezone.now())
    return first


EVERY = "columns=code&columns=name&columns=types&columns=country&columns=created&" + "&".join(
    f"columns=c-{code}" for code in ("size", "since", "vip", "grade")
)


def test_the_workbook_holds_what_is_listed_with_every_value_in_its_own_type(client, anna, firms):
    client.force_login(anna)

    sheet = client.get(f"/clients/sheet.xlsx?{EVERY}&sort=-c-size")
    rows = tabs(body(sheet))["Clients"]

    assert sheet["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    called = f"clients-{timezone.localdate():%Y-%m-%d}-No-{Export.objects.get().pk}.xlsx"
    assert sheet["Content-Disposition"] == f'attachment; filename="{called}"'
    assert rows[0] == ["Code", "Name", "Types", "Country", "Created", "Size, ha", "Since", "Vip", "Grade"]
    created = rows[1].pop(4)
    assert rows[1] == ["0042", "=1+1 Дунав", "Client", "Bulgaria", 1234.5, datetime(2026, 3, 1), "Yes", "A"]
    assert abs(created - timezone.localtime(firms.created_at).replace(tzinfo=None)).total_seconds() < 1
    assert [row[0] for row in rows[1:]] == ["0042", "-5"]


def test_the_second_tab_tells_how_the_sheet_was_made_and_which_versions_it_holds(client, anna, firms):
    client.force_login(anna)

    told = tabs(body(client.get("/clients/sheet.xlsx?country=BG&sort=-created&colour=red")))["How this was made"]
    said = {row[0]: row[1] for row in told[1:]}

    assert said["Made by"] == "anna"
    assert said["List"] == "Clients"
    assert said["Filter: Country"] == "Bulgaria"
    assert said["Sorted by"] == "Created ↓"
    assert said["Not understood"] == "This list cannot be asked for colour, so that was left out."
    assert said["Rows"] == 1
    assert told[-1] == ["Row 2", firms.pk, firms.version]


def test_the_csv_is_for_every_program_and_leaves_values_as_they_are(client, anna, firms):
    client.force_login(anna)

    sheet = client.get(f"/clients/sheet.csv?{EVERY.replace('columns=created&', '')}")
    content = body(sheet)

    assert content.startswith(b"\xef\xbb\xbfCode,Name,Types,Country,")
    assert content.count(b"\r\n") == content.count(b"\n") == 3
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1] == ["0042", "=1+1 Дунав", "Client", "Bulgaria", "1234.5", "2026-03-01", "Yes", "A"]
    assert rows[2][:2] == ["-5", "Рила, „Панорама“"]


def test_a_sheet_speaks_the_readers_language(client, anna, firms):
    type(anna).objects.filter(pk=anna.pk).update(language="bg")
    client.force_login(anna)

    sheet = client.get("/clients/sheet.csv?columns=country")

    assert lines(sheet)[1] == ["България"]


def test_rows_whose_types_do_not_grant_the_export_are_left_out_and_told_by_number(client, anna, firms):
    client.force_login(anna)

    rows = tabs(body(client.get("/counterparties/sheet.xlsx")))
    said = {row[0]: row[1] for row in rows["How this was made"]}

    assert [row[0] for row in rows["Counterparties"][1:]] == ["0042", "-5"]
    assert said["Left out, because no type of theirs grants you the export"] == 1


def test_a_sheet_may_be_made_by_whoever_may_export_something_only(client, anna, vera, boris, firms, client_type):
    for user, status in [(vera, 403), (anna, 200), (boris, 200)]:
        client.force_login(user)
        assert client.get("/counterparties/sheet.xlsx").status_code == status

    revoke(anna.groups.get(), client_type, ["export"])
    client.force_login(anna)

    refused = client.get("/clients/sheet.csv")
    assert refused.status_code == 403
    assert "Bookkeeping" in refused.content.decode()


def test_a_hidden_characteristic_is_no_column_of_a_sheet(client, anna, firms, bank_type):
    vault = make_characteristic("vault", "text", bank_type, in_list=True)
    values.save(firms, {vault: "ZQXWJ"})
    client.force_login(anna)

    assert "ZQXWJ" not in body(client.get("/counterparties/sheet.csv?columns=name&columns=c-vault")).decode()


def test_where_no_visible_type_carries_a_characteristic_its_cell_is_empty(
    client, anna, client_type, bank_type, supplier_type
):
    size = make_characteristic("size", "number", client_type, bank_type)
    grant(anna.groups.get(), supplier_type, ["export"])
    both = make_counterparty("Both", [supplier_type, bank_type])
    values.save(both, {size: Decimal(7)})
    client.force_login(anna)

    assert lines(client.get("/counterparties/sheet.csv?columns=name&columns=c-size"))[1:] == [["Both", ""]]


@pytest.mark.parametrize("sort", ["name", "-created", "status", "country", "c-size", "-c-grade"])
def test_a_sheet_has_the_order_of_the_list(client, admin, firms, sort):
    client.force_login(admin)
    listed = [record.code for record in client.get(f"/counterparties/?sort={sort}").context["listing"].records]

    sheet = lines(client.get(f"/counterparties/sheet.csv?columns=code&sort={sort}"))

    assert [row[0] for row in sheet[1:]] == listed


@pytest.mark.parametrize("how_many", [1, 3, 50])
def test_a_sheet_costs_one_question_for_its_rows_and_one_a_portion(
    client, admin, facts, how_many, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr("counterparties.pages.sheet.CHUNK", 25)
    for _each in range(how_many):
        values.save(make_counterparty(), {facts["size"]: Decimal(1), facts["grade"]: Element.objects.get(code="a")})
    client.force_login(admin)

    # The first portion reads the elements too; a second one costs one question more.
    # Its receipt costs five: one when it begins, and a transaction of two when it ends.
    with django_assert_num_queries(6 + 5 + (how_many - 1) // 25):
        assert len(lines(client.get("/counterparties/sheet.csv?columns=c-size&columns=c-grade"))) == how_many + 1


# ---- the command


def test_the_command_writes_what_the_page_would(client, admin, firms, tmp_path, capsys):
    out = tmp_path / "out.csv"
    client.force_login(admin)
    question = "archived=all&c-size_max=5000"
    page = body(client.get(f"/counterparties/sheet.csv?type=client&{question}&columns=code&columns=c-size"))

    call_command("export_counterparties", out, "--type", "client", "--query", question, "--columns", "code,c-size")

    assert out.read_bytes() == page
    assert capsys.readouterr().out == "rows=1 left_out=0\n"
    assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]


def test_the_command_has_the_rights_of_the_person_it_acts_for(anna, firms, tmp_path, capsys):
    call_command("export_counterparties", tmp_path / "out.xlsx", "--as", "anna")

    assert capsys.readouterr().out == "rows=2 left_out=1\n"
    assert len(tabs((tmp_path / "out.xlsx").read_bytes())["Counterparties"]) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["out.pdf"], "out.pdf: the name must end in .xlsx or .csv."),
        (["out.csv", "--as", "nobody"], "There is no user “nobody”; --as takes a user name."),
        (["out.csv", "--as", ""], "There is no user “”; --as takes a user name."),
        (["out.csv", "--as", "vera"], "vera has the right export on no type."),
        (
            ["out.csv", "--query", "colour=red"],
            "out.csv: nothing was written. This list cannot be asked for colour, so that was left out.",
        ),
        (
            ["out.csv", "--type", "alien"],
            "out.csv: nothing was written. Type: there is no “alien”, so that was left out.",
        ),
        (
            ["out.csv", "--columns", "zzz"],
            "out.csv: nothing was written. There is no column “zzz”, so that was left out.",
        ),
        (["nowhere/out.csv"], "nowhere/out.csv could not be written: No such file or directory."),
    ],
)
def test_the_command_refuses_with_one_clear_line(vera, firms, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(CommandError) as refused:
        call_command("export_counterparties", *arguments)

    assert str(refused.value) == told
    assert list(tmp_path.iterdir()) == []


def test_an_office_without_counterparties_gets_a_sheet_with_its_header(admin, tmp_path):
    call_command("export_counterparties", tmp_path / "out.xlsx", "--columns", "code,name")

    assert tabs((tmp_path / "out.xlsx").read_bytes())["Counterparties"] == [["Code", "Name"]]
    assert not Counterparty.objects.exists()


def test_a_list_shows_a_mobile_as_people_write_it_and_its_sheet_as_it_is_kept(client, anna):
    make_counterparty("Danube", mobile="+359888123456")
    client.force_login(anna)

    page = client.get("/counterparties/?columns=mobile").content.decode()
    sheet = client.get("/counterparties/sheet.csv?columns=mobile")

    assert "<span>088 812 3456</span>" in page
    assert "+359888123456" in b"".join(sheet).decode()


def test_a_portion_is_read_and_made_at_a_stretch_and_between_them_all_is_as_it_was(client, admin, firms, monkeypatch):
    """Else a tenth of the time went by looking for circles among rows that are needed, all of them."""
    monkeypatch.setattr("counterparties.pages.sheet.CHUNK", 1)
    seen = []
    make, read = Fact.cells, portions

    def cells(self, records):
        seen.append(gc.isenabled())
        return make(self, records)

    def read_portions(*asked):
        for portion in read(*asked):
            seen.append(gc.isenabled())
            yield portion

    monkeypatch.setattr(Fact, "cells", cells)
    monkeypatch.setattr("counterparties.pages.sheet.portions", read_portions)
    monkeypatch.setattr(gc, "isenabled", lambda: switched["on"])
    monkeypatch.setattr(gc, "disable", lambda: switched.update(on=False))
    monkeypatch.setattr(gc, "enable", lambda: switched.update(on=True))
    switched = {"on": True}
    client.force_login(admin)

    for _part in client.get("/counterparties/sheet.csv?columns=code").streaming_content:
        assert gc.isenabled()

    assert seen
    assert not any(seen)
    assert gc.isenabled()
