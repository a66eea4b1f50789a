"""The template of a type: what its reader may fill, offered to choose from, and taken back in."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from counterparties.models import Counterparty
from exchange.domain import jobs
from tests.exchange.test_import_pages import bring, chosen, columns, mapping
from tests.factories import make_characteristic, make_nomenclature


def test_a_template_offers_what_its_reader_may_fill_and_comes_back_as_counterparties(
    client, anna, client_type, supplier_type
):
    grade = make_nomenclature("grade", "gold", "silver")
    make_characteristic("grade", "nomenclature", client_type, nomenclature=grade, name="Клас", definition="How loyal.")
    make_characteristic("size", "number", client_type, name="Размер", unit="m²", is_required=True)
    make_characteristic("stamp", "picture", client_type, name="Печат")
    make_characteristic("ours", "text", supplier_type, name="Чуждо")
    anna.language = "bg"
    anna.save()
    client.force_login(anna)

    answer = client.get("/imports/template/client.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    heads = {cell.value: cell for cell in sheet[1]}
    lists = [each.formula1 for each in sheet.data_validations.dataValidation]

    assert [name for name in heads if name in ("Клас", "Размер, m²", "Печат", "Чуждо")] == ["Клас", "Размер, m²"]
    assert heads["Клас"].comment.text == "How loyal."
    assert f"'{book.worksheets[1].title}'!${heads['Клас'].column_letter}$1:${heads['Клас'].column_letter}$2" in lists
    assert book.worksheets[1].sheet_state == "hidden"
    assert sheet.cell(2, 1).value == "#пример"
    assert not [name for name in heads if "_" in name]

    said = {"Клас": "Silver", "Размер, m²": 40, "Име": "Дунав Агро"}
    for name, cell in heads.items():
        sheet.cell(3, cell.column).value = said.get(name)
    filled = io.BytesIO()
    book.save(filled)
    address = bring(client, SimpleUploadedFile("filled.xlsx", filled.getvalue()))
    guessed = chosen(client.get(address))
    client.post(address, columns(**mapping(*guessed)))
    client.post(f"{address}run/")
    jobs.perform_waiting()

    # Every column is known again, and the example is no row.
    assert "" not in guessed
    made = Counterparty.objects.get()
    assert (made.name, made.values.get(characteristic__code="grade").element.code) == ("Дунав Агро", "silver")


def test_a_template_is_for_those_who_may_add_or_edit(client, boris, supplier_type):
    client.force_login(boris)

    answers = [client.get(f"/imports/template/{code}.xlsx").status_code for code in ("supplier", "client", "nothing")]

    assert answers == [200, 403, 404]


def test_a_template_tells_what_cells_must_keep_to(client, anna, client_type):
    make_characteristic("size", "number", client_type, name="Size", minimum="1", maximum="9.5", default="2")
    make_characteristic("born", "date", client_type, name="Born", minimum="2026-01-31")
    make_characteristic(
        "plate",
        "text",
        client_type,
        name="Plate",
        max_length=8,
        pattern="[A-Z]+",
        pattern_hint="Letters.",
        is_unique=True,
    )
    client.force_login(anna)

    answer = client.get("/imports/template/client.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    heads = {cell.value: cell for cell in sheet[1]}
    rules = {(each.type, each.operator, each.formula1) for each in sheet.data_validations.dataValidation}

    assert heads["Size"].comment.text == "From 1 to 9.5.\nWithout this column a new counterparty gets: 2."
    assert heads["Born"].comment.text == "Not before 31 Jan 2026."
    assert heads["Plate"].comment.text == "At most 8 characters.\nLetters.\nNo two counterparties say the same."
    assert {("decimal", "between", "1"), ("date", "greaterThanOrEqual", "DATE(2026,1,31)")} <= rules
    assert ("textLength", "lessThanOrEqual", "8") in rules
    # The usual examples would be refused.
    assert [sheet.cell(2, heads[name].column).value for name in ("Size", "Plate")] == [None, None]
