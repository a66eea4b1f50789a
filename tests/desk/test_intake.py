"""Sheets coming in: every file is read as it is, or refused with a sentence that says why."""

import datetime as dt
import hashlib
import io
import json
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from desk import sheets
from desk.intake import BrokenCell, Limits, SheetError, open_sheet, reader
from desk.sheets import Tab

SENTENCE = "Дружеството е вписано в търговския регистър на град Пловдив"


def read(content: bytes, name="clients.csv", **options):
    """The header and the rows of a file, each row with its number."""
    with open_sheet(io.BytesIO(content), name, **options) as table:
        return table.header, [(row.number, row.cells) for row in table.rows]


def refusal(content: bytes, name="clients.xlsx", **options) -> str:
    with pytest.raises(SheetError) as error:
        read(content, name, **options)
    return str(error.value)


def book(*rows, titles=("Clients",)) -> bytes:
    made = openpyxl.Workbook()
    made.active.title = titles[0]
    for row in rows:
        made.active.append(row)
    for title in titles[1:]:
        made.create_sheet(title)
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


def with_part(content: bytes, name: str, part: bytes, mode: int = 0) -> bytes:
    packed = io.BytesIO(content)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        member = zipfile.ZipInfo(name)
        member.external_attr, member.compress_type = mode << 16, zipfile.ZIP_DEFLATED
        archive.writestr(member, part)
    return packed.getvalue()


def with_replaced(content: bytes, name: str, text: str, instead_of: str = "") -> bytes:
    """The same workbook with one part exchanged, or with one word of it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            part = old.read(member).decode()
            if member == name:
                part = part.replace(instead_of, text) if instead_of else text
            new.writestr(member, part)
    return packed.getvalue()


def test_what_we_write_we_read_back_equal():
    rows = [
        ["=1+1", " ends ", "two\nlines", "_x0041_", "00123", "a\r\nb"],
        ["@Health SA", "#N/A", "a&b<c>", "_x005F_x", "😀\t", "x" * 32_767],
        [7, -5, Decimal("0.1"), Decimal("123456789012.345"), 0, Decimal("1E-7")],
        [dt.date(2024, 2, 29), dt.datetime(2024, 5, 6, 7, 8, 9), None, True, False, "end"],
    ]

    header, found = read(b"".join(sheets.xlsx([Tab("T", list("abcdef"), rows)])), "t.xlsx")

    assert (header, found) == (list("abcdef"), list(enumerate(rows, 2)))


def test_what_we_write_as_csv_we_read_back_equal():
    rows = [["=1+1", 'a "b", c', "two\nlines"], ["+359", " ends ", "я"]]

    _header, found = read(b"".join(sheets.csv(list("abc"), rows)))

    assert [cells for _number, cells in found] == rows


def test_numbers_come_without_noise():
    _header, found = read(book(["n", "m", "o"], [5.0, 0.1, 1e20]), "n.xlsx")

    assert [(type(cell), cell) for cell in found[0][1]] == [
        (int, 5),
        (Decimal, Decimal("0.1")),
        (Decimal, Decimal("1E+20")),
    ]


def test_a_failed_formula_is_not_taken_for_an_empty_cell():
    made = openpyxl.load_workbook(io.BytesIO(book(["a", "b"], ["x", "#N/A"])))
    made.active["B2"].data_type = "e"
    saved = io.BytesIO()
    made.save(saved)

    _header, found = read(saved.getvalue(), "a.xlsx")

    assert found == [(2, ["x", BrokenCell("#N/A")])]


def test_blank_rows_are_passed_over_but_counted():
    assert read(b"\n,,\na,b\n\n1,2\n , \n3,4\n") == (["a", "b"], [(5, ["1", "2"]), (7, ["3", "4"])])


def test_rows_of_a_workbook_keep_their_numbers():
    made = openpyxl.Workbook()
    made.active["B3"], made.active["B6"] = "Name", "Anna"
    saved = io.BytesIO()
    made.save(saved)

    assert read(saved.getvalue(), "a.xlsx") == (["Column A", "Name"], [(6, [None, "Anna"])])


def test_unnamed_and_repeated_columns_can_be_told_apart():
    header, _rows = read(b",Name,name,,Name (2),\n1,2,3,4,5,6\n")

    assert header == ["Column A", "Name", "name (3)", "Column D", "Name (2)"]


def test_short_rows_are_filled_and_long_ones_keep_what_is_too_much():
    with open_sheet(io.BytesIO(b"a,b\n1\n1,2,3\n1,2,,\n"), "x.csv") as table:
        found = [(row.cells, row.extra) for row in table.rows]

    assert found == [(["1", None], ()), (["1", "2"], ("3",)), (["1", "2"], ())]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    text = f'Name{separator}Town{separator}Sum\n"Anna{separator} Ltd"{separator}Plovdiv{separator}1\n'

    with open_sheet(io.BytesIO(text.encode()), "x.csv") as table:
        assert (table.separator, len(table.header)) == (separator, 3)
        assert next(table.rows).cells[0] == f"Anna{separator} Ltd"


def test_a_decimal_comma_does_not_pass_for_a_separator():
    assert read(b"Name;Sum\nAnna;1,50\nBoris;2,75\n")[0] == ["Name", "Sum"]


def test_excels_own_line_about_the_separator_is_obeyed():
    assert read(b"sep=|\na|b\n1,5|2\n") == (["a", "b"], [(2, ["1,5", "2"])])


@pytest.mark.parametrize(
    ("encoding", "is_guessed"),
    [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1251", True), ("koi8-r", True), ("cp866", True)],
)
def test_cyrillic_is_read_in_the_encoding_it_was_written_in(encoding, is_guessed):
    content = f"Име;Описание\n1;{SENTENCE}\n".encode(encoding)

    with open_sheet(io.BytesIO(content), "x.csv") as table:
        assert (table.encoding, table.is_guessed) == (encoding, is_guessed)
        assert next(table.rows).cells == ["1", SENTENCE]


@pytest.mark.parametrize("text", ["Merci à toi", "Müller GmbH, Köln", "São José", "Åse Øst"])
def test_western_letters_are_read_as_western(text):
    with open_sheet(io.BytesIO(f'name\n"{text}"\n'.encode("cp1252")), "x.csv") as table:
        assert (table.encoding, table.is_guessed, next(table.rows).cells) == ("cp1252", True, [text])


def test_the_reader_may_overrule_the_guess():
    content = "name\nМосква\n".encode("koi8-r")

    assert read(content, encoding="koi8-r")[1] == [(2, ["Москва"])]
    assert "utf-8" in refusal(content, "x.csv", encoding="utf-8")
    assert "“klingon”" in refusal(content, "x.csv", encoding="klingon")


def test_a_quotation_mark_that_is_never_closed_is_told_by_its_row():
    assert refusal(b'a,b\n1,2\n3,"4\n5,6\n', "x.csv").startswith("Row 3 cannot be read")
    assert refusal(b'a,b\n1,"2\n' + b"3,4\n" * 50_000, "x.csv").startswith("Row 2 cannot be read")


def test_a_quotation_mark_inside_a_value_is_only_a_mark():
    assert read(b'a,b\npipe 5",x\n')[1] == [(2, ['pipe 5"', "x"])]


def test_one_sheet_of_several_is_chosen_by_name():
    content = b"".join(sheets.xlsx([Tab("First", ["a"], [[1]]), Tab("Второй", ["b"], [[2]])]))

    with open_sheet(io.BytesIO(content), "x.xlsx", sheet="Второй") as table:
        assert (table.sheet_names, table.sheet, table.header) == (["First", "Второй"], "Второй", ["b"])
    assert refusal(content, sheet="Third") == "The workbook has no sheet “Third”. Its sheets: First, Второй."


def test_without_a_name_the_first_sheet_that_holds_something_is_taken():
    made = openpyxl.Workbook()
    made.create_sheet("Data").append(["Name"])
    saved = io.BytesIO()
    made.save(saved)

    assert read(saved.getvalue(), "x.xlsx")[0] == ["Name"]


def test_the_fingerprint_is_of_the_whole_file():
    content = b"a\n1\n"

    with open_sheet(io.BytesIO(content), "x.csv") as table:
        assert table.digest == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n , \n", "sheet is empty"),
        (b"PK\x03\x04broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged, or older than Excel 97"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 9, "password"),
        (b"%PDF-1.7\n", "no sheet"),
        (b"<html><table></table></html>", "no sheet"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"a,b\n1,\x00\x01\n", "no text"),
    ],
)
def test_a_refusal_names_its_cause(content, words):
    assert words in refusal(content)


def test_an_empty_workbook_is_told_so():
    assert refusal(book()) == "The sheet is empty. Choose a sheet whose first row names its columns."


def test_an_archive_of_something_else_is_no_workbook():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("letter.txt", "hello")

    assert "no workbook is in it" in refusal(packed.getvalue())


def test_limits_are_named():
    limits = Limits(bytes=2**20, rows=2, columns=2)

    assert "larger than 1 MB" in refusal(b"a,b\n" * 2**19, "x.csv", limits=limits)
    assert "more than 2 rows" in refusal(b"a\n1\n2\n3\n", "x.csv", limits=limits)
    assert "more than 2 rows" in refusal(book(["a"], [1], [2], [3]), limits=limits)
    assert "3 columns; at most 2" in refusal(b"a,b,c\n", "x.csv", limits=limits)


def test_rows_within_the_limit_are_read():
    assert len(read(b"a\n1\n2\n", limits=Limits(rows=2))[1]) == 2


@pytest.mark.parametrize("name", ["../../evil", "/evil/../../x", "c:\\evil", "XL/workbook.xml"])
def test_parts_that_lead_outside_or_hide_another_are_refused(name):
    assert "forbidden names" in refusal(with_part(book(["a"]), name, b"x"))


def test_a_link_inside_a_workbook_is_refused():
    assert "forbidden names" in refusal(with_part(book(["a"]), "xl/link", b"/etc/passwd", mode=0o120777))


def test_what_unpacks_into_too_much_is_refused_before_it_is_unpacked():
    bomb = with_part(book(["a"]), "xl/media/x.xml", b"x" * 12 * 2**20)

    assert "suspiciously tight" in refusal(bomb)
    assert "unpacks to 12 MB" in refusal(bomb, limits=Limits(unpacked=10 * 2**20))


def test_a_workbook_of_thousands_of_parts_is_refused():
    packed = io.BytesIO(book(["a"]))
    with zipfile.ZipFile(packed, "a") as archive:
        for number in range(2_100):
            archive.writestr(f"xl/x{number}", b"")

    assert "more than 2000 parts" in refusal(packed.getvalue())


def test_one_value_in_the_farthest_corner_does_not_take_the_office_down():
    made = openpyxl.Workbook()
    made.active["A1"], made.active["XFD1048576"] = "a", 1
    saved = io.BytesIO()
    made.save(saved)

    assert "too much memory" in refusal(saved.getvalue())


def test_a_repeated_long_text_does_not_take_the_office_down():
    rows = '<row><c t="s"><v>0</v></c></row>' * 50_000
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    content = with_replaced(book(["a"]), "xl/worksheets/sheet1.xml", f'<sheetData xmlns="{main}">{rows}</sheetData>')
    texts = f'<Relationship Id="rId9" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    content = with_replaced(content, "xl/_rels/workbook.xml.rels", texts, instead_of="</Relationships>")
    content = with_part(
        content, "xl/sharedStrings.xml", f'<sst xmlns="{main}"><si><t>{"x" * 32_000}</t></si></sst>'.encode()
    )

    assert "too much memory" in refusal(content)


def test_millions_of_blank_lines_are_not_waited_for():
    assert "more than 200000 rows" in refusal(b"a\n" + b"\n" * 2_000_000, "x.csv")


def test_a_table_left_half_read_is_closed():
    content = b"".join(sheets.xlsx([Tab("T", ["a"], ([number] for number in range(5_000)))]))

    with open_sheet(io.BytesIO(content), "x.xlsx") as table:
        assert next(table.rows).cells == [0]

    assert list(table.rows) == []


def test_the_reader_writes_the_json_that_everybody_writes():
    cells = ['Стрела "№ 1"\n\t\\ \x01 \u2028 🙂', 1.5, 1e300, 0.1, 7, True, None, dt.date(2026, 11, 22)]
    infinite = [float("nan"), float("inf")]

    line = reader.written({"rows": [cells, infinite]})

    told = [*cells[:-1], ["day", "2026-11-22"]]
    assert line == json.dumps({"rows": [told, infinite]}, ensure_ascii=False, separators=(",", ":"))
