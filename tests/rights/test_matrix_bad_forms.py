"""A matrix that was damaged or forged on its way changes nothing."""

import pytest

from rights.models import Grant
from tests.rights.matrices import CLIENTS, SUPPLIERS, read


def refused(desk, address, sent):
    before = list(Grant.objects.order_by("pk").values_list())
    answer = desk.post(address, sent | {"confirmed": "1"})
    assert list(Grant.objects.order_by("pk").values_list()) == before
    return answer.status_code


@pytest.mark.parametrize(
    "forged",
    [
        "grant-999999-view", "grant-0-view", "grant--view", "grant-٣-view", "grant-99999999999999999999-view",
        "all-client-view", "all-nothing", "grant-1", "grant-1-delete", "grant-1-client-view-view",
    ],
)  # fmt: skip
def test_a_forged_tick_is_refused(desk, forged):
    form = read(desk, CLIENTS)

    assert refused(desk, CLIENTS, form.sent | {forged: "on"}) == 422


@pytest.mark.parametrize(
    "shown", ["", "\x00", "x", "999999:view", "all:fly", "all", "1", ":", "all-client:view", "1:view;DROP", "é:view"]
)
def test_a_damaged_memory_of_the_page_is_refused(desk, shown):
    form = read(desk, CLIENTS)

    assert refused(desk, CLIENTS, form.sent | {"shown": shown}) == 422


def test_without_what_was_shown_nothing_is_done(desk):
    sent = read(desk, CLIENTS).sent

    assert refused(desk, CLIENTS, {name: value for name, value in sent.items() if name != "shown"}) == 422
    assert refused(desk, CLIENTS, {name: value for name, value in sent.items() if name != "version"}) == 422
    assert refused(desk, CLIENTS, {}) == 422


@pytest.mark.parametrize("version", ["", "x", "-1", "1" + "0" * 30])
def test_a_damaged_version_is_refused(desk, version):
    assert refused(desk, CLIENTS, read(desk, CLIENTS).sent | {"version": version}) == 422


def test_a_tick_of_a_row_that_was_not_shown_is_refused(desk, sales):
    form = read(desk, CLIENTS)

    assert refused(desk, CLIENTS, form.sent | {"shown": "all:"}) == 422


def test_a_reason_that_is_too_long_is_refused_and_every_tick_kept(desk, sales):
    form = read(desk, SUPPLIERS).tick(f"grant-{sales.pk}-export")

    answer = desk.post(SUPPLIERS, form.sent | {"reason": "x" * 501})

    assert answer.status_code == 422
    again = type(form)(answer.content.decode())
    assert again.boxes == form.boxes
    assert again.hidden["shown"] == form.hidden["shown"]
