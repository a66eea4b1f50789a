"""Two people open one card: nobody's work is lost, neither what was saved nor what was typed."""

import pytest
from django.test import Client

from characteristics.domain import values
from counterparties.models import Counterparty
from tests.counterparties.cards import edit_of, typed
from tests.factories import make_characteristic, make_counterparty
from trail.models import Operation


@pytest.fixture
def two(anna, mila):
    desks = Client(), Client()
    desks[0].force_login(anna)
    desks[1].force_login(mila)
    return desks


def read(desk, counterparty):
    """What a browser would send of the card as it was just read."""
    form = desk.get(edit_of(counterparty)).context["form"]
    return {field.html_name: "" if field.value() is None else field.value() for field in form}


def rows(answer):
    return {row.name: (row.was, row.theirs, row.mine, row.is_clash) for row in answer.context["rows"]}


def test_the_second_save_is_shown_both_versions_and_saves_nothing(two, client_type):
    motto = make_characteristic("motto", "text", client_type)
    danube = make_counterparty("Danube", phone="02 111 1111")
    first, second = read(two[0], danube), read(two[1], danube)

    two[0].post(edit_of(danube), first | {"phone": "02 222 2222", "c-motto": "Onward"})
    answer = two[1].post(edit_of(danube), second | {"phone": "02 333 3333", "name": "Danube Ltd"})

    assert answer.status_code == 409
    assert rows(answer) == {
        "name": ("Danube", "Danube", "Danube Ltd", False),
        "phone": ("02 111 1111", "02 222 2222", "02 333 3333", True),
        "c-motto": ("", "Onward", "", False),
    }
    page = answer.content.decode()
    assert "anna saved this card while you were editing it." in page
    form = answer.context["form"]
    assert form["phone"].value() == "02 333 3333"
    assert form["name"].value() == "Danube Ltd"
    assert form["c-motto"].value() == "Onward"
    assert form["version"].value() == "2"
    stored = Counterparty.objects.get()
    assert (stored.name, stored.phone) == ("Danube", "02 222 2222")
    assert values.of(stored, [motto]) == {motto.pk: ["Onward"]}


def test_the_card_of_the_conflict_saves_on_top(two):
    danube = make_counterparty("Danube", phone="02 111 1111", email="a@danube.example")
    first, second = read(two[0], danube), read(two[1], danube)
    two[0].post(edit_of(danube), first | {"phone": "02 222 2222", "email": "b@danube.example"})
    conflict = two[1].post(edit_of(danube), second | {"phone": "02 333 3333", "email": "c@danube.example"})
    form = conflict.context["form"]
    shown = {field.html_name: field.value() or "" for field in form}

    answer = two[1].post(edit_of(danube), shown | {"theirs": ["email"]})

    assert answer.status_code == 303
    stored = Counterparty.objects.get()
    assert (stored.phone, stored.email, stored.version) == ("02 333 3333", "b@danube.example", 3)
    assert Operation.objects.filter(kind="card").count() == 2


def test_types_changed_by_somebody_else_are_taken_over(client, admin, two, client_type, supplier_type):
    client.force_login(admin)
    danube = make_counterparty("Danube")
    first, second = read(client, danube), read(two[1], danube)

    client.post(edit_of(danube), first | {"types": ["client", "supplier"]})
    answer = two[1].post(edit_of(danube), second | {"name": "Danube Ltd"})

    assert answer.status_code == 409
    assert rows(answer)["types"] == ("Client", "Client, Supplier", "Client", False)
    assert answer.context["form"]["types"].value() == ["client", "supplier"]


def test_a_card_sent_twice_is_not_in_conflict_with_itself(two):
    danube = make_counterparty("Danube")
    sent = read(two[0], danube) | {"name": "Danube Ltd"}

    answers = [two[0].post(edit_of(danube), sent) for _each in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert Counterparty.objects.get().version == 2
    assert Operation.objects.filter(kind="card").count() == 1


def test_a_stale_card_with_a_mistake_shows_both(two):
    danube = make_counterparty("Danube")
    first, second = read(two[0], danube), read(two[1], danube)
    two[0].post(edit_of(danube), first | {"name": "Danube Ltd"})

    answer = two[1].post(edit_of(danube), second | {"phone": "12"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "A phone number has 3 to 20 digits" in page
    assert rows(answer) == {"name": ("Danube", "Danube Ltd", "Danube", False), "phone": ("", "", "12", False)}


def test_a_save_that_does_not_say_when_it_was_opened_keeps_every_typed_word(two):
    danube = make_counterparty("Danube", phone="02 111 1111")
    sent = typed(danube, name="Mine")
    two[0].post(edit_of(danube), typed(danube, phone="02 222 2222"))

    answer = two[1].post(edit_of(danube), sent)

    assert answer.status_code == 409
    assert answer.context["form"]["name"].value() == "Mine"
    assert answer.context["form"]["phone"].value() == "02 111 1111"
    assert rows(answer)["phone"] == ("", "02 222 2222", "02 111 1111", True)


@pytest.mark.parametrize(
    "opened", ["nonsense", "2026-01-01T00:00", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "\x00"]
)
def test_an_impossible_moment_of_opening_is_no_failure(two, opened):
    danube = make_counterparty("Danube", phone="02 111 1111")
    sent = typed(danube, name="Mine", opened=opened)
    two[0].post(edit_of(danube), typed(danube, phone="02 222 2222"))

    answer = two[1].post(edit_of(danube), sent)

    assert answer.status_code == 409
    assert answer.context["form"]["name"].value() == "Mine"


def test_words_of_the_conflict_are_escaped(two):
    danube = make_counterparty("Danube")
    first, second = read(two[0], danube), read(two[1], danube)
    two[0].post(edit_of(danube), first | {"alias": "<script>one</script>"})

    answer = two[1].post(edit_of(danube), second | {"alias": "<script>two</script>"})

    assert "<script>one" not in answer.content.decode()
    assert "<script>two" not in answer.content.decode()


def test_nobody_loses_a_change_in_twenty_rounds(two):
    danube = make_counterparty("Danube", comment="0")
    accepted = 0
    for number in range(20):
        sent = [read(desk, danube) for desk in two]
        for person, desk in enumerate(two):
            answer = desk.post(edit_of(danube), sent[person] | {"comment": f"{number}.{person}"})
            accepted += answer.status_code == 303

    stored = Counterparty.objects.get()
    assert accepted == 20
    assert stored.version == 21
    assert stored.history.count() == 21


def test_two_who_typed_the_same_over_the_same_version_are_both_told(two, client_type):
    """Who made 5 out of 4 beside a colleague who did so too meant 6."""
    size = make_characteristic("size", "number", client_type)
    danube = make_counterparty("Danube")
    sent = [read(desk, danube) | {"c-size": "5"} for desk in two]

    answers = [desk.post(edit_of(danube), form) for desk, form in zip(two, sent, strict=True)]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert values.of(danube, [size])[size.pk] == [5]


def test_a_script_that_repeats_itself_over_an_old_version_is_told(two):
    danube = make_counterparty("Danube")
    sent = typed(danube, name="Danube Ltd", version="1", types=["client"])

    answers = [two[0].post(edit_of(danube), sent) for _each in range(2)]

    assert [answer.status_code for answer in answers] == [303, 409]
