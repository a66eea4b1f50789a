"""The settings of characteristics: who may, the list, stopping, moving, deleting."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.models import Characteristic
from characteristics.registry import types
from characteristics.types.text import Text
from tests.characteristics.filled import LIST, say, typed
from tests.factories import make_characteristic, make_counterparty, make_nomenclature


@pytest.fixture
def system_type():
    """A type that only implementers may use."""

    class Sealed(Text):
        code, label, position, implementer_only = "sealed", "Sealed", 900, True
        takes = ()

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

    assert '<span class="muted small" title="others, not yours to view">only others</span>' in page


def test_the_list_says_which_are_required_and_which_take_several_values(settings_of, client_type):
    make_characteristic("motto", "text", client_type, is_required=True, is_multiple=True)
    make_characteristic("story", "long_text", client_type)

    page = settings_of.get(LIST).content.decode()

    asked = {code: page.partition(f'<tr id="{code}"')[2].partition("</tr>")[0] for code in ("motto", "story")}
    assert [("required" in each, "several values" in each) for each in asked.values()] == [(True, True), (False, False)]


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
