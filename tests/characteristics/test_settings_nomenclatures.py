"""The settings of nomenclatures: the list, adding one with its elements, deleting one with them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.models import Element, Nomenclature
from counterparties.models import Value
from tests.factories import make_characteristic, make_counterparty, make_nomenclature

LIST = "/settings/nomenclatures/"


@pytest.mark.parametrize(
    "page", ["", "new/", "grade/", "grade/edit/", "grade/paste/", "grade/import/", "grade/sheet.xlsx"]
)
def test_only_those_who_manage_the_settings_know_the_pages(client, anna, page):
    make_nomenclature("grade", "a")
    client.force_login(anna)

    assert client.get(LIST + page).status_code == 404


def test_the_list_says_how_many_elements_and_who_chooses_from_it(settings_of):
    grade = make_nomenclature("grade", "a", "b")
    make_characteristic("quality", "nomenclature", nomenclature=grade)

    page = settings_of.get(LIST).content.decode()

    assert f'<a class="go" href="{LIST}grade/">2</a>' in page
    assert '<a class="go" href="/settings/characteristics/quality/edit/">Quality</a>' in page


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_costs_the_same_for_one_and_for_many(settings_of, count):
    for number in range(count):
        made = make_nomenclature(f"n{number}", "a", "b")
        make_characteristic(f"c{number}", "nomenclature", nomenclature=made)

    settings_of.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        settings_of.get(LIST)

    assert len(asked) == 13


def test_a_nomenclature_is_added_with_its_elements_in_one_operation(settings_of, ivo):
    answer = settings_of.post(f"{LIST}new/", {"code": "grade", "name": "Grade", "elements": "a;Alpha\nb;Beta;a"})

    made = Nomenclature.objects.get(code="grade")
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}grade/")
    assert list(made.elements.values_list("code", "name", "parent__code")) == [("a", "Alpha", None), ("b", "Beta", "a")]
    operation = made.history.get().operation
    assert (operation.kind, operation.user) == ("settings", ivo)
    assert set(Element.history.filter(nomenclature=made).values_list("operation", flat=True)) == {operation.pk}


def test_its_name_is_changed_and_its_history_tells(settings_of):
    grade = make_nomenclature("grade", "a")

    answer = settings_of.post(f"{LIST}grade/edit/", {"name": "Class", "name_bg": "Клас", "version": grade.version})

    page = settings_of.get(f"{LIST}grade/history/").content.decode()
    assert answer.status_code == 303
    assert Nomenclature.objects.get(code="grade").name_bg == "Клас"
    assert "<del>Grade</del>" in page


def test_a_stale_form_saves_nothing(settings_of):
    grade = make_nomenclature("grade")
    settings_of.post(f"{LIST}grade/edit/", {"name": "Theirs", "version": grade.version})

    answer = settings_of.post(f"{LIST}grade/edit/", {"name": "Mine", "version": grade.version})

    assert answer.status_code == 409
    assert Nomenclature.objects.get(code="grade").name == "Theirs"


def test_one_that_a_stopped_characteristic_uses_is_not_deleted(settings_of):
    grade = make_nomenclature("grade", "a")
    make_characteristic("quality", "nomenclature", nomenclature=grade)
    settings_of.post("/settings/characteristics/quality/stop/")

    answer = settings_of.post(f"{LIST}grade/delete/", {"confirmed": "1"})

    assert answer.status_code == 422
    assert "1 characteristic is chosen from it." in answer.content.decode()
    assert Nomenclature.objects.filter(code="grade").exists()


def test_one_whose_elements_are_still_said_is_not_deleted(settings_of):
    grade = make_nomenclature("grade", "a")
    told = make_characteristic("told", "text")
    Value.objects.create(counterparty=make_counterparty(), characteristic=told, element=grade.elements.get())

    answer = settings_of.post(f"{LIST}grade/delete/", {"confirmed": "1"})

    assert answer.status_code == 422
    assert Element.objects.filter(nomenclature=grade).exists()


def test_the_system_keeps_its_own_nomenclatures(settings_of):
    answer = settings_of.post(f"{LIST}client-category/delete/", {"confirmed": "1"})

    assert answer.status_code == 422
    assert Nomenclature.objects.filter(code="client-category").exists()


def test_one_nobody_uses_goes_with_its_elements_and_leaves_its_history(settings_of):
    settings_of.post(f"{LIST}new/", {"code": "grade", "name": "Grade", "elements": "a;Alpha\nb;Beta;a"})

    asked = settings_of.post(f"{LIST}grade/delete/")
    done = settings_of.post(f"{LIST}grade/delete/", {"confirmed": "1"})

    assert "2 elements go with it." in asked.content.decode()
    assert (asked.status_code, done.status_code) == (200, 303)
    assert not Nomenclature.objects.filter(code="grade").exists()
    gone = Element.history.filter(history_type="-").values_list("code", "operation__kind")
    assert sorted(gone) == [("a", "settings"), ("b", "settings")]
