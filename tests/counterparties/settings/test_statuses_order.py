"""The order of the statuses, and what history says of them."""

import pytest

from counterparties.models import Status
from tests.counterparties.settings.statuses import CODES, LIST, order, places, read
from trail.models import Operation

# ---- the order


def test_arrows_move_by_one_place_in_one_operation(desk):
    before = Operation.objects.count()

    answer = desk.post(f"{LIST}negotiating/up/")

    assert answer.status_code == 303
    assert order() == ["active", "negotiating", "contract-signed", "on-hold", "inactive", "unreliable"]
    assert Operation.objects.count() == before + 1
    desk.post(f"{LIST}negotiating/down/")
    assert order() == CODES


def test_at_the_ends_of_the_list_nothing_moves(desk):
    before = Operation.objects.count()

    desk.post(f"{LIST}active/up/")
    desk.post(f"{LIST}unreliable/down/")

    assert (order(), Operation.objects.count()) == (CODES, before)


def test_a_drag_puts_it_before_another_one_or_at_the_end(desk):
    desk.post(f"{LIST}unreliable/move/", {"before": "contract-signed"})
    assert order() == ["active", "unreliable", "contract-signed", "negotiating", "on-hold", "inactive"]

    desk.post(f"{LIST}active/move/", {"before": ""})
    assert order() == ["unreliable", "contract-signed", "negotiating", "on-hold", "inactive", "active"]
    assert places() == [1, 2, 3, 4, 5, 6]
    for nonsense in ("nowhere", "a\x00b"):
        assert desk.post(f"{LIST}active/move/", {"before": nonsense}).status_code == 404


def test_stopped_ones_keep_their_place(desk):
    desk.post(f"{LIST}negotiating/stop/")

    assert order() == CODES


def test_a_move_does_not_disturb_somebody_who_is_editing(desk):
    form = read(desk, "on-hold")
    desk.post(f"{LIST}on-hold/up/")

    answer = desk.post(f"{LIST}on-hold/edit/", form | {"name": "Waiting"})

    assert answer.status_code == 303
    assert Status.objects.get(code="on-hold").name == "Waiting"


# ---- history


def test_its_history_says_who_when_and_from_what_to_what(desk):
    desk.post(f"{LIST}on-hold/edit/", read(desk, "on-hold") | {"name": "Waiting", "color": "red"})
    desk.post(f"{LIST}on-hold/stop/")

    entries = desk.get(f"{LIST}on-hold/history/").context["entries"]

    told = [
        (entry.who, story.title, [(line.label, line.old, line.new) for line in story.lines])
        for entry in entries
        for story in entry.stories
    ]
    assert told[:2] == [
        ("ivo", "Stopped", []),
        ("ivo", "", [("Name", "On hold", "Waiting"), ("Colour", "amber", "red")]),
    ]
    assert (len(told), told[2][1]) == (3, "Added")


@pytest.mark.parametrize("before", ["x", "9" * 40, "-1", "٣"])
def test_a_strange_place_in_history_is_no_failure(desk, before):
    assert desk.get(f"{LIST}on-hold/history/", {"before": before}).status_code == 200
