"""Sheets going out: what the office wrote is what Excel shows, digit for digit and letter for letter."""

import datetime as dt
import io
import tracemalloc
import zipfile
from decimal import Decimal
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from desk import sheets
from desk.sheets import Tab
from desk.sheets.cells import Cells
from desk.sheets.columns import column

LOOKS_LIKE_A_FORMULA = ["=1+1", "+359", "-5.00", "@Health SA", "\tx", "#N/A", "=HYPERLINK(1)"]


def written(*tabs) -> bytes:
    return b"".join(sheets.xlsx(tabs))


def opened(*tabs):
    return openpyxl.load_workbook(io.BytesIO(written(*tabs)))


def values(*rows, width=1) -> list:
    page = opened(Tab("Clients", [f"c{place}" for place in range(width)], rows)).active
    return [list(row) for row in page.iter_rows(min_row=2, values_only=True)]


def test_a_cell_gets_a_value_and_not_its_picture():
    row = ["Ромашка", 7, Decimal("1234.50"), dt.date(2024, 2, 29), dt.datetime(2024, 5, 6, 7, 8, 9), None, True]

    found = values(row, width=7)

    moment = dt.datetime(2024, 5, 6, 7, 8, 9)
    assert found == [["Ромашка", 7, 1234.5, dt.datetime(2024, 2, 29), moment, None, True]]


@pytest.mark.parametrize("text", LOOKS_LIKE_A_FORMULA)
def test_a_text_is_never_a_formula(text):
    cell = opened(Tab("Clients", ["Name"], [[text]])).active["A2"]

    assert (cell.value, cell.data_type) == (text, "s")


def test_no_sheet_holds_a_formula_element():
    archive = zipfile.ZipFile(io.BytesIO(written(Tab("Clients", ["=Name"], [[text] for text in LOOKS_LIKE_A_FORMULA]))))

    assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("text", [" two ends ", "two\nlines", "a & b < c > d", "😀", "“quoted”"])
def test_spaces_lines_and_signs_stay(text):
    assert values([text]) == [[text]]


def test_a_text_that_needs_care_leaves_its_neighbours_alone():
    simple = ["Ромашка", "", None, "a & b", "007", "=1", "<b>"]
    careful = [" two ends", "a¦b", "¦", "two\nlines", "no\u00a0break ", "_x", "tab\t", "y" * 300, "0" * 300]

    for care in careful:
        column = [*simple, care, *simple]
        assert values(*[[each] for each in column]) == [[each or None] for each in column], care


def test_a_column_may_hold_values_of_every_sort():
    day, moment = dt.date(2024, 2, 29), dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=ZoneInfo("UTC"))
    column = ["Name", None, 7, Decimal("0.5"), True, day, moment, dt.date(1863, 5, 1), Decimal("1234567890123456.78")]

    mixed = values(*[[each] for each in column])
    alone = [values([each])[0] for each in column]

    assert mixed == alone


@pytest.mark.parametrize(
    "said",
    [
        ["a", "b & c", "", None, "=1", "007", "a¦b", " a", "x\ny", "_x0041_", "\x01", "é" * 300],
        [0, -5, None, 10**15 - 1, 10**15],
        [*map(Decimal, ("1.5", "-2", "1E+3", "0.000001", "1E-7", "NaN", "Infinity", "1234567890123456")), None],
        [dt.date(2024, 1, 1), None, dt.date(1900, 3, 1), dt.date(1863, 1, 1)],
        [dt.datetime(2024, 7, 1, 23, 59, tzinfo=dt.UTC), None, dt.datetime(1900, 3, 1), dt.datetime(1899, 1, 1)],
    ],
)
def test_a_value_has_the_same_cell_among_others_as_alone(said):
    def made(values):
        form, contents = column(Cells(), values)
        return [form % each for each in contents]

    for these in (said, said[:2], said[:1] * 2, [*said[:1], None]):
        assert made(these) == [made([each])[0] for each in these]


def test_rows_need_not_be_of_one_width():
    assert values(["a"], ["b", 1], [], width=2) == [["a", None], ["b", 1], [None, None]]


def test_what_looks_like_an_escape_of_excel_is_protected():
    archive = zipfile.ZipFile(io.BytesIO(written(Tab("Clients", ["Name"], [["_x0041_"]]))))

    assert b">_x005F_x0041_<" in archive.read("xl/worksheets/sheet1.xml")


def test_a_number_too_long_for_excel_is_written_in_full_as_text():
    exact, long = Decimal("123456789012.345"), Decimal("1234567890123456.78")

    assert values([exact, long, 10**15], width=3) == [[float(exact), "1234567890123456.78", "1000000000000000"]]


def test_a_number_without_value_does_not_spoil_the_sheet():
    assert values([Decimal("NaN"), float("inf")], width=2) == [["NaN", "inf"]]


def test_a_day_excel_does_not_know_is_written_as_text():
    assert values([dt.date(1863, 5, 1), dt.date(1900, 3, 1)], width=2) == [["1863-05-01", dt.datetime(1900, 3, 1)]]


def test_a_moment_is_shown_by_the_clock_of_the_office(settings):
    settings.TIME_ZONE = "Europe/Sofia"

    found = values([dt.datetime(2024, 1, 31, 23, 30, tzinfo=ZoneInfo("UTC"))])

    assert found == [[dt.datetime(2024, 2, 1, 1, 30)]]


def test_a_text_longer_than_a_cell_is_cut_visibly_and_counted():
    tab = Tab("Clients", ["Notes"], [["я" * 40_000], ["a" * 32_767], ["😀" * 20_000]])

    cells = [row[0].value for row in opened(tab).active.iter_rows(min_row=2)]

    assert [len(cells[0]), cells[0][-1], len(cells[1]), cells[2][-1]] == [32_767, "…", 32_767, "…"]
    assert tab.cut == 2


def test_characters_no_sheet_can_carry_are_left_out_and_counted():
    tab = Tab("Clients", ["Name"], [["a\x00b\x0bc\ud800d\uffff"], ["_x00\x0141_"]])

    cells = [row[0].value for row in opened(tab).active.iter_rows(min_row=2)]

    assert cells == ["abcd", "_x005F_x0041_"]  # openpyxl leaves Excel's escape as it is
    assert tab.cleaned == 2


def test_the_header_is_bold_stays_in_sight_and_filters():
    page = opened(Tab("Clients", ["Name", "Town"], [["a", "b"], ["c", "d"]])).active

    assert (page["A1"].font.b, page["A2"].font.b, page.freeze_panes) == (True, False, "A2")
    assert page.auto_filter.ref == "A1:B3"


def test_columns_are_as_wide_as_needed_within_reason():
    page = opened(Tab("Clients", ["Id", "Name"], [[1, "x" * 30], [2, "y" * 500]])).active

    assert [page.column_dimensions[letter].width for letter in "AB"] == [9, 60]


def test_on_paper_the_header_stands_on_every_page_and_what_can_be_read_fits_its_width():
    book = opened(Tab("Ann's clients", ["Name"] * 4, [["x" * 55] * 4]), Tab("Wide", ["Name"] * 5, [["x" * 55] * 5]))

    narrow, wide = book.worksheets

    assert [page.print_title_rows for page in book.worksheets] == ["$1:$1", "$1:$1"]
    assert [page.page_setup.orientation for page in book.worksheets] == ["landscape", "landscape"]
    assert (narrow.sheet_properties.pageSetUpPr.fitToPage, narrow.page_setup.fitToHeight) == (True, 0)
    assert wide.sheet_properties.pageSetUpPr is None or not wide.sheet_properties.pageSetUpPr.fitToPage


def test_a_column_may_have_its_own_number_format():
    page = opened(Tab("Prices", ["Name", "Price"], [["a", Decimal("1.5")]], formats=[None, "0.00"])).active

    assert [page["B2"].value, page["B2"].number_format] == [1.5, "0.00"]


def test_titles_of_tabs_are_safe_and_differ():
    wished = "A/B:?*[x]" + "y" * 60

    names = opened(Tab(wished, [], []), Tab(wished, [], []), Tab("clients", [], []), Tab("Clients", [], [])).sheetnames

    assert names == ["A B x " + "y" * 25, "A B x " + "y" * 21 + " (2)", "clients", "Clients (2)"]


def test_a_tab_without_rows_is_still_a_sheet():
    page = opened(Tab("Clients", ["Name"], [])).active

    assert list(page.values) == [("Name",)]


def test_rows_that_do_not_fit_go_to_a_tab_of_their_own(monkeypatch):
    monkeypatch.setattr("desk.sheets.workbook.LAST_ROW", 4)

    book = opened(Tab("Clients", ["Number"], ([number] for number in range(7))))

    assert book.sheetnames == ["Clients", "Clients (2)", "Clients (3)"]
    assert [[row[0] for row in page.values] for page in book] == [
        ["Number", 0, 1, 2],
        ["Number", 3, 4, 5],
        ["Number", 6],
    ]


def test_a_second_tab_may_tell_what_happened_to_the_first():
    first = Tab("Clients", ["Notes"], [["x" * 40_000]])

    def tabs():
        yield first
        yield Tab("Remarks", ["Cut"], [[first.cut]])

    assert openpyxl.load_workbook(io.BytesIO(b"".join(sheets.xlsx(tabs()))))["Remarks"]["A2"].value == 1


def test_the_archive_is_whole():
    assert zipfile.ZipFile(io.BytesIO(written(Tab("Clients", ["Name"], [["a"]] * 1000)))).testzip() is None


def test_the_memory_of_a_sheet_does_not_grow_with_its_rows():
    def peak(count):
        tracemalloc.start()
        for _part in sheets.xlsx(
            [Tab("T", ["a"] * 5, ([number, "x", f"y{number % 9}", None, 1] for number in range(count)))]
        ):
            pass
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    assert peak(10_000) < 1.2 * peak(1_000)


def test_a_csv_file_keeps_values_as_they_are():
    rows = [["=1+1", 'say "a, b"', Decimal("1E+3"), dt.date(2024, 2, 29), None], ["two\nlines", " x ", 5, True, "я"]]

    text = b"".join(sheets.csv(["Name", "b", "c", "d", "e"], rows))

    assert text.decode("utf-8") == (
        '\ufeffName,b,c,d,e\r\n=1+1,"say ""a, b""",1000,2024-02-29,\r\n"two\nlines", x ,5,True,я\r\n'
    )


def test_a_csv_file_comes_in_parts():
    parts = list(sheets.csv(["Number"], ([number] for number in range(1_200))))

    assert [part.count(b"\r\n") for part in parts] == [501, 500, 200]
