"""The workbook of refused rows: each with its reasons, however many there are."""

import importlib
import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from counterparties.domain.importing.plan import Reason, Refusal
from exchange.domain import importing
from exchange.models import Import
from staff.models import User
from tests.factories import make_characteristic, make_nomenclature


def test_every_refused_row_tells_its_reasons_and_the_first_ones_in_comments_too(monkeypatch):
    # The package offers a function of the same name.
    report = importlib.import_module("counterparties.domain.importing.report")
    monkeypatch.setattr(report, "COMMENTED", 2)
    book = io.BytesIO()
    reasons = [Reason("email", "E-mail", 1, "It is none."), Reason("email", "E-mail", 1, "It is long.")]
    rows = (Refusal(number, ["=A1", "no mail"], reasons) for number in range(2, 6))

    report.write_refused(book, rows, ["Code", "E-mail"], [("Left out", 4)])

    sheet, about = openpyxl.load_workbook(book).worksheets
    assert [[cell.value for cell in row] for row in sheet][1:] == [
        [number, "E-mail: It is none. · E-mail: It is long.", "=A1", "no mail"] for number in range(2, 6)
    ]
    assert [row[3].comment and row[3].comment.text for row in sheet] == [
        None, "It is none.\nIt is long.", "It is none.\nIt is long.", None, None,
    ]  # fmt: skip
    assert {row[3].fill.fgColor.rgb for row in sheet.iter_rows(min_row=2)} == {"00FDE2E2"}
    assert {row[2].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}
    assert [cell.value for cell in about[1]] == ["Left out", 4]


def test_why_a_row_is_left_out_is_said_in_the_language_of_whoever_reads_it(client, admin, anna, client_type):
    grades = make_nomenclature("grades", "gold")
    make_characteristic("grade", "nomenclature", client_type, nomenclature=grades)
    lines = ["code,name,country,e-mail,phone,grade,is_foreign", "A1,,BG,no mail,1,Lead,perhaps", "A1,Beta,,,,,"]
    User.objects.filter(pk=anna.pk).update(language="ru")
    of = importing.receive(SimpleUploadedFile("clients.csv", "\n".join(lines).encode()), by=anna, types=["client"])
    importing.preview(Import.objects.get(pk=of.pk))

    told = {}
    for language in ("ru", "en", "bg"):
        User.objects.filter(pk=admin.pk).update(language=language)
        client.force_login(User.objects.get(pk=admin.pk))
        with override(language):
            rows = client.get(of.get_absolute_url()).context["rows"].rows
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{of.get_absolute_url()}refused.xlsx").getvalue()))
        reasons = [row[1].value for row in book.worksheets[0]]
        told[language] = [[line.why for line in row.lines] for row in rows], reasons

    assert told["en"][0] == [
        [
            "“Grades” has no element “Lead”.",
            "“perhaps” is neither yes nor no. Write yes or no.",
            "An e-mail address has no spaces or line breaks. Write one address, for example office@example.com.",
            "A phone number has 3 to 20 digits; this one has 1.",
            "The name is missing.",
        ],
        ["Row 2 of this sheet has the same."],
    ]
    kept = [[sentence for _field, _place, sentence, _how in row.said["reasons"]] for row in of.outcomes.all()]
    assert told["ru"][0] == kept, "as it was said when the sheet was looked at"
    for number, row in enumerate(kept):
        for place, sentence in enumerate(row):
            assert len({told[language][0][number][place] for language in told}) == 3, sentence
    assert "Row 2 of this sheet has the same." in told["en"][1][2]
    # Rows of earlier days have the sentence alone.
    of.outcomes.filter(number=3).update(said={"cells": ["A1", "Beta"], "reasons": [["code", 0, "Та же строка."]]})
    assert "Та же строка." in client.get(of.get_absolute_url()).content.decode()
