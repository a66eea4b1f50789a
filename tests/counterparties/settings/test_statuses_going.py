"""The status that is the default, and what becomes of statuses that are stopped or deleted."""

import pytest
from django.utils import timezone

from counterparties.models import Counterparty, Status
from tests.counterparties.settings.statuses import LIST, order, places, read
from tests.factories import make_counterparty
from trail.models import Operation

# ---- the default


def test_making_another_one_the_default_lets_the_old_one_go_in_the_same_operation(desk):
    desk.post(f"{LIST}negotiating/edit/", read(desk, "negotiating") | {"is_default": "on"})

    assert list(Status.objects.filter(is_default=True).values_list("code", flat=True)) == ["negotiating"]
    operations = {Status.objects.get(code=code).history.latest().operation_id for code in ("active", "negotiating")}
    assert len(operations) == 1


def test_a_new_status_may_be_the_default(desk):
    desk.post(f"{LIST}new/", {"code": "fresh", "name": "Fresh", "color": "teal", "is_default": "on"})

    assert list(Status.objects.filter(is_default=True).values_list("code", flat=True)) == ["fresh"]


def test_the_default_stays_when_its_form_is_saved(desk):
    desk.post(f"{LIST}active/edit/", read(desk, "active") | {"name": "At work"})

    assert Status.objects.get(code="active").is_default


def test_a_stopped_status_does_not_become_the_default(desk):
    desk.post(f"{LIST}inactive/stop/")

    answer = desk.post(f"{LIST}inactive/edit/", read(desk, "inactive") | {"is_default": "on"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["is_default"]


@pytest.mark.parametrize("act", ["stop", "delete"])
def test_the_default_is_neither_stopped_nor_deleted(desk, act):
    answer = desk.post(f"{LIST}active/{act}/", {"confirmed": "1"})

    assert answer.status_code == 422
    assert "Tick another status for that first." in answer.content.decode()
    assert not Status.objects.get(code="active").is_stopped


# ---- stop, start, delete


def test_a_stopped_status_keeps_its_counterparties_and_is_offered_to_no_new_one(desk, client, admin):
    signed = Status.objects.get(code="contract-signed")
    firm = make_counterparty("Firm", status=signed)

    answer = desk.post(f"{LIST}contract-signed/stop/")

    client.force_login(admin)
    assert answer.status_code == 303
    assert Counterparty.objects.get().status == signed
    assert 'value="contract-signed"' not in client.get("/counterparties/new/").content.decode()
    assert 'value="contract-signed" selected' in client.get(f"/counterparties/{firm.pk}/edit/").content.decode()


def test_stopping_and_starting_are_operations_and_twice_is_once(desk):
    before = Operation.objects.count()
    desk.post(f"{LIST}inactive/stop/")
    again = desk.post(f"{LIST}inactive/stop/", follow=True)
    desk.post(f"{LIST}inactive/start/")

    assert "was stopped already" in again.content.decode()
    assert not Status.objects.get(code="inactive").is_stopped
    assert Operation.objects.count() == before + 2


def test_deleting_asks_first(desk):
    asked = desk.post(f"{LIST}unreliable/delete/")
    assert asked.status_code == 200
    assert 'name="confirmed" value="1"' in asked.content.decode()
    assert Status.objects.filter(code="unreliable").exists()

    answer = desk.post(f"{LIST}unreliable/delete/", {"confirmed": "1"})
    assert answer.status_code == 303
    assert not Status.objects.filter(code="unreliable").exists()


def test_what_is_left_closes_up(desk):
    desk.post(f"{LIST}negotiating/delete/", {"confirmed": "1"})

    assert order() == ["active", "contract-signed", "on-hold", "inactive", "unreliable"]
    assert places() == [1, 2, 3, 4, 5]


def test_deleting_a_status_in_use_is_refused_with_the_number_the_link_and_the_offer_to_stop(desk):
    held = Status.objects.get(code="on-hold")
    make_counterparty("One", status=held)
    make_counterparty("Two", status=held, archived_at=timezone.now())

    answer = desk.post(f"{LIST}on-hold/delete/", {"confirmed": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 counterparties have it." in page
    assert 'href="/counterparties/?status=on-hold&amp;archived=all"' in page
    assert 'action="/settings/statuses/on-hold/stop/"' in page
    assert Status.objects.filter(code="on-hold").exists()


def test_a_status_that_is_not_there_is_not_found(desk):
    for act in ("edit", "delete", "history"):
        assert desk.get(f"{LIST}nowhere/{act}/").status_code == 404
    for act in ("stop", "start", "up", "down", "move"):
        assert desk.post(f"{LIST}nowhere/{act}/").status_code == 404
