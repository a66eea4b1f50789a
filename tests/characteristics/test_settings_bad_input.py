"""What no page of ours sends, sent all the same: never a failure, nothing half saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from characteristics.models import Characteristic, Element, Nomenclature
from tests.factories import make_characteristic, make_nomenclature
from trail.models import Operation

SETTINGS = "/settings"
FORMS = (
    f"{SETTINGS}/characteristics/new/",
    f"{SETTINGS}/characteristics/motto/edit/",
    f"{SETTINGS}/characteristics/motto/move/",
    f"{SETTINGS}/nomenclatures/new/",
    f"{SETTINGS}/nomenclatures/grade/edit/",
    f"{SETTINGS}/nomenclatures/grade/paste/",
    f"{SETTINGS}/nomenclatures/grade/import/",
    f"{SETTINGS}/nomenclatures/grade/elements/new/",
    f"{SETTINGS}/nomenclatures/grade/elements/a/edit/",
    f"{SETTINGS}/nomenclatures/grade/elements/a/move/",
)
FIELDS = (
    *("code", "type_code", "name", "name_bg", "definition", "nomenclature", "unit", "target_type", "parent", "before"),
    *("elements", "types", "types_shown", "version", "opened", "is_required", "is_multiple", "file", "confirmed"),
)
DAMAGED = {
    "NUL": "a\x00b",
    "control characters": "\x01\x1b\x7f",
    "right to left": "\u202eabc",
    "very long": "x" * 10_000,
    "beyond the plane": "😀𝄞",
    "a huge number": "1" + "0" * 30,
    "a negative number": "-1",
    "markup": "<script>alert(1)</script>{{7*7}}",
    "wildcards": "%_\\'\";--",
    "empty": "",
}


@pytest.fixture
def shaped(office):
    make_nomenclature("grade", "a", "b")
    make_characteristic("motto", "text", position=1)


@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("address", FORMS)
def test_damaged_answers_break_no_form(settings_of, shaped, address, damage):
    before = Operation.objects.count()

    answer = settings_of.post(address, dict.fromkeys(FIELDS, DAMAGED[damage]))

    assert answer.status_code in (200, 303, 404, 409, 422)
    assert "<script>alert(1)" not in answer.content.decode()
    if answer.status_code != 303:
        assert Operation.objects.count() == before


@pytest.mark.parametrize("address", [form for form in FORMS if form.endswith("edit/")])
def test_without_its_version_a_form_is_asked_to_be_opened_again(settings_of, shaped, address):
    answer = settings_of.post(address, {"name": "Other", "type_code": "text"})

    assert answer.status_code == 422
    assert "Open the page again" in answer.content.decode()
    names = [model.objects.filter(name="Other").exists() for model in (Characteristic, Nomenclature, Element)]
    assert names == [False] * 3


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"%PDF-1.7", b"PK\x03\x04broken", b"code\x00name"])
def test_a_file_that_is_no_sheet_is_refused_with_a_sentence(settings_of, shaped, content):
    file = SimpleUploadedFile("elements.xlsx", content)

    answer = settings_of.post(f"{SETTINGS}/nomenclatures/grade/import/", {"file": file})

    assert answer.status_code == 422
    assert Element.objects.filter(nomenclature__code="grade").count() == 2


@pytest.mark.parametrize("name", ["q", "page", "parent", "before"])
@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_questions_break_no_page(settings_of, shaped, name, damage):
    pages = (
        f"{SETTINGS}/characteristics/",
        f"{SETTINGS}/characteristics/motto/history/",
        f"{SETTINGS}/nomenclatures/",
        f"{SETTINGS}/nomenclatures/grade/",
        f"{SETTINGS}/nomenclatures/grade/elements/new/",
        f"{SETTINGS}/nomenclatures/grade/elements/a/history/",
    )

    answers = [settings_of.get(page, {name: DAMAGED[damage]}).status_code for page in pages]

    assert answers == [200] * len(pages)
