"""The elements of a nomenclature: the tree, and one of them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from characteristics.models import Characteristic, Element
from counterparties.models import Client, Value
from tests.characteristics.grades import HOME, form_of, listed, under
from tests.factories import make_characteristic, make_counterparty, make_nomenclature
from trail.models import Operation

# ---- the tree


def test_children_stand_under_their_parent(settings_of, grade):
    under(grade.elements.get(code="b"), "b1", "b2")

    page = settings_of.get(HOME).content.decode()

    places = [page.index(f'<tr id="{code}"') for code in ("a", "b", "b1", "b2", "c", "d")]
    assert places == sorted(places)
    assert '<td class="name cut d1"><a href="/settings/nomenclatures/grade/elements/b1/edit/">B1</a>' in page


def test_the_uses_of_an_element_are_counted(client, admin, grade):
    quality = make_characteristic("quality", "nomenclature", nomenclature=grade)
    a = grade.elements.get(code="a")
    for _number in range(2):
        Value.objects.create(counterparty=make_counterparty(), characteristic=quality, element=a)
    Client.objects.create(counterparty=make_counterparty(), category=a)
    client.force_login(admin)

    page = client.get(HOME, {"q": "a"}).content.decode()

    assert '<td class="num" data-label="Uses">3</td>' in page


def test_the_number_of_uses_leads_to_the_list_of_those_who_say_it(client, admin, grade, client_type):
    make_characteristic("quality", "nomenclature", client_type, nomenclature=grade)
    quality, a = Characteristic.objects.get(code="quality"), grade.elements.get(code="a")
    under(a, "a1")
    for code in ("a", "a1", "a1"):
        said = {"characteristic": quality, "element": grade.elements.get(code=code)}
        Value.objects.create(counterparty=make_counterparty(types=[client_type]), **said)
    client.force_login(admin)

    page = client.get(HOME).content.decode()

    address = re.search(r'href="([^"]*c-quality=[^"]*)">2</a>', page)[1].replace("&amp;", "&")
    assert page.count("c-quality=") == 1
    assert client.get(address).context["listing"].count == 2


def test_of_several_lists_none_is_chosen(client, admin, grade, client_type):
    for code in ("one", "two"):
        made = make_characteristic(code, "nomenclature", client_type, nomenclature=grade)
        said = {"characteristic": made, "element": grade.elements.get(code="a")}
        Value.objects.create(counterparty=make_counterparty(types=[client_type]), **said)
    client.force_login(admin)

    assert '<td class="num" data-label="Uses">2</td>' in client.get(HOME).content.decode()


@pytest.mark.parametrize("count", [1, 3, 150])
def test_the_tree_costs_the_same_for_one_and_for_many(settings_of, count):
    home = make_nomenclature("grade", *[f"e{number}" for number in range(count)])
    quality = make_characteristic("quality", "nomenclature", nomenclature=home)
    for each in home.elements.all()[:5]:
        Value.objects.create(counterparty=make_counterparty(), characteristic=quality, element=each)

    settings_of.get(HOME)
    with CaptureQueriesContext(connection) as asked:
        settings_of.get(HOME)

    assert len(asked) == 8


def test_a_long_list_is_read_page_by_page(settings_of, grade):
    settings_of.post(f"{HOME}paste/", {"elements": "\n".join(f"n{number};Name {number}" for number in range(300))})

    first, second = (settings_of.get(HOME, {"page": page}).content.decode() for page in (1, 2))

    assert (first.count("<tr id="), second.count("<tr id=")) == (100, 100)
    assert 'id="n96"' in second
    assert "101 to 200 of 304" in second


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9" * 30, "٣", "99"])
def test_a_page_that_is_none_is_answered_all_the_same(settings_of, grade, page):
    assert settings_of.get(HOME, {"page": page}).status_code == 200


def test_an_element_is_found_by_code_and_name(settings_of, grade):
    settings_of.post(f"{HOME}paste/", {"elements": "klas;Първи клас"})

    page = settings_of.get(HOME, {"q": "parvi"}).content.decode()

    assert 'id="klas"' in page
    assert 'id="a"' not in page


# ---- one element


def test_an_element_is_added_behind_the_others(settings_of, ivo, grade):
    answer = settings_of.post(f"{HOME}elements/new/", {"code": "e", "name": "Epsilon", "parent": "a"})

    made = Element.objects.get(code="e")
    assert (answer.status_code, answer["Location"]) == (303, f"{HOME}#e")
    assert (made.position, made.parent.code) == (5, "a")
    assert made.history.get().operation.user == ivo


@pytest.mark.parametrize(
    ("code", "said"), [("Алфа", "“alfa” would do."), ("a", "“a” is the code of A already."), ("new", "address")]
)
def test_a_wrong_code_is_refused(settings_of, grade, code, said):
    answer = settings_of.post(f"{HOME}elements/new/", {"code": code, "name": "Alpha"})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert grade.elements.count() == 4


def test_the_same_code_may_stand_in_two_nomenclatures(settings_of, grade):
    make_nomenclature("other")

    answer = settings_of.post("/settings/nomenclatures/other/elements/new/", {"code": "a", "name": "Alpha"})

    assert answer.status_code == 303


def test_an_element_moves_under_another_one(settings_of, grade):
    answer = settings_of.post(f"{HOME}elements/b/edit/", form_of(grade.elements.get(code="b"), parent="a"))

    assert answer.status_code == 303
    assert Element.objects.get(code="b").parent.code == "a"
    assert "<ins>A</ins>" in settings_of.get(f"{HOME}elements/b/history/").content.decode()


@pytest.mark.parametrize("parent", ["b", "b1", "b2"])
def test_an_element_never_stands_under_itself_or_its_own_child(settings_of, grade, parent):
    b = grade.elements.get(code="b")
    under(b, "b1")
    under(Element.objects.get(code="b1"), "b2")

    answer = settings_of.post(f"{HOME}elements/b/edit/", form_of(b, parent=parent))

    assert answer.status_code == 422
    assert "An element cannot stand under itself." in answer.content.decode()
    assert Element.objects.get(code="b").parent is None


def test_an_element_never_stands_under_one_of_another_nomenclature(settings_of, grade):
    make_nomenclature("other", "x")

    answer = settings_of.post(f"{HOME}elements/b/edit/", form_of(grade.elements.get(code="b"), parent="x"))

    assert answer.status_code == 422


def test_a_stale_form_of_an_element_saves_nothing(settings_of, grade):
    b = grade.elements.get(code="b")
    settings_of.post(f"{HOME}elements/b/edit/", form_of(b, name="Theirs"))

    answer = settings_of.post(f"{HOME}elements/b/edit/", form_of(b, name="Mine"))

    assert answer.status_code == 409
    assert Element.objects.get(code="b").name == "Theirs"


# ---- moving


def test_arrows_and_drags_keep_the_places_dense(settings_of, grade):
    settings_of.post(f"{HOME}elements/a/down/")
    settings_of.post(f"{HOME}elements/a/up/")
    settings_of.post(f"{HOME}elements/a/up/")
    settings_of.post(f"{HOME}elements/d/move/", {"before": "b"})
    settings_of.post(f"{HOME}elements/a/move/", {"before": ""})

    assert listed(grade) == ["d", "b", "c", "a"]


def test_a_child_moves_among_its_siblings_and_touches_nobody_else(settings_of, grade):
    under(grade.elements.get(code="a"), "a1")
    under(grade.elements.get(code="b"), "b1")
    under(grade.elements.get(code="a"), "a2")
    before = Element.history.count()

    settings_of.post(f"{HOME}elements/a2/up/")

    assert listed(grade) == ["a", "b", "c", "d", "a2", "b1", "a1"]
    assert Element.history.count() == before + 2
    assert Element.history.order_by("-history_id").first().operation.kind == "settings"


def test_a_move_at_the_end_of_the_list_changes_nothing(settings_of, grade):
    before = Operation.objects.count()

    answer = settings_of.post(f"{HOME}elements/a/up/")

    assert answer.status_code == 303
    assert Operation.objects.count() == before


def test_a_list_that_was_never_numbered_is_numbered_by_the_first_move(settings_of, grade):
    Element.objects.filter(nomenclature=grade).update(position=0)

    settings_of.post(f"{HOME}elements/d/up/")

    assert listed(grade) == ["a", "b", "d", "c"]


def test_nobody_is_dragged_before_a_stranger(settings_of, grade):
    under(grade.elements.get(code="a"), "a1")

    assert settings_of.post(f"{HOME}elements/b/move/", {"before": "a1"}).status_code == 404


# ---- stopping and deleting


def test_stopping_one_in_use_can_be_asked_first_and_acts_when_it_is_sent(settings_of, grade):
    quality = make_characteristic("quality", "nomenclature", nomenclature=grade)
    Value.objects.create(counterparty=make_counterparty(), characteristic=quality, element=grade.elements.get(code="a"))

    asked = settings_of.get(f"{HOME}elements/a/stop/")
    before = Element.objects.get(code="a").is_stopped
    done = settings_of.post(f"{HOME}elements/a/stop/")

    assert (asked.status_code, before) == (200, False)
    assert "1 counterparty says it for “Quality”." in asked.content.decode()
    assert (done.status_code, Element.objects.get(code="a").is_stopped) == (303, True)
    assert Value.objects.get().element.code == "a"


def test_one_that_is_said_is_not_deleted(settings_of, grade):
    quality = make_characteristic("quality", "nomenclature", nomenclature=grade)
    Value.objects.create(counterparty=make_counterparty(), characteristic=quality, element=grade.elements.get(code="a"))
    Client.objects.create(counterparty=make_counterparty(), subcategory=grade.elements.get(code="a"))

    answer = settings_of.post(f"{HOME}elements/a/delete/", {"confirmed": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "1 counterparty says it for “Quality”." in page
    assert "/counterparties/?archived=all&amp;c-quality=a" in page
    assert "1 has it as “subcategory”." in page
    assert f'action="{HOME}elements/a/stop/"' in page
    assert Element.objects.filter(code="a").exists()


def test_one_that_others_stand_under_is_not_deleted(settings_of, grade):
    under(grade.elements.get(code="a"), "a1")

    answer = settings_of.post(f"{HOME}elements/a/delete/", {"confirmed": "1"})

    assert answer.status_code == 422
    assert "1 element stands under it." in answer.content.decode()


def test_one_nobody_uses_is_deleted_and_the_rest_closes_up(settings_of, grade):
    asked = settings_of.post(f"{HOME}elements/b/delete/")
    done = settings_of.post(f"{HOME}elements/b/delete/", {"confirmed": "1"})

    assert (asked.status_code, done.status_code) == (200, 303)
    assert listed(grade) == ["a", "c", "d"]
