"""Changing many counterparties at once, as the pages do it."""

import re
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.domain import nomenclatures, values
from characteristics.models import Characteristic
from characteristics.registry import types
from counterparties.domain import keeping
from counterparties.models import Counterparty, CounterpartyType, Status, Value
from desk.templatetags.desk import branches, in_tree
from rights.models import Grant
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from trail.models import Operation

BULK = "/counterparties/bulk/"


@pytest.fixture
def desk(client, anna):
    """Anna: everything on clients, suppliers to look at."""
    client.force_login(anna)
    return client


@pytest.fixture
def on_hold(office):
    return Status.objects.get(code="on-hold")


def rows(*those):
    """The address of a bulk edit of these rows."""
    return f"{BULK}?{urlencode([('row', getattr(each, 'pk', each)) for each in those])}"


def type_codes():
    """Every type of characteristic there is; tests elsewhere may add their own."""
    return {code for code, _label in types.choices()} - {"rating"}


def preview(desk, address, **sent):
    """What the first sending is answered, and the form to confirm with."""
    answer = desk.post(address, sent)
    assert answer.status_code == 200, answer.content.decode()
    page = answer.content.decode()
    form = page[page.index('id="ask"') :]
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    again = {}
    for name, value in fields:
        again.setdefault(name, []).append(value)
    assert again["confirmed"] == ["1"]
    return words(form), again


def words(page):
    """A page as somebody reads it."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("</form>")[0]).split())


def confirm(desk, address, **sent):
    """Both sendings; gives what is said at the end."""
    _told, again = preview(desk, address, **sent)
    answer = desk.post(address, again)
    assert answer.status_code == 303, answer.content.decode()
    return said_at(desk, answer)


def said_at(desk, answer):
    page = desk.get(answer["Location"], follow=True)
    return " ".join(str(each) for each in page.context["messages"])


def test_ticked_rows_are_told_and_then_changed_in_one_operation(desk, anna, on_hold, client_type):
    size = make_characteristic("size", "number", client_type)
    danube, balkan, other = (make_counterparty(name) for name in ("Danube", "Balkan", "Other"))
    values.save(balkan, {size: Decimal(7)})
    sent = {"change": ["status", "c-size"], "status": "on-hold", "c-size": "12.5", "reason": "They asked"}
    before = Operation.objects.count()

    told, again = preview(desk, rows(danube, balkan), **sent)
    assert "2 counterparties will be changed." in told
    assert "The status becomes “On hold”." in told
    assert "“Size” becomes: 12.5." in told
    assert not Counterparty.objects.filter(status=on_hold).exists()
    assert Operation.objects.count() == before
    said = said_at(desk, desk.post(rows(danube, balkan), again))

    assert said == "2 changed."
    assert set(Counterparty.objects.filter(status=on_hold)) == {danube, balkan}
    assert [each.number for each in Value.objects.order_by("counterparty")] == [Decimal("12.5")] * 2
    act = Operation.objects.latest("pk")
    assert (act.kind, act.user, act.reason, Operation.objects.count()) == ("bulk", anna, "They asked", before + 1)
    for each in (danube, balkan):
        latest = each.history.first()
        assert (latest.operation, latest.status, latest.history_user) == (act, on_hold, anna)
        assert Counterparty.objects.get(pk=each.pk).version == each.version + 1
        assert Value.history.filter(counterparty=each).first().operation == act
    assert Counterparty.objects.get(pk=other.pk).version == other.version


def test_an_empty_box_wipes_nothing_without_its_tick(desk, client_type):
    motto = make_characteristic("motto", "text", client_type)
    must = make_characteristic("must", "text", client_type, is_required=True)
    danube = make_counterparty("Danube")
    values.save(danube, {motto: "Fresh", must: "Yes"})
    active = danube.status

    nothing = desk.post(rows(danube), {"status": "", "c-motto": "", "c-must": "", "types_add": ""})
    unticked = desk.post(rows(danube), {"change": "status", "status": "on-hold", "c-motto": "Stale"})
    required = desk.post(rows(danube), {"change": "c-must", "c-must": ""})
    strange = desk.post(rows(danube), {"change": "name", "name": "Other"})

    answers = (nothing, unticked, required, strange)
    assert [each.status_code for each in answers] == [422] * 4
    assert "Tick what is to be changed." in nothing.content.decode()
    assert "Tick this to change it, or leave it empty." in unticked.content.decode()
    assert "cannot be emptied" in required.content.decode()
    kept = Counterparty.objects.get()
    assert (kept.status, kept.version, Value.objects.count()) == (active, danube.version, 2)

    told, _again = preview(desk, rows(danube), change="c-motto", **{"c-motto": ""})
    assert "“Motto” is emptied" in told
    assert confirm(desk, rows(danube), change=["c-motto", "status"], **{"c-motto": "", "status": ""}) == "1 changed."
    assert Counterparty.objects.get().status is None
    assert [each.characteristic for each in Value.objects.all()] == [must]
    assert Value.history.filter(characteristic=motto).first().history_type == "-"


def test_mixed_rows_are_changed_by_the_rights_of_the_person_and_hidden_ones_are_like_nonsense(
    desk, on_hold, supplier_type, bank_type
):
    mine = [make_counterparty() for _each in range(5)]
    already = make_counterparty("Already", status=on_hold)
    seen = make_counterparty("Seen", [supplier_type])
    hidden = make_counterparty("Secret", [bank_type])
    sent = {"change": "status", "status": "on-hold"}
    address = rows(*mine, already, seen, hidden, "nonsense", 10**30)

    told, again = preview(desk, address, **sent)
    said = said_at(desk, desk.post(address, again))

    assert "5 counterparties will be changed." in told
    assert "1 says so already." in told
    assert "1 is left out. You may not edit such counterparties. Seen" in told
    assert "3 are not there any more." in told
    assert "Secret" not in told
    assert said.startswith("5 changed; 1 left as it was; 1 left out; 3 not there any more.")
    assert set(Counterparty.objects.filter(status=on_hold)) == {*mine, already}
    assert desk.get(rows(hidden)).content.decode().count("Nobody is chosen") == 1


def test_the_whole_filtered_list_is_changed_and_only_it(desk, on_hold, client_type):
    inside = [make_counterparty(country="RO") for _each in range(3)]
    outside, archived = make_counterparty(country="BG"), make_counterparty(country="RO")
    Counterparty.objects.filter(pk=archived.pk).update(archived_at="2026-01-01T00:00Z")
    address = f"{BULK}?country=RO&list=client"

    told, again = preview(desk, address, change="status", status="on-hold")
    entered = make_counterparty("Came later", country="RO")
    keeping.keep(inside[0], {"comment": "Changed meanwhile"}, inside[0].types, {}, by=None, seen=inside[0].version)
    answer = desk.post(address, again)

    assert "3 counterparties: all that are listed." in told
    assert answer["Location"] == "/clients/?country=RO"
    said = said_at(desk, answer)
    assert said == "2 changed; 2 left out. Somebody made another change after you had looked."
    assert set(Counterparty.objects.filter(status=on_hold)) == set(inside[1:])
    assert {outside.status_id, entered.status_id} == {Counterparty.objects.get(pk=outside.pk).status_id}
    assert said_at(desk, desk.post(address, again)).startswith("0 changed; 2 left as they were; 2 left out.")


def test_types_are_added_and_removed_and_those_one_may_not_see_stay(desk, client_type, bank_type, admin):
    key = make_type("key", client_type)
    Grant.objects.bulk_create(
        Grant(role=grant.role, type=key, right=grant.right) for grant in Grant.objects.filter(type=client_type)
    )
    make_characteristic("must", "text", key, is_required=True)
    motto = make_characteristic("motto", "text", key)
    plain = make_counterparty("Plain")
    both = make_counterparty("Both", [key, bank_type])
    alone = make_counterparty("Alone", [key])
    values.save(both, {motto: "Fresh"})
    those = rows(plain, both, alone)

    unanswered, _again = preview(desk, those, change="types", types_add="key")
    added = confirm(desk, those, change=["types", "c-must"], types_add="key", **{"c-must": "Yes"})
    assert "“Must” is required with the added type" in unanswered
    assert added.startswith("3 changed")
    assert [each.code for each in Counterparty.objects.get(pk=plain.pk).types] == ["key"]

    told, again = preview(desk, those, change="types", types_remove="key")
    removed = said_at(desk, desk.post(those, again))
    assert "“Motto” hides: 1 counterparty has said something there." in told
    assert "2 are refused. No type would be left." in told
    assert removed == "1 changed; 2 refused. No type would be left."
    assert [each.code for each in Counterparty.objects.get(pk=both.pk).types] == ["bank"]
    assert Value.objects.get(characteristic=motto).text == "Fresh"
    forged = desk.post(those, {"change": "types", "types_add": "bank"})
    assert forged.status_code == 422
    assert "There is no type “bank” for you to choose." in forged.content.decode()


def test_a_characteristic_is_changed_only_where_it_is_asked_and_may_be_edited(desk, client_type, supplier_type):
    shared = make_characteristic("shared", "text", client_type, supplier_type)
    grade = make_nomenclature("grade", "gold", "silver")
    level = make_characteristic("level", "nomenclature", client_type, nomenclature=grade, is_multiple=True)
    make_characteristic("theirs", "text", supplier_type)
    danube, seen = make_counterparty("Danube"), make_counterparty("Seen", [supplier_type])
    gold, silver = nomenclatures.elements(grade)
    values.save(danube, {level: [gold]})

    form = desk.get(rows(danube, seen)).content.decode()
    told, _again = preview(desk, rows(danube, seen), change="c-shared", **{"c-shared": "Same"})
    said = confirm(desk, rows(danube, seen), change="c-level", **{"c-level": ["silver", "gold"]})

    assert set(re.findall(r'name="change" value="([^"]+)"', form)) == {"status", "types", "c-shared", "c-level"}
    assert "1 is left out. You may not edit “Shared” of such counterparties. Seen" in told
    assert said == "1 changed; 1 left out. Such counterparties are not asked for “Level”."
    assert [each.element for each in danube.values.order_by("place")] == [silver, gold]
    assert not Value.objects.filter(characteristic=shared).exists()


def test_every_type_of_characteristic_but_files_is_changed_in_bulk(desk, client_type):
    box = make_nomenclature("box", "small", "large")
    danube, balkan, parent = make_counterparty("Danube"), make_counterparty("Balkan"), make_counterparty("Parent")
    sent = {
        "text": {"": "Said"}, "long_text": {"": "one\r\ntwo"}, "number": {"": "1 234.5"}, "date": {"": "2026-03-01"},
        "checkbox": {"": "no"}, "nomenclature": {"": "large"}, "counterparty": {"": str(parent.pk)},
        "selectable_picture": {"": "small"}, "with_package": {"": "yes", "_package": "large", "_quantity": "12"},
    }  # fmt: skip
    asked = {
        code: make_characteristic(
            f"x-{code}", code, client_type, nomenclature=box if taken.type.needs_nomenclature else None
        )
        for code, taken in {code: Characteristic(type_code=code) for code in sorted(type_codes())}.items()
    }
    boxes = {f"c-x-{code}{ending}": word for code, said in sent.items() for ending, word in said.items()}

    form = desk.get(rows(danube, balkan)).content.decode()
    said = confirm(desk, rows(danube, balkan), change=[f"c-x-{code}" for code in sent], **boxes)
    emptied = confirm(desk, rows(balkan), change=[f"c-x-{code}" for code in sent])

    assert type_codes() - sent.keys() == {"file", "picture"}
    assert "Files and pictures are given on each card: X-file, X-picture." in form
    assert (said, emptied) == ("2 changed.", "1 changed.")
    found = values.of(danube, asked.values())
    words = {code: each.type.text(*found[each.pk]) for code, each in asked.items() if each.pk in found}
    assert words == {
        "text": "Said", "long_text": "one\ntwo", "number": "1,234.5", "date": "1 Mar 2026", "checkbox": "No",
        "nomenclature": "Large", "counterparty": "Parent", "selectable_picture": "Small",
        "with_package": "Yes, 12 × Large",
    }  # fmt: skip
    assert not balkan.values.exists()


def test_a_hidden_counterparty_that_is_pointed_at_is_never_lost(desk, client_type, bank_type):
    parent = make_characteristic("parent", "counterparty", client_type)
    danube, balkan, secret = (
        make_counterparty("Danube"),
        make_counterparty("Balkan"),
        make_counterparty("S", [bank_type]),
    )
    values.save(danube, {parent: secret})
    sent = {"change": "c-parent", "c-parent": str(balkan.pk)}

    replaced, _again = preview(desk, rows(danube, balkan), **sent)
    emptied, _again = preview(desk, rows(danube, balkan), change="c-parent", **{"c-parent": ""})
    pointed = desk.post(rows(danube), {"change": "c-parent", "c-parent": str(secret.pk)})

    assert "1 is left out. “Parent” holds something that you may not see. Danube" in replaced
    assert "1 is refused. A counterparty cannot point at itself. Choose another one. Balkan" in replaced
    assert "1 is left out. “Parent” holds something that you may not see. Danube" in emptied
    assert pointed.status_code == 422
    assert Value.objects.get().target == secret


def test_archiving_and_restoring_many_ask_for_every_type_and_for_a_reason(desk, supplier_type):
    mine, mixed = (
        make_counterparty("Mine"),
        make_counterparty("Mixed", [CounterpartyType.objects.get(code="client"), supplier_type]),
    )
    address = f"{rows(mine, mixed)}&act=archive"

    asked = desk.get(address).content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', asked[asked.index('id="ask"') :]))
    said = said_at(desk, desk.post(address, fields | {"reason": "Closed down"}))

    assert "1 counterparty will be changed." in asked
    assert said == "1 changed; 1 left out. Every type must grant you the archiving, and not all of them do."
    assert [each.name for each in Counterparty.objects.archived()] == ["Mine"]
    assert mine.history.first().operation.reason == "Closed down"
    assert confirm(desk, f"{rows(mine)}&act=restore") == "1 changed."
    assert not Counterparty.objects.archived().exists()


def test_the_page_asks_for_the_right_and_a_looker_has_no_ticks(client, vera, boris, anna, client_type):
    make_counterparty("Danube")
    for person, address, status in (
        (vera, BULK, 403), (boris, f"{BULK}?act=archive", 403), (anna, f"{BULK}?act=nonsense", 404),
        (anna, f"{BULK}?list=nonsense", 404), (anna, BULK, 200),
    ):  # fmt: skip
        client.force_login(person)
        assert client.get(address).status_code == status, address


def test_rows_can_be_ticked_by_those_who_may_do_something_to_some_of_the_list(
    client, anna, boris, client_type, supplier_type
):
    danube = make_counterparty("Danube <b>")
    make_counterparty("Seen", [supplier_type])
    shown = {}
    for person in (anna, boris):
        client.force_login(person)
        for page in ("/clients/?status=active&sort=-name", "/suppliers/", "/clients/?archived=all"):
            shown[person.username, page] = client.get(page).content.decode()

    ticked = {asked for asked, page in shown.items() if 'class="form-check-input row-tick"' in page}
    assert {name for name, page in ticked if page == "/suppliers/"} == {"boris"}
    assert {name for name, page in ticked if page != "/suppliers/"} == {"anna"}
    page = shown["anna", "/clients/?status=active&sort=-name"]
    assert f'name="row" form="bulk" value="{danube.pk}" aria-label="Choose Danube &lt;b&gt;"' in page
    form = page[page.index('<form id="bulk"') :].split("</form>")[0]
    assert re.findall(r'name="(\w+)" value="([^"]*)"', form) == [
        ("status", "active"), ("sort", "-name"), ("list", "client"), ("rows", "chosen"),
    ]  # fmt: skip
    assert "?status=active&amp;sort=-name&amp;list=client&amp;rows=all&amp;act=change" in page
    acts = {asked: re.findall(r'name="act" value="(\w+)"', page) for asked, page in shown.items()}
    assert acts["anna", "/clients/?archived=all"] == ["change", "archive", "restore", "join"]
    assert acts["boris", "/suppliers/"] == ["change"]


@pytest.mark.parametrize("act", ["change", "archive"])
def test_many_cost_as_many_statements_as_few(desk, client_type, on_hold, act):
    asked = make_characteristic("motto", "text", client_type)
    spent = {}
    for many in (1, 3, 50):
        those = [make_counterparty() for _each in range(many)]
        values.save(those[0], {asked: "Before"})
        sent = {"act": act} | (
            {"change": ["status", "c-motto"], "status": "on-hold", "c-motto": "After"} if act == "change" else {}
        )
        with CaptureQueriesContext(connection) as looking:
            _told, again = preview(desk, rows(*those), **sent)
        with CaptureQueriesContext(connection) as doing:
            assert desk.post(rows(*those), again).status_code == 303
        spent[many] = (len(looking), len(doing))

    assert spent[3] == spent[50]
    assert spent[50][1] <= 40


def test_types_stand_as_their_tree_and_one_without_its_parent_says_its_path(desk, client_type):
    key = make_type("key", client_type, name="Key account")
    sales = Group.objects.get(name="Sales")
    Grant.objects.bulk_create(Grant(role=sales, type=key, right=right) for right in ("view", "edit"))
    danube = make_counterparty("Danube", [key])

    form = desk.get(rows(danube)).context["form"]

    added = [(word, depth) for _box, _before, word, depth, _off in in_tree(form["types_add"])]
    removed = [(word, depth) for _box, _before, word, depth, _off in in_tree(form["types_remove"])]
    assert added[added.index(("Client", 0)) + 1] == ("Key account", 1)
    assert removed == [("Client › Key account", 0)]
    assert [len(branch) for branch in branches(form["types_add"]) if branch[0][2] == "Client"] == [2]
