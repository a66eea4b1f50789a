"""Counterparties that point at others: said on the card and in the settings, never telling of a hidden one."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from characteristics.domain import values
from characteristics.models import Characteristic
from counterparties.domain import defining, targets
from counterparties.models import Counterparty
from rights.domain.policy import for_user
from tests.counterparties.cards import NEW, edit_of, errors, typed
from tests.factories import make_characteristic, make_counterparty
from trail.domain.operations import operation
from trail.pages.timeline import parts_of, timeline

HIDDEN = "hidden counterparty"
#: What of a hidden one must never be told to who may not see it.
SECRETS = ("Zqxwj", "ZQXWJ", "99077")


@pytest.fixture
def many(monkeypatch):
    """An office of more counterparties than a select offers."""
    monkeypatch.setattr(targets, "MOST_AT_ONCE", 0)


def said(counterparty, characteristic):
    return values.of(counterparty, [characteristic]).get(characteristic.pk, [])


def box(desk, counterparty, name="c-parent"):
    """What the field of a card shows."""
    return desk.get(edit_of(counterparty)).context["form"][name].value()


def secrets(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [each for each in SECRETS if each in content.decode()]


# ---- one value


def test_a_counterparty_is_stored_told_and_read_back_by_its_code_name_or_alias(house, parent, anna):
    danube, rila, bank = house
    twins = [make_counterparty("Twin", code=code) for code in ("T1", "T2")]
    type_, decision = parent.type, for_user(anna)

    values.save(danube, {parent: rila})

    assert said(danube, parent) == [rila]
    assert (type_.text(rila), type_.cell(rila)) == ("Rila", "RILA")
    assert type_.html(rila) == f'<a href="/counterparties/{rila.pk}/">Rila</a>'
    for word in ("RILA", "rila", "Rila", "Rila Mountain", "Rila (RILA)"):
        assert type_.parse(parent, word, decision) == rila
    assert type_.parse(parent, "T2", decision) == twins[1]
    with pytest.raises(ValidationError, match="“Twin” is the name of several"):
        type_.parse(parent, "Twin", decision)
    for word in ("ZQXWJ1", "Zqxwj Bank", "Zqxwjalias", "Zqxwj Bank (ZQXWJ1)", str(bank.pk), "nonsense"):
        with pytest.raises(ValidationError) as refused:
            type_.parse(parent, word, decision)
        sentence = f"There is no counterparty “{word}” for you to choose. Write its code or name."
        assert refused.value.messages == [sentence]
    assert type_.parse(parent, "ZQXWJ1") == bank


# ---- the card


def test_a_card_takes_what_may_be_seen_and_refuses_the_rest_at_its_field(desk, house, parent):
    danube, rila, bank = house
    archived = make_counterparty("Gone", code="GONE", archived_at=timezone.now())
    wrong = {
        str(danube.pk): "A counterparty cannot point at itself. Choose another one.",
        str(archived.pk): "“Gone” is archived. Choose another one.",
        str(bank.pk): f"There is no counterparty “{bank.pk}” for you to choose. Write its code or name.",
        "ZQXWJ1": "There is no counterparty “ZQXWJ1” for you to choose. Write its code or name.",
        "x\x01y": "There is no counterparty “xy” for you to choose. Write its code or name.",
        "9" * 40: f"There is no counterparty “{'9' * 40}” for you to choose. Write its code or name.",
    }

    page = desk.get(edit_of(danube)).content.decode()
    told = {each: desk.post(edit_of(danube), typed(danube, **{"c-parent": each})) for each in wrong}

    assert f'<option value="{rila.pk}">Rila (RILA)</option>' in page
    assert "Gone" not in page
    assert {each: (answer.status_code, errors(answer)["c-parent"]) for each, answer in told.items()} == {
        each: (422, [sentence]) for each, sentence in wrong.items()
    }
    assert said(danube, parent) == [bank]
    for word in (str(rila.pk), "rila", "Rila Mountain"):
        made = desk.post(NEW, {"name": f"New {word}", "types": "client", "c-parent": word})
        assert made.status_code == 303
        assert said(Counterparty.objects.get(name=f"New {word}"), parent) == [rila]


def test_a_hidden_one_is_told_of_nowhere_and_stays_until_it_is_replaced(desk, house, parent, anna):
    danube, rila, bank = house
    pages = ["/counterparties/?columns=c-parent&sort=c-parent", "/clients/sheet.csv?columns=c-parent", edit_of(danube)]
    pages += [f"/counterparties/{danube.pk}/", f"/counterparties/{danube.pk}/history/"]

    told = [desk.get(each) for each in pages]

    assert [secrets(each) for each in told] == [[]] * len(pages)
    assert [HIDDEN in each.content.decode() for each in told if not each.streaming] == [True] * (len(pages) - 1)
    assert box(desk, danube) == HIDDEN
    desk.post(edit_of(danube), typed(danube, name="Danube Ltd", **{"c-parent": HIDDEN}))
    danube.refresh_from_db()
    assert (danube.name, said(danube, parent)) == ("Danube Ltd", [bank])
    refused = desk.post(edit_of(danube), typed(danube, email="wrong", **{"c-parent": HIDDEN}))
    assert (refused.status_code, refused.context["form"]["c-parent"].value(), secrets(refused)) == (422, HIDDEN, [])
    desk.post(edit_of(danube), typed(danube, **{"c-parent": str(rila.pk)}))
    assert said(danube, parent) == [rila]
    decision = for_user(anna)
    newest = timeline(parts_of(danube, decision), decision).entries[0]
    assert [(line.old, strip_tags(line.new)) for line in newest.stories[0].lines] == [(HIDDEN, "Rila")]


def test_of_several_just_the_one_that_was_cleared_goes(desk, client_type, bank_type):
    parents = make_characteristic("parents", "counterparty", client_type, is_multiple=True)
    first, second = (make_counterparty(f"Zqxwj {name}", [bank_type]) for name in ("one", "two"))
    gone, danube = make_counterparty("Gone", archived_at=timezone.now()), make_counterparty("Danube")
    values.save(danube, {parents: [first, second, gone]})

    page = desk.get(edit_of(danube))
    refused = desk.post(edit_of(danube), typed(danube, email="wrong", **{"c-parents": ["", f"{HIDDEN} 2", gone.pk]}))
    saved = desk.post(edit_of(danube), typed(danube, **{"c-parents": ["", f"{HIDDEN} 2", gone.pk, ""]}))
    left_out = typed(danube, name="Danube Ltd", version=danube.version + 1)
    desk.post(edit_of(danube), left_out)

    assert page.content.decode().count(f'<option value="{gone.pk}" selected>') == 1
    assert refused.content.decode().count(f'<option value="{gone.pk}" selected>') == 1
    assert (secrets(page), refused.status_code, saved.status_code) == ([], 422, 303)
    assert said(Counterparty.objects.get(name="Danube Ltd"), parents) == [second, gone]


def test_above_a_select_a_box_takes_code_or_name_and_shows_both(desk, house, parent, many):
    danube, rila, bank = house
    clash = make_counterparty("Clash", code=str(rila.pk))

    def keep(word):
        danube.refresh_from_db()
        answer = desk.post(edit_of(danube), typed(danube, **{"c-parent": word}))
        return answer.status_code, said(danube, parent), box(desk, danube)

    assert "Write the code or the name." in desk.get(edit_of(danube)).content.decode()
    assert box(desk, danube) == HIDDEN
    assert keep(HIDDEN) == (303, [bank], HIDDEN)
    assert keep("RILA") == (303, [rila], "Rila (RILA)")
    assert keep("Rila (RILA)") == (303, [rila], "Rila (RILA)")
    assert keep(str(rila.pk))[0] == 422
    assert keep(str(clash.pk)) == (303, [clash], f"Clash ({rila.pk})")
    assert keep("") == (303, [], None)


def test_a_card_costs_the_same_however_many_are_asked(desk, client_type, supplier_type, bank_type):
    danube, rila = make_counterparty("Danube"), make_counterparty("Rila")
    asked, spent = {}, []
    for number in range(6):
        target = [None, client_type, supplier_type, bank_type][number % 4]
        asked[make_characteristic(f"to{number}", "counterparty", client_type, target_type=target)] = rila
        values.save(danube, asked)
        desk.get(edit_of(danube))
        with CaptureQueriesContext(connection) as queries:
            desk.get(edit_of(danube))
        spent.append(len(queries))

    assert spent == [spent[0]] * 6


def test_two_who_save_one_card_are_shown_no_hidden_one(anna, mila, house, parent):
    danube, rila, _bank = house
    first, second = Client(), Client()
    first.force_login(anna)
    second.force_login(mila)
    opened = first.get(edit_of(danube)).context["form"]["opened"].value()

    second.post(edit_of(danube), typed(danube, **{"c-parent": str(rila.pk)}))
    answer = first.post(edit_of(danube), typed(danube, name="Mine", opened=opened, **{"c-parent": HIDDEN}))

    assert answer.status_code == 409
    rows = {row.name: (row.was, row.theirs, row.mine) for row in answer.context["rows"]}
    assert rows == {"name": ("Danube", "Danube", "Mine"), "c-parent": (HIDDEN, "Rila", HIDDEN)}
    assert answer.context["form"]["c-parent"].value() == str(rila.pk)
    assert secrets(answer) == []


# ---- the settings


def test_a_characteristic_may_ask_for_one_type_and_who_is_said_already_stays(client, admin, client_type, supplier_type):
    client.force_login(admin)
    address = "/settings/characteristics/chief/edit/"
    danube, maker = make_counterparty("Danube"), make_counterparty("Maker", [supplier_type])
    form = {"code": "chief", "type_code": "counterparty", "name": "Chief", "types": "client"}
    client.post("/settings/characteristics/new/", form)
    values.save(danube, {characteristic(): maker})

    asked = client.post(address, form | {"version": 1, "types_shown": "client", "target_type": "client"})
    agreed = {"version": 1, "types_shown": "client", "target_type": "client", "confirmed": "1"}
    client.post(address, form | agreed)

    assert asked.status_code == 200
    assert "1 value names a counterparty that is not of the type “Client”" in asked.content.decode()
    assert characteristic().target_type == client_type
    page = client.get(edit_of(danube)).content.decode()
    assert f'<option value="{maker.pk}" selected>' in page
    assert client.post(edit_of(danube), typed(danube, name="Kept", **{"c-chief": maker.pk})).status_code == 303
    refused = client.post(NEW, {"name": "New", "types": "client", "c-chief": maker.code})
    assert errors(refused)["c-chief"] == ["“Maker” is not of the type that is asked for here. Choose another one."]
    assert f'value="{maker.pk}"' not in refused.content.decode()
    told = " ".join(strip_tags(client.get("/settings/characteristics/").content.decode()).split())
    assert "Counterparty: Client" in told


def characteristic():
    return Characteristic.objects.get(code="chief")


def test_the_example_file_tells_who_may_point_at_whom(office, client_type):
    example = Path(__file__).resolve().parents[2] / "docs" / "examples" / "groups-of-companies.yaml"
    plan = example.read_text(encoding="utf-8")

    with operation("settings", by=None):
        made, again = (defining.define(defining.read(plan)) for _time in range(2))
    with pytest.raises(defining.Refused, match=r"target_type: there is no “nobody”"), operation("settings", by=None):
        defining.define(defining.read(plan.replace("target_type: client", "target_type: nobody")))

    assert (len(made.created), again.created, again.changed) == (3, [], [])
    assert Characteristic.objects.get(code="recommended-by").target_type == client_type
