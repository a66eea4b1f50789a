"""Many elements at once: pasted, and by a sheet."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from characteristics.domain import pasting
from characteristics.models import Element, Nomenclature
from tests.characteristics.grades import HOME, listed, under
from trail.models import Operation

# ---- many at once


def test_ten_thousand_pasted_lines_are_one_operation(settings_of, ivo, grade):
    lines = "\r\n".join(f"n{number};Name {number}" for number in range(10_000))

    answer = settings_of.post(f"{HOME}paste/", {"elements": lines + "\r\n"})

    assert answer.status_code == 303
    assert grade.elements.count() == 10_004
    last = grade.elements.get(code="n9999")
    assert (last.name, last.position) == ("Name 9999", 10_004)
    operations = set(Element.history.filter(code__startswith="n").values_list("operation__user", "operation"))
    assert [user for user, _operation in operations] == [ivo.pk]
    page = settings_of.get(f"{HOME}history/").content.decode()
    assert "and 9990 more" in page


def test_each_wrong_line_is_told_and_nothing_is_half_saved(settings_of, grade):
    lines = ["ok;Fine", "", "a;Again", "ok;Twice", "Код;Име", "x;", ";y", "z;Under;nobody", "p;P;q", "q;Q;p", "new;N"]

    answer = settings_of.post(f"{HOME}paste/", {"elements": "\n".join(lines)})

    page = answer.content.decode()
    assert answer.status_code == 422
    for said in (
        "Line 2 is empty.",
        "Line 3: “a” is there already: A.",
        "Line 4: “ok” stands in line 1 already.",
        "Line 5: a code is short and Latin, so “код” is none; “kod” would do.",
        "Line 6 has no name. Write: code;name",
        "Line 7: no code can be made from “y”. Write: code;name",
        "Line 8: there is no element “nobody” to stand under.",
        "Line 9: an element cannot stand under itself.",
        "Line 10: an element cannot stand under itself.",
        "Line 11: “new” is the address of a page of its own.",
    ):
        assert said in page
    assert "ok;Fine" in page
    assert listed(grade) == ["a", "b", "c", "d"]


def test_a_pasted_code_of_a_stopped_element_is_told_as_such(settings_of, grade):
    settings_of.post(f"{HOME}elements/a/stop/")

    page = settings_of.post(f"{HOME}paste/", {"elements": "a;Again"}).content.decode()

    assert "Line 1: “a” is there already: A, which is stopped." in page


def test_pasted_lines_may_stand_under_each_other_in_any_order(settings_of, grade):
    settings_of.post(f"{HOME}paste/", {"elements": "z1;Z one;z\nz;Zed\na1;A one;a"})

    parents = dict(grade.elements.filter(code__in=["z", "z1", "a1"]).values_list("code", "parent__code"))
    assert parents == {"z": None, "z1": "z", "a1": "a"}


def test_nothing_pasted_is_refused(settings_of, grade):
    assert settings_of.post(f"{HOME}paste/", {"elements": " \n "}).status_code == 422


def test_a_deep_chain_of_lines_is_understood(grade):
    lines = pasting.read("\n".join(f"n{number};N;n{number - 1}" for number in range(1, 5_000)) + "\nn0;First", grade)

    assert len(pasting.levels(lines)) == 5_000


# ---- sheets


def sent_csv(text):
    return SimpleUploadedFile("grade.csv", text.encode(), content_type="text/csv")


def test_the_sheet_holds_the_whole_tree(settings_of, grade):
    under(grade.elements.get(code="b"), "b1")

    content = b"".join(settings_of.get(f"{HOME}sheet.xlsx").streaming_content)

    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    assert rows[0] == ("code", "name", "name_en", "name_bg", "name_ru", "parent", "stopped")
    assert [(row[0], row[5]) for row in rows[1:]] == [("a", None), ("b", None), ("b1", "b"), ("c", None), ("d", None)]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_sheet_taken_along_and_back_changes_nothing(settings_of, grade, ending):
    under(grade.elements.get(code="b"), "b1")
    content = b"".join(settings_of.get(f"{HOME}sheet.{ending}").streaming_content)
    before = Operation.objects.count()

    answer = settings_of.post(f"{HOME}import/", {"file": SimpleUploadedFile(f"grade.{ending}", content)}, follow=True)

    assert "Added: 0, changed: 0, the same as before: 5." in answer.content.decode()
    assert Operation.objects.count() == before


def test_a_sheet_adds_new_codes_and_changes_known_ones(settings_of, ivo, grade):
    sheet = sent_csv("code,name,name_bg,parent\na,Alpha,Алфа,\ne,Epsilon,,a\nc,C,,e\n")

    answer = settings_of.post(f"{HOME}import/", {"file": sheet})

    assert answer.status_code == 303
    assert list(grade.elements.order_by("position").values_list("code", "name", "name_bg", "parent__code")) == [
        ("a", "Alpha", "Алфа", None),
        ("b", "B", "", None),
        ("c", "C", "", "e"),
        ("d", "D", "", None),
        ("e", "Epsilon", "", "a"),
    ]
    assert Element.history.filter(code="a").first().operation.user == ivo
    assert len({row.operation_id for row in Element.history.filter(operation__kind="settings")}) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\nAlpha\n", "The sheet has no column “code”."),
        ("code,name\nx,X\nx,Y\n", "Line 3: “x” stands in line 2 already."),
        ("code,name\nКод,Име\n", "“kod” would do."),
        ("code,name,parent\na,A,b\nb,B,a\n", "an element cannot stand under itself."),
        ("code,name,parent\nx,X,nobody\n", "there is no element “nobody” to stand under."),
        ("", "empty"),
    ],
)
def test_a_wrong_sheet_is_told_row_by_row_and_nothing_is_half_saved(settings_of, grade, text, said):
    answer = settings_of.post(f"{HOME}import/", {"file": sent_csv(text)})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert list(grade.elements.values_list("parent", flat=True)) == [None] * 4
    assert Nomenclature.objects.get(code="grade").elements.count() == 4
