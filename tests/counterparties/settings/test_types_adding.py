"""A new type: its form, what it gets from its parent, what is refused."""

import re

import pytest
from django.utils import timezone

from characteristics.models import Characteristic
from counterparties.models import CounterpartyType
from rights.models import Grant
from tests.counterparties.settings.types import NEW, own
from tests.factories import make_characteristic, make_type
from trail.models import Operation


def test_the_form_is_filled_with_the_parent_it_was_opened_from(desk, client_type):
    make_characteristic("motto", "text", client_type, name="Motto")

    form = desk.get(f"{NEW}?parent=client").context["form"]

    assert form["parent"].value() == "client"
    assert [(each.characteristic.code, each.type.code) for each in form.given] == [("motto", "client")]
    assert "motto" not in [code for code, _label in form.fields["characteristics"].options]


@pytest.mark.parametrize("code", ["nowhere", "closed"])
def test_a_parent_that_cannot_have_subtypes_is_told(desk, client_type, code):
    make_type("closed", client_type, stopped_at=timezone.now())

    answer = desk.get(NEW, {"parent": code})

    assert f"There is no type “{code}” that a subtype can be added to." in answer.content.decode()
    assert answer.context["form"]["parent"].value() == ""


def test_without_a_script_a_button_shows_what_the_chosen_parent_gives(desk, client_type):
    make_characteristic("motto", "text", client_type, name="Motto")

    answer = desk.post(NEW, {"parent": "client", "name": "Retail", "show_fields": "1"})

    form = answer.context["form"]
    assert answer.status_code == 200
    assert [each.characteristic.code for each in form.given] == ["motto"]
    assert form["name"].value() == "Retail"
    assert "This field is required" not in answer.content.decode()
    assert not CounterpartyType.objects.filter(name="Retail").exists()


def test_a_subtype_gets_kind_characteristics_and_a_copy_of_the_rights_in_one_operation(desk, ivo, client_type):
    make_characteristic("shelf", "text")
    make_characteristic("size", "number")

    answer = desk.post(
        NEW,
        {
            "code": "Retail",
            "name": "Retail client",
            "name_bg": "Клиент на дребно",
            "parent": "client",
            "position": "",
            "characteristics": ["size", "shelf"],
        },
    )

    made = CounterpartyType.objects.get(code="retail")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/settings/types/#retail")
    assert (made.parent, made.kind_code, made.position, made.name_bg) == (client_type, "client", 0, "Клиент на дребно")
    assert {code for code, _place in own("retail")} == {"shelf", "size"}
    assert [place for _code, place in own("retail")] == [1, 2]
    of = {type_: set(Grant.objects.filter(type=type_).values_list("role", "right")) for type_ in (client_type, made)}
    assert of[made] == of[client_type] != set()
    operations = {made.history.get().operation_id}
    operations |= {each.history.get().operation_id for each in made.ties.all()}
    operations |= {each.history.get().operation_id for each in made.grants.all()}
    (only,) = operations
    assert (Operation.objects.get(pk=only).kind, Operation.objects.get(pk=only).user) == ("settings", ivo)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"code": ""}, "code", "This field is required."),
        ({"code": "Дребно"}, "code", "“drebno” would do"),
        ({"code": "re tail"}, "code", "“re-tail” would do"),
        ({"code": "new"}, "code", "is the address of a page of its own"),
        ({"code": "client"}, "code", "is the code of Client already"),
        ({"code": "closed"}, "code", "is the code of Closed, which is stopped"),
        ({"name": ""}, "name", "This field is required."),
        ({"name_ru": "я" * 201}, "name_ru", "at most 200 characters"),
        ({"position": "-1"}, "position", "greater than or equal to 0"),
        ({"position": "2147483648"}, "position", "less than or equal to"),
        ({"position": "first"}, "position", "Enter a whole number."),
        ({"parent": ""}, "parent", "This field is required."),
        ({"parent": "nowhere"}, "parent", "There is no type with this code."),
        ({"parent": "closed"}, "parent", "Closed is stopped."),
        ({"characteristics": ["nothing"]}, "characteristics", "There is no characteristic with the code “nothing”"),
        ({"characteristics": ["old"]}, "characteristics", "There is no characteristic with the code “old”"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_is_saved(desk, client_type, typed, field, sentence):
    make_type("closed", client_type, stopped_at=timezone.now())
    make_characteristic("old", "text", stopped_at=timezone.now())
    before = CounterpartyType.objects.count()

    answer = desk.post(NEW, {"code": "retail", "name": "Retail", "parent": "client"} | typed)

    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    assert form[field].value() == typed[field]
    assert CounterpartyType.objects.count() == before


def test_what_an_ancestor_gives_is_not_tied_a_second_time(desk, client_type):
    make_characteristic("motto", "text", client_type)

    answer = desk.post(NEW, {"code": "retail", "name": "Retail", "parent": "client", "characteristics": ["motto"]})

    assert answer.status_code == 303
    assert own("retail") == []


def test_a_retail_client_shows_inherited_fields_on_its_card(client, admin, client_type):
    client.force_login(admin)
    make_characteristic("motto", "text", client_type, name="Motto")
    make_characteristic("shelf", "text", name="Shelf")
    client.post(NEW, {"code": "retail", "name": "Retail client", "parent": "client", "characteristics": ["shelf"]})

    card = client.get("/counterparties/new/?type=retail").content.decode()

    assert 'name="c-motto"' in card
    assert 'name="c-shelf"' in card


def test_over_two_hundred_characteristics_are_typed_as_codes(desk, client_type):
    Characteristic.objects.bulk_create(
        Characteristic(code=f"c{number}", name=f"C {number}", type_code="text", position=number)
        for number in range(201)
    )

    page = desk.get(f"{NEW}?parent=client").content.decode()
    answer = desk.post(NEW, {"code": "retail", "name": "Retail", "parent": "client", "characteristics": "c7, C9"})

    assert re.search(r'<input[^>]*list="list-characteristics"[^>]*name="characteristics"', page)
    assert answer.status_code == 303
    assert own("retail") == [("c7", 1), ("c9", 2)]


def test_over_two_hundred_types_the_parent_is_typed_as_a_code(desk, client_type):
    for number in range(201):
        make_type(f"t{number}", client_type)

    page = desk.get(f"{NEW}?parent=t7").content.decode()
    answer = desk.post(NEW, {"code": "retail", "name": "Retail", "parent": "T9"})

    assert re.search(r'<input[^>]*list="list-parent"[^>]*name="parent"[^>]* value="t7"', page)
    assert answer.status_code == 303
    assert CounterpartyType.objects.get(code="retail").parent.code == "t9"
