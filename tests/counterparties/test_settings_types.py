"""The types in the settings: the tree, the form of a type, and what may be done in a row."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from characteristics.models import Characteristic
from counterparties.domain.inheritance import TypeTree
from counterparties.models import CounterpartyType, TypeCharacteristic
from rights.models import Grant
from tests.factories import make_characteristic, make_counterparty, make_type
from trail.models import Operation

LIST = "/settings/types/"
NEW = f"{LIST}new/"


@pytest.fixture
def desk(client, ivo):
    """Ivo at the settings."""
    client.force_login(ivo)
    return client


def read(desk, code):
    """What a browser would send of the form as it was just read."""
    form = desk.get(f"{LIST}{code}/edit/").context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items()}


def rows(desk, question=""):
    return {row.type.code: row for row in desk.get(f"{LIST}{question}").context["rows"]}


def own(code):
    ties = TypeCharacteristic.objects.filter(type__code=code).order_by("position")
    return [(each.characteristic.code, each.position) for each in ties.select_related("characteristic")]


# ---- the tree


def test_the_tree_stands_in_order_parents_first_and_indented(desk, client_type):
    wholesale = make_type("wholesale", client_type, position=20)
    make_type("retail", client_type, position=10)
    make_type("distributor", wholesale)

    shown = [(row.type.code, row.indent) for row in desk.get(LIST).context["rows"]]

    assert shown[:5] == [
        ("client", "d0"),
        ("retail", "d1"),
        ("wholesale", "d1"),
        ("distributor", "d2"),
        ("supplier", "d0"),
    ]


def test_a_row_tells_id_code_name_kind_order_and_characteristics(desk, client_type):
    retail = make_type("retail", client_type, name="Retail client", position=30)
    make_characteristic("motto", "text", client_type)
    make_characteristic("size", "number", client_type)
    make_characteristic("shelf", "text", retail)

    row = rows(desk)["retail"]

    assert (row.own, row.inherited) == (1, 2)
    page = desk.get(LIST).content.decode()
    html = re.search(r'<tr id="retail".*?</tr>', page, re.DOTALL).group()
    cells = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td.*?</td>", html, re.DOTALL)]
    assert cells[:7] == [str(retail.pk), "Retail client", "retail", "Client", "30", "1 + 2", "none"]


def test_what_an_ancestor_gives_too_is_counted_once(desk, client_type):
    retail = make_type("retail", client_type)
    make_characteristic("motto", "text", client_type, retail)

    assert (rows(desk)["retail"].own, rows(desk)["retail"].inherited) == (0, 1)


def test_counterparties_are_counted_with_those_of_subtypes_each_once(client, admin, client_type, supplier_type):
    client.force_login(admin)
    retail = make_type("retail", client_type)
    make_counterparty(types=[retail])
    make_counterparty(types=[retail, supplier_type])
    make_counterparty(types=[client_type])
    make_counterparty(types=[retail], archived_at=timezone.now())

    counts = {code: (row.count.current, row.count.archived) for code, row in rows(client).items()}

    assert (counts["client"], counts["retail"], counts["supplier"]) == ((3, 1), (2, 1), (1, 0))
    page = client.get(LIST).content.decode()
    assert 'href="/counterparties/?type=retail">2</a>' in page
    assert 'href="/counterparties/?type=retail&amp;archived=yes">+ 1 archived</a>' in page


def test_the_number_is_that_of_the_register_it_links_to(client, admin, client_type, supplier_type):
    client.force_login(admin)
    retail = make_type("retail", client_type)
    make_counterparty("Danube", types=[retail])
    make_counterparty("Maritsa", types=[retail, supplier_type])

    page = client.get("/counterparties/?type=client").content.decode()

    assert rows(client)["client"].count.current == 2
    assert page.count('<td class="name') == 2


def test_those_the_reader_may_not_view_are_told_as_others(client, anna, ivo, client_type, bank_type):
    anna.user_permissions.set(ivo.user_permissions.all())
    client.force_login(anna)
    make_counterparty(types=[client_type])
    make_counterparty(types=[bank_type])

    shown = rows(client)

    assert (shown["client"].count.current, shown["client"].count.others) == (1, 0)
    assert (shown["bank"].count.current, shown["bank"].count.others) == (0, 1)


def test_a_stopped_type_is_muted_and_gets_no_subtypes(desk, client_type):
    make_type("retail", client_type)
    desk.post(f"{LIST}retail/stop/")

    page = desk.get(LIST).content.decode()

    row = re.search(r'<tr id="retail" class=" stopped".*?</tr>', page, re.DOTALL).group()
    assert "/settings/types/retail/start/" in row
    assert "?parent=retail" not in row


def test_branches_fold_and_unfold_by_links(desk, client_type):
    retail = make_type("retail", client_type)
    make_type("kiosk", retail)

    whole = rows(desk)
    folded = rows(desk, "?folded=retail")

    assert whole["retail"].fold_url == "/settings/types/?folded=retail#retail"
    assert "kiosk" not in folded
    assert (folded["retail"].is_folded, folded["retail"].fold_url) == (True, "/settings/types/#retail")
    assert whole["kiosk"].fold_url == ""
    assert "retail" not in rows(desk, "?folded=client&folded=nowhere")


def test_the_search_finds_types_and_shows_what_they_stand_under(desk, client_type):
    retail = make_type("retail", client_type, name="Retail", name_bg="На дребно")
    make_type("kiosk", retail)
    make_type("wholesale", client_type)

    assert list(rows(desk, "?q=KIOSK")) == ["client", "retail", "kiosk"]
    assert list(rows(desk, "?q=дребно")) == ["client", "retail"]
    assert rows(desk, "?q=zzz") == {}
    assert "No type answers" in desk.get(f"{LIST}?q=zzz").content.decode()


def test_the_tree_costs_the_same_for_1_3_and_50_types(desk, client_type):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST)
        return len(asked)

    cost()
    costs = []
    for many in (1, 2, 47):
        for number in range(many):
            made = make_type(f"t{many}-{number}", client_type)
            make_characteristic(f"c{many}-{number}", "text", made)
            make_counterparty(types=[made])
        costs.append(cost())

    assert costs[0] == costs[1] == costs[2]
    assert costs[0] <= 16


# ---- adding


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


# ---- stop, start, delete


def test_a_stopped_type_keeps_its_counterparties_and_is_offered_to_no_new_one(client, admin, client_type):
    client.force_login(admin)
    retail = make_type("retail", client_type)
    danube = make_counterparty("Danube", [retail])

    client.post(f"{LIST}retail/stop/")

    assert danube.types == [retail]
    assert 'value="retail"' not in client.get("/counterparties/new/").content.decode()
    client.post(f"{LIST}retail/start/")
    assert 'value="retail"' in client.get("/counterparties/new/").content.decode()


def test_deleting_takes_ties_and_rights_with_it_in_one_operation(desk, client_type):
    make_characteristic("shelf", "text")
    desk.post(NEW, {"code": "retail", "name": "Retail", "parent": "client", "characteristics": ["shelf"]})
    made = CounterpartyType.objects.get(code="retail")

    asked = desk.get(f"{LIST}retail/delete/")
    assert "1 characteristic of its own is untied; the characteristic itself stays." in asked.content.decode()
    assert desk.post(f"{LIST}retail/delete/").status_code == 200
    answer = desk.post(f"{LIST}retail/delete/", {"confirmed": "1"})

    assert answer.status_code == 303
    assert not CounterpartyType.objects.filter(code="retail").exists()
    assert not Grant.objects.filter(type=made.pk).exists()
    gone = CounterpartyType.history.filter(id=made.pk).latest()
    assert gone.history_type == "-"
    grants = Grant.history.filter(type=made.pk, history_type="-")
    assert {each.operation_id for each in grants} == {gone.operation_id}
    assert Characteristic.objects.filter(code="shelf").exists()


@pytest.mark.parametrize("act", ["get", "post"])
def test_the_six_kinds_are_not_deleted(desk, act):
    answer = getattr(desk, act)(f"{LIST}holding/delete/", {"confirmed": "1"})

    assert "is one of the six kinds, which are part of the system." in answer.content.decode()
    assert CounterpartyType.objects.filter(code="holding").exists()


def test_a_type_in_use_is_not_deleted_and_all_its_users_are_told(desk, client_type):
    retail = make_type("retail", client_type)
    make_type("kiosk", retail)
    make_counterparty(types=[retail])
    make_counterparty(types=[retail], archived_at=timezone.now())

    answer = desk.post(f"{LIST}retail/delete/", {"confirmed": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 counterparties are of this type." in page
    assert 'href="/counterparties/?type=retail&amp;archived=all"' in page
    assert "1 subtype stands under it." in page
    assert 'action="/settings/types/retail/stop/"' in page


def test_a_type_of_earlier_combinations_is_stopped_not_deleted(desk, client_type):
    retail = make_type("retail", client_type)
    firm = make_counterparty(types=[retail])
    firm.type_set = make_counterparty(types=[client_type]).type_set
    firm.save()

    page = desk.post(f"{LIST}retail/delete/", {"confirmed": "1"}).content.decode()

    assert "Counterparties were of this type once; their history needs it." in page
    assert CounterpartyType.objects.filter(code="retail").exists()
    assert not rows(desk)["retail"].may_go


def test_the_row_offers_deleting_only_where_it_is_possible(desk, client_type):
    retail = make_type("retail", client_type)
    make_type("kiosk", retail)

    shown = rows(desk)

    assert (shown["client"].may_go, shown["retail"].may_go, shown["kiosk"].may_go) == (False, False, True)


def test_types_have_no_arrows(desk, client_type):
    make_type("retail", client_type)

    assert desk.post(f"{LIST}retail/up/").status_code == 404


# ---- history


def test_its_history_holds_its_characteristics(desk, client_type):
    make_type("retail", client_type)
    make_characteristic("shelf", "text", name="Shelf")
    desk.post(f"{LIST}retail/edit/", read(desk, "retail") | {"name": "Shops", "characteristics": ["shelf"]})

    entry = desk.get(f"{LIST}retail/history/").context["entries"][0]

    assert (entry.who, entry.operation.kind) == ("ivo", "settings")
    told = {story.title: [(line.label, line.old, line.new) for line in story.lines] for story in entry.stories}
    assert told == {"": [("Name", "Retail", "Shops")], "Characteristic tied: Shelf": []}


def test_the_history_of_a_counterparty_is_not_mixed_with_that_of_settings(client, admin, client_type):
    client.force_login(admin)
    danube = make_counterparty("Danube")
    CounterpartyType.objects.filter(pk=client_type.pk).update(version=1)
    client.post(f"{LIST}client/edit/", read(client, "client") | {"name": "Customer"})

    page = client.get(f"/counterparties/{danube.pk}/history/").content.decode()

    assert "Customer" not in page.split('class="line"')[-1].split("</ol>")[0]


def test_the_tree_stays_whole_after_a_move(desk, client_type):
    retail = make_type("retail", client_type)
    make_type("kiosk", client_type)

    desk.post(f"{LIST}kiosk/edit/", read(desk, "kiosk") | {"parent": "retail", "confirmed": "1"})

    tree = TypeTree()
    assert [each.code for each in tree.lineage(tree.by_code["kiosk"])] == ["client", "retail", "kiosk"]
    assert tree.by_code["kiosk"].parent_id == retail.pk
