"""A characteristic is changed: what may be, and what is asked before."""

import pytest

from characteristics.models import Characteristic
from counterparties.models import CounterpartyType, TypeCharacteristic, Value
from tests.characteristics.filled import LIST, form_of, say
from tests.factories import make_characteristic, make_counterparty, make_nomenclature, make_type
from trail.models import Operation


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
