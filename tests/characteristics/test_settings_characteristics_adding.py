"""A new characteristic: what it hangs on, what it chooses from, what is refused."""

import pytest
from django.utils import timezone

from characteristics.models import Characteristic, Nomenclature
from counterparties.models import TypeCharacteristic
from desk.templatetags.desk import in_tree
from tests.characteristics.filled import LIST, typed
from tests.factories import make_characteristic, make_nomenclature, make_type


def test_a_characteristic_is_added_last_with_its_types_in_one_operation(settings_of, ivo, client_type):
    make_characteristic("first", position=1)

    answer = settings_of.post(f"{LIST}new/", typed(definition="Said", types=["client"], in_list="on"))

    made = Characteristic.objects.get(code="motto")
    assert (answer.status_code, answer["Location"]) == (303, f"{LIST}#motto")
    assert (made.position, made.in_list, made.is_required, made.definition) == (2, True, False, "Said")
    assert [tie.type.code for tie in made.ties.select_related("type")] == ["client"]
    operation = made.history.get().operation
    assert (operation.kind, operation.user) == ("settings", ivo)
    assert TypeCharacteristic.history.get(characteristic=made).operation == operation


def test_a_new_characteristic_hangs_on_no_type_when_none_is_ticked(settings_of):
    settings_of.post(f"{LIST}new/", typed())

    assert not Characteristic.objects.get(code="motto").ties.exists()


def test_the_types_it_may_hang_on_stand_as_their_tree(settings_of, client_type):
    retail = make_type("retail", client_type, name="Retail", stopped_at=timezone.now())
    make_type("kiosks", retail, name="Kiosks")

    form = settings_of.get(f"{LIST}new/").context["form"]

    shown = [(before, word, depth) for _box, before, word, depth, _off in in_tree(form["types"])]
    assert shown[:2] == [("", "Client", 0), ("Client › Retail › ", "Kiosks", 1)]


def test_the_nomenclature_is_asked_for_at_once(settings_of):
    answer = settings_of.post(f"{LIST}new/", typed(type_code="nomenclature", definition="kept as typed"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a nomenclature, or make this a text characteristic." in page
    assert "kept as typed" in page
    assert not Characteristic.objects.exists()


def test_a_new_nomenclature_is_typed_in_the_same_form(settings_of, client_type):
    sent = typed(
        code="grade", type_code="nomenclature", name="Grade", elements="a;Alpha\nb;Beta\nГама\n", types=["client"]
    )

    answer = settings_of.post(f"{LIST}new/", sent)

    made = Characteristic.objects.get(code="grade")
    assert answer.status_code == 303
    assert made.nomenclature.code == "grade"
    elements = made.nomenclature.elements.values_list("code", "name", "position")
    assert list(elements) == [("a", "Alpha", 1), ("b", "Beta", 2), ("gama", "Гама", 3)]
    operations = {row.operation_id for model in (made, made.nomenclature) for row in model.history.all()}
    assert len(operations) == 1


def test_wrong_elements_save_neither_characteristic_nor_nomenclature(settings_of):
    sent = typed(code="grade", type_code="nomenclature", elements="a;Alpha\n\na;Again")

    answer = settings_of.post(f"{LIST}new/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Line 2 is empty." in page
    assert "Line 3: “a” stands in line 1 already." in page
    assert not Characteristic.objects.exists()
    assert not Nomenclature.objects.filter(code="grade").exists()


def test_typed_elements_under_a_taken_code_are_refused_with_the_way_out(settings_of):
    make_nomenclature("grade", "a")

    answer = settings_of.post(f"{LIST}new/", typed(code="grade", type_code="nomenclature", elements="b;Beta"))

    assert answer.status_code == 422
    assert "choose it here" in answer.content.decode()


def test_a_nomenclature_and_new_elements_at_once_are_refused(settings_of):
    make_nomenclature("grade", "a")

    answer = settings_of.post(f"{LIST}new/", typed(type_code="nomenclature", nomenclature="grade", elements="b;Beta"))

    assert answer.status_code == 422
    assert "not both" in answer.content.decode()
    assert not Characteristic.objects.exists()


def test_a_text_takes_neither_unit_nor_nomenclature(settings_of):
    make_nomenclature("grade", "a")

    settings_of.post(f"{LIST}new/", typed(unit="kg", nomenclature="grade", elements="x;Y"))

    made = Characteristic.objects.get(code="motto")
    assert (made.unit, made.nomenclature) == ("", None)


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("Мото", "“moto” would do."),
        ("my motto", "“my-motto” would do."),
        ("new", "“new” is the address of a page of its own."),
        ("size_min", "A code may not end in"),
        ("x" * 33, "at most 32"),
        ("", "required"),
    ],
)
def test_a_code_that_is_none_is_refused_with_what_would_do(settings_of, code, said):
    answer = settings_of.post(f"{LIST}new/", typed(code=code))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Characteristic.objects.exists()


def test_a_code_is_refused_that_a_stopped_one_has(settings_of):
    make_characteristic("motto")
    settings_of.post(f"{LIST}motto/stop/")

    answer = settings_of.post(f"{LIST}new/", typed(code="MOTTO"))

    assert answer.status_code == 422
    assert "which is stopped. Start it again" in answer.content.decode()


def test_an_unknown_type_and_an_unknown_carrier_are_refused(settings_of):
    answer = settings_of.post(f"{LIST}new/", typed(type_code="nonsense", types=["nobody"]))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no such type." in page
    assert "There is no type with the code “nobody”" in page
