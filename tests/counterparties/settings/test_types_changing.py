"""A type is changed, and what is asked before."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.models import CounterpartyType
from tests.counterparties.settings.types import LIST, own, read
from tests.factories import make_characteristic, make_counterparty, make_type

# ---- changing


def test_a_type_is_renamed_and_its_code_stays(desk, ivo, client_type):
    make_type("retail", client_type)

    answer = desk.post(
        f"{LIST}retail/edit/", read(desk, "retail") | {"name": "Shops", "code": "shops", "position": "5"}
    )

    kept = CounterpartyType.objects.get(code="retail")
    assert answer.status_code == 303
    assert (kept.name, kept.position, kept.version) == ("Shops", 5, 2)
    assert kept.history.latest().operation.user == ivo


def test_a_root_type_is_renamed_and_stays_on_top(desk, client_type):
    sent = read(desk, "client")
    assert "parent" not in sent

    answer = desk.post(f"{LIST}client/edit/", sent | {"name": "Customer", "parent": "supplier"})

    client_type.refresh_from_db()
    assert answer.status_code == 303
    assert (client_type.name, client_type.parent) == ("Customer", None)


def test_characteristics_are_added_after_those_that_hang_already(desk, client_type):
    make_characteristic("zebra", "text", client_type)
    make_characteristic("apple", "text")

    desk.post(f"{LIST}client/edit/", read(desk, "client") | {"characteristics": ["apple", "zebra"]})

    assert own("client") == [("zebra", 1), ("apple", 2)]


def test_a_stopped_characteristic_that_hangs_already_stays(desk, client_type):
    make_characteristic("old", "text", client_type, stopped_at=timezone.now())

    answer = desk.post(f"{LIST}client/edit/", read(desk, "client") | {"name": "Customer"})

    assert answer.status_code == 303
    assert own("client") == [("old", 1)]


@pytest.mark.parametrize(
    ("under", "sentence"),
    [
        ("retail", "Retail cannot become a successor of itself."),
        ("kiosk", "Retail cannot become a successor of itself."),
        ("supplier", "Retail can only move within its kind; Supplier is of another one."),
    ],
)
def test_a_type_moves_only_where_it_may(desk, client_type, under, sentence):
    make_type("kiosk", make_type("retail", client_type))

    answer = desk.post(f"{LIST}retail/edit/", read(desk, "retail") | {"parent": under, "confirmed": "1"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["parent"] == [sentence]
    assert CounterpartyType.objects.get(code="retail").parent == client_type


def test_the_list_of_parents_offers_neither_itself_nor_its_descendants_nor_other_kinds(desk, client_type):
    make_type("kiosk", make_type("retail", client_type))
    make_type("wholesale", client_type)

    form = desk.get(f"{LIST}retail/edit/").context["form"]

    assert [code for code, _path in form.fields["parent"].choices] == ["client", "wholesale"]


def test_the_second_of_two_savers_sees_both_versions(desk, admin, client_type):
    make_characteristic("motto", "text", client_type, name="Motto")
    make_characteristic("size", "text", name="Size")
    other = Client()
    other.force_login(admin)
    mine, theirs = read(desk, "client"), read(other, "client")
    other.post(f"{LIST}client/edit/", theirs | {"name": "Customer", "characteristics": ["motto", "size"]})

    answer = desk.post(f"{LIST}client/edit/", mine | {"position": "7"})

    told = {row["label"]: (row["was"], row["theirs"], row["mine"], row["is_clash"]) for row in answer.context["rows"]}
    assert answer.status_code == 409
    assert told == {
        "Order": ("10", "10", "7", False),
        "Name": ("Client", "Customer", "Client", False),
        "Characteristics of its own": ("Motto", "Motto, Size", "Motto", False),
    }
    assert CounterpartyType.objects.get(code="client").position == 10


# ---- asked first


def test_taking_a_characteristic_off_is_asked_with_the_numbers(desk, client_type, supplier_type):
    motto = make_characteristic("motto", "text", client_type, name="Motto")
    make_characteristic("size", "text", client_type, supplier_type, name="Size")
    danube = make_counterparty("Danube", [client_type])
    make_counterparty("Maritsa", [client_type, supplier_type])
    make_counterparty("Gone", [client_type], archived_at=timezone.now())
    danube.values.create(characteristic=motto, text="Onward")
    sent = read(desk, "client") | {"characteristics": []}

    asked = desk.post(f"{LIST}client/edit/", sent)

    foreseen = asked.context["foreseen"]
    assert asked.status_code == 200
    assert [(each.characteristic.code, each.counterparties, each.filled) for each in foreseen.hidden] == [
        ("motto", 3, 1),
        ("size", 2, 0),  # the supplier among them is still asked for it
    ]
    assert foreseen.touched == 3
    assert {code for code, _place in own("client")} == {"motto", "size"}

    again = dict(asked.context["sent"]) | {"confirmed": "1"}
    assert desk.post(f"{LIST}client/edit/", again).status_code == 303
    assert own("client") == []
    assert danube.values.get().text == "Onward"


def test_moving_a_type_is_asked_with_what_appears_and_becomes_required(desk, client_type):
    retail, kiosk = make_type("retail", client_type), make_type("kiosk", client_type)
    make_characteristic("motto", "text", retail, name="Motto", is_required=True)
    make_characteristic("own", "text", kiosk)
    make_counterparty("Danube", [kiosk])

    asked = desk.post(f"{LIST}kiosk/edit/", read(desk, "kiosk") | {"parent": "retail"})

    foreseen = asked.context["foreseen"]
    assert asked.status_code == 200
    assert foreseen.hidden == []
    assert [(each.characteristic.code, each.counterparties) for each in foreseen.appearing] == [("motto", 1)]
    assert [each.characteristic.code for each in foreseen.required] == ["motto"]
    assert "“Kiosk” becomes a successor of Client › Retail." in asked.content.decode()

    desk.post(f"{LIST}kiosk/edit/", dict(asked.context["sent"]) | {"confirmed": "1"})
    assert CounterpartyType.objects.get(code="kiosk").parent == retail
    assert own("kiosk") == [("own", 1)]


def test_fields_are_told_though_nobody_has_them_yet(desk, client_type):
    make_characteristic("motto", "text", make_type("retail", client_type))

    asked = desk.post(f"{LIST}retail/edit/", read(desk, "retail") | {"characteristics": []})

    hidden = [(each.characteristic.code, each.counterparties, each.filled) for each in asked.context["foreseen"].hidden]
    assert hidden == [("motto", 0, 0)]
    assert "No counterparty is touched by it." in asked.content.decode()


def test_a_confirmation_that_comes_too_late_is_a_conflict(desk, client_type):
    make_characteristic("motto", "text", client_type)
    asked = desk.post(f"{LIST}client/edit/", read(desk, "client") | {"characteristics": []})
    desk.post(f"{LIST}client/edit/", read(desk, "client") | {"name": "Customer"})

    answer = desk.post(f"{LIST}client/edit/", dict(asked.context["sent"]) | {"confirmed": "1"})

    assert answer.status_code == 409
    assert own("client") == [("motto", 1)]


def test_the_question_costs_the_same_for_few_and_for_many(desk, client_type):
    codes = [f"c{number}" for number in range(12)]
    tied = [make_characteristic(code, "text", client_type) for code in codes]

    def cost():
        sent = read(desk, "client") | {"characteristics": []}
        with CaptureQueriesContext(connection) as asked:
            desk.post(f"{LIST}client/edit/", sent)
        return len(asked)

    make_counterparty().values.create(characteristic=tied[0], text="x")
    few = cost()
    for number in range(20):
        firm = make_counterparty(types=[make_type(f"t{number}", client_type)])
        for each in tied:
            firm.values.create(characteristic=each, text="x")

    assert cost() == few
