"""The settings of characteristics: who may, the list, adding, changing, stopping, moving, deleting."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.models import Characteristic, Nomenclature
from characteristics.registry import types
from characteristics.types.text import Text
from counterparties.models import CounterpartyType, TypeCharacteristic, Value
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from trail.models import Operation

LIST = "/settings/characteristics/"


def say(counterparty, characteristic, said, place=0):
    """What a counterparty says, as its card would keep it."""
    columns = characteristic.type.stored(said)
    return Value.objects.create(counterparty=counterparty, characteristic=characteristic, place=place, **columns)


def typed(**facts):
    """The form of a new characteristic, as somebody fills it in."""
    return {"code": "motto", "type_code": "text", "name": "Motto", **facts}


def form_of(characteristic, **facts):
    """The form of one that exists, as the page shows it."""
    flags = {name: "on" for name in ("is_required", "is_multiple", "in_list") if getattr(characteristic, name)}
    tied = list(characteristic.ties.values_list("type__code", flat=True))
    shown = {
        "type_code": characteristic.type_code,
        "name": characteristic.name,
        "definition": characteristic.definition,
        "unit": characteristic.unit,
        "nomenclature": characteristic.nomenclature.code if characteristic.nomenclature else "",
        "types": tied,
        "types_shown": " ".join(tied),
        "version": characteristic.version,
    }
    return {**shown, **flags, **facts}


@pytest.fixture
def system_type():
    """A type that only implementers may use."""

    class Sealed(Text):
        code, label, position, implementer_only = "sealed", "Sealed", 900, True

    types.register(Sealed)
    yield Sealed
    types._things.pop("sealed")


# ---- who may


@pytest.mark.parametrize("page", ["", "new/", "motto/edit/", "motto/delete/", "motto/history/"])
def test_only_those_who_manage_the_settings_know_the_pages(client, anna, client_type, page):
    make_characteristic("motto", "text", client_type)
    client.force_login(anna)

    assert client.get(LIST + page).status_code == 404


def test_a_get_stops_and_moves_nothing(settings_of, client_type):
    make_characteristic("motto", "text", client_type)

    answers = [settings_of.get(f"{LIST}motto/{act}/").status_code for act in ("stop", "start", "up", "down", "move")]

    assert answers == [405] * 5


# ---- the list


def test_the_list_says_type_definition_carriers_and_how_many_say_something(client, admin, client_type):
    motto = make_characteristic("motto", "text", client_type, definition="Said on every letter")
    make_characteristic("silent", "number", unit="kg")
    say(make_counterparty(), motto, "Onwards")
    client.force_login(admin)

    page = client.get(LIST).content.decode()

    assert "Said on every letter" in page
    assert '<a class="type" href="/settings/types/client/edit/">Client</a>' in page
    assert 'href="/counterparties/?columns=name&amp;columns=c-motto&amp;sort=c-motto&amp;archived=all">1</a>' in page
    assert "Number, kg" in page


def test_counts_are_of_what_the_reader_may_view_and_others(settings_of, client_type):
    motto = make_characteristic("motto", "text", client_type)
    say(make_counterparty(), motto, "Onwards")

    page = settings_of.get(LIST).content.decode()

    assert "others, not yours to view" in page


def test_a_stopped_characteristic_is_shown_as_such(settings_of, client_type):
    make_characteristic("motto", "text", client_type)
    settings_of.post(f"{LIST}motto/stop/")

    page = settings_of.get(LIST).content.decode()

    assert '<tr id="motto" class="stopped"' in page
    assert f'formaction="{LIST}motto/start/"' in page


@pytest.mark.parametrize("question", ["mott", "МОТО", "said letter", "девиз"])
def test_the_list_is_searched_by_code_name_and_definition(settings_of, question):
    make_characteristic("motto", name="Мото", name_ru="Девиз", definition="Said on every letter")
    make_characteristic("size", "number")

    page = settings_of.get(LIST, {"q": question}).content.decode()

    assert 'id="motto"' in page
    assert 'id="size"' not in page


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_list_costs_the_same_for_one_and_for_many(settings_of, client_type, supplier_type, count):
    nomenclature = make_nomenclature("grade", "a", "b")
    for number in range(count):
        made = make_characteristic(f"n{number}", "nomenclature", client_type, supplier_type, nomenclature=nomenclature)
        say(make_counterparty(), made, nomenclature.elements.first())

    settings_of.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        settings_of.get(LIST)

    assert len(asked) == 13


# ---- adding


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


# ---- types for implementers


def test_a_system_type_is_seen_and_not_chosen_and_the_page_says_who_can(settings_of, system_type):
    page = settings_of.get(f"{LIST}new/").content.decode()
    answer = settings_of.post(f"{LIST}new/", typed(type_code="sealed"))

    assert '<option value="sealed" data-takes="is_multiple" disabled>Sealed</option>' in page
    assert "only implementers make and change such characteristics" in page
    assert answer.status_code == 422
    assert not Characteristic.objects.exists()


@pytest.mark.parametrize("act", ["edit", "stop", "delete"])
def test_a_system_characteristic_is_changed_by_implementers_only(settings_of, system_type, act):
    make_characteristic("seal", "sealed", is_system=True)

    answer = settings_of.post(f"{LIST}seal/{act}/", {"confirmed": "1"})

    assert answer.status_code == 422
    assert "only implementers" in answer.content.decode()
    assert Characteristic.objects.get(code="seal").stopped_at is None


# ---- changing


def test_a_change_is_saved_and_told_in_its_history(settings_of, ivo, client_type):
    motto = make_characteristic("motto", "text", client_type)

    answer = settings_of.post(f"{LIST}motto/edit/", form_of(motto, name="Slogan", definition="On letters"))

    page = settings_of.get(f"{LIST}motto/history/").content.decode()
    assert answer.status_code == 303
    assert Characteristic.objects.get().name == "Slogan"
    assert "<del>Motto</del>" in page
    assert "<ins>Slogan</ins>" in page
    assert ivo.username in page


def test_the_code_stays_what_it_was(settings_of):
    motto = make_characteristic("motto")

    settings_of.post(f"{LIST}motto/edit/", form_of(motto, code="other", name="Slogan"))

    assert Characteristic.objects.get().code == "motto"


def test_saving_without_a_change_leaves_no_operation(settings_of, client_type):
    motto = make_characteristic("motto", "text", client_type)
    before = Operation.objects.count()

    answer = settings_of.post(f"{LIST}motto/edit/", form_of(motto))

    assert answer.status_code == 303
    assert Operation.objects.count() == before


def test_a_stale_form_gets_both_versions_and_saves_nothing(settings_of):
    motto = make_characteristic("motto")
    stale = form_of(motto, name="Mine")
    settings_of.post(f"{LIST}motto/edit/", form_of(motto, name="Theirs"))

    answer = settings_of.post(f"{LIST}motto/edit/", stale)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mine" in page
    assert "Theirs" in page
    assert Characteristic.objects.get().name == "Theirs"


def test_text_becomes_long_text_after_it_was_asked(settings_of, client_type):
    motto = make_characteristic("motto", "text", client_type)
    say(make_counterparty(), motto, "Onwards")
    sent = form_of(motto, type_code="long_text")

    asked = settings_of.post(f"{LIST}motto/edit/", sent)
    untouched = Characteristic.objects.get().type_code
    done = settings_of.post(f"{LIST}motto/edit/", {**sent, "confirmed": "1"})

    assert (asked.status_code, untouched) == (200, "text")
    assert "1 value becomes “Long text”" in asked.content.decode()
    assert 'name="type_code" value="long_text"' in asked.content.decode()
    assert (done.status_code, Characteristic.objects.get().type_code) == (303, "long_text")
    assert Value.objects.get().text == "Onwards"


@pytest.mark.parametrize(("old", "new", "said"), [("text", "number", "one"), ("long_text", "text", "one")])
def test_a_type_that_would_not_hold_the_values_is_refused_with_their_number(settings_of, old, new, said):
    motto = make_characteristic("motto", old)
    say(make_counterparty(), motto, said)

    answer = settings_of.post(f"{LIST}motto/edit/", form_of(motto, type_code=new, confirmed="1"))

    assert answer.status_code == 422
    assert "1 value is" in answer.content.decode()
    assert Characteristic.objects.get().type_code == old


def test_without_values_the_type_changes_freely(settings_of):
    motto = make_characteristic("motto")

    answer = settings_of.post(f"{LIST}motto/edit/", form_of(motto, type_code="number", unit="kg"))

    assert answer.status_code == 303
    assert Characteristic.objects.get().type_code == "number"


def test_the_nomenclature_of_values_stays(settings_of):
    old, _new = make_nomenclature("old", "a"), make_nomenclature("fresh", "b")
    grade = make_characteristic("grade", "nomenclature", nomenclature=old)
    say(make_counterparty(), grade, old.elements.get())

    answer = settings_of.post(f"{LIST}grade/edit/", form_of(grade, nomenclature="fresh"))

    assert answer.status_code == 422
    assert Characteristic.objects.get(code="grade").nomenclature == old


def test_several_values_are_not_cut_down_to_one(settings_of):
    motto = make_characteristic("motto", is_multiple=True)
    both = make_counterparty()
    say(both, motto, "one")
    say(both, motto, "two", place=1)
    sent = form_of(motto)
    del sent["is_multiple"]

    answer = settings_of.post(f"{LIST}motto/edit/", sent)

    assert answer.status_code == 422
    assert "1 counterparty says more than one thing here" in answer.content.decode()


def test_taking_it_off_a_type_is_asked_with_numbers_and_loses_nothing(settings_of, client_type):
    retail = make_type("retail", client_type)
    motto = make_characteristic("motto", "text", client_type)
    say(make_counterparty(types=[retail]), motto, "Onwards")
    make_counterparty(types=[client_type])
    sent = form_of(motto, types=[])

    asked = settings_of.post(f"{LIST}motto/edit/", sent)
    tied = motto.ties.count()
    done = settings_of.post(f"{LIST}motto/edit/", {**sent, "confirmed": "1"})

    page = asked.content.decode()
    assert (asked.status_code, tied) == (200, 1)
    assert "It disappears from 2 counterparties." in page
    assert "1 of them says something for it" in page
    assert (done.status_code, motto.ties.count()) == (303, 0)
    assert Value.objects.get().text == "Onwards"


def test_what_another_type_still_asks_does_not_disappear(settings_of, client_type, bank_type):
    motto = make_characteristic("motto", "text", client_type, bank_type)
    say(make_counterparty(types=[client_type, bank_type]), motto, "Onwards")

    answer = settings_of.post(f"{LIST}motto/edit/", form_of(motto, types=["bank"]))

    assert answer.status_code == 303
    assert [tie.type.code for tie in motto.ties.select_related("type")] == ["bank"]


def test_a_form_that_says_nothing_of_types_leaves_them(settings_of, client_type):
    motto = make_characteristic("motto", "text", client_type)
    sent = form_of(motto, name="Slogan")
    del sent["types"], sent["types_shown"]

    settings_of.post(f"{LIST}motto/edit/", sent)

    assert motto.ties.count() == 1


def test_a_type_ticked_meanwhile_by_somebody_else_stays(settings_of, client_type, bank_type):
    motto = make_characteristic("motto", "text", client_type)
    sent = form_of(motto, types=["client", "supplier"])
    TypeCharacteristic.objects.create(type=bank_type, characteristic=motto, position=1)

    settings_of.post(f"{LIST}motto/edit/", sent)

    assert set(motto.ties.values_list("type__code", flat=True)) == {"client", "supplier", "bank"}


def test_a_type_whose_questions_change_gets_a_new_version(settings_of, client_type):
    motto = make_characteristic("motto")

    settings_of.post(f"{LIST}motto/edit/", form_of(motto, types=["client"]))

    assert CounterpartyType.objects.get(code="client").version == client_type.version + 1


def test_requiring_an_answer_is_asked_with_the_number_of_those_without(settings_of, client_type):
    motto = make_characteristic("motto", "text", client_type)
    say(make_counterparty(), motto, "Onwards")
    make_counterparty()
    sent = form_of(motto, is_required="on")

    asked = settings_of.post(f"{LIST}motto/edit/", sent)
    before = Characteristic.objects.get().is_required
    done = settings_of.post(f"{LIST}motto/edit/", {**sent, "confirmed": "1"})

    assert (asked.status_code, before) == (200, False)
    assert "1 counterparty has no answer yet" in asked.content.decode()
    assert (done.status_code, Characteristic.objects.get().is_required) == (303, True)


# ---- stopping, moving, deleting


def test_stopped_and_started_again(settings_of):
    make_characteristic("motto")

    settings_of.post(f"{LIST}motto/stop/")
    stopped = Characteristic.objects.get().is_stopped
    settings_of.post(f"{LIST}motto/start/")

    assert (stopped, Characteristic.objects.get().is_stopped) == (True, False)


def test_arrows_and_drags_keep_the_places_dense(settings_of):
    for place, code in enumerate("abcd", start=1):
        make_characteristic(code, position=place)

    settings_of.post(f"{LIST}a/down/")
    settings_of.post(f"{LIST}d/up/")
    settings_of.post(f"{LIST}c/move/", {"before": "b"})

    listed = list(Characteristic.objects.order_by("position").values_list("code", "position"))
    assert listed == [("c", 1), ("b", 2), ("a", 3), ("d", 4)]


def test_what_is_used_is_not_deleted_but_may_be_stopped(settings_of, client_type):
    motto = make_characteristic("motto", "text", client_type)
    say(make_counterparty(), motto, "Onwards")

    answer = settings_of.post(f"{LIST}motto/delete/", {"confirmed": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 type asks for it." in page
    assert "1 counterparty says something for it." in page
    assert f'action="{LIST}motto/stop/"' in page
    assert Characteristic.objects.exists()


def test_what_nobody_uses_is_deleted_after_it_was_asked(settings_of):
    for place, code in enumerate("abc", start=1):
        make_characteristic(code, position=place)

    asked = settings_of.post(f"{LIST}b/delete/")
    done = settings_of.post(f"{LIST}b/delete/", {"confirmed": "1"})

    assert (asked.status_code, done.status_code) == (200, 303)
    assert list(Characteristic.objects.order_by("position").values_list("code", "position")) == [("a", 1), ("c", 2)]
