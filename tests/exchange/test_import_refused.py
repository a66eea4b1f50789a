"""The workbook of refused rows: each with its reasons, however many there are."""

import importlib
import io

import openpyxl

from counterparties.domain.importing.plan import Reason, Refusal


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
