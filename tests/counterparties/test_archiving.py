"""Archiving hides and never deletes; restoring brings back as it was."""

import pytest

from counterparties.domain import archiving
from counterparties.models import Counterparty
from desk.models import Stale
from tests.factories import make_counterparty
from trail.models import Operation


def page_of(counterparty, act):
    return f"/counterparties/{counterparty.pk}/{act}/"


def test_the_question_names_the_thing_and_changes_nothing(desk):
    danube = make_counterparty("Danube & Co")
    danube.contacts.create(name="Ivan")

    page = desk.get(page_of(danube, "archive")).content.decode()

    assert "“Danube &amp; Co” (" in page
    assert "Its card, history and documents stay" in page
    assert "Kept with it: 1 contact." in page
    assert not Counterparty.objects.get().is_archived


def test_archiving_and_restoring_leave_their_lines_in_history(desk, anna):
    danube = make_counterparty("Danube")

    archived = desk.post(page_of(danube, "archive"), {"reason": "Closed down", "version": 1})
    assert Counterparty.objects.get().is_archived
    restored = desk.post(page_of(danube, "restore"), {"version": 2})

    assert (archived.status_code, archived["Location"]) == (303, f"/counterparties/{danube.pk}/")
    assert restored.status_code == 303
    assert not Counterparty.objects.get().is_archived
    acts = Operation.objects.filter(kind__in=["archive", "restore"]).order_by("pk")
    assert [(each.kind, each.user, each.reason) for each in acts] == [
        ("archive", anna, "Closed down"),
        ("restore", anna, ""),
    ]
    assert [row.operation for row in danube.history.all()[:2]] == list(acts)[::-1]


def test_archiving_twice_is_said_and_written_once(desk):
    danube = make_counterparty("Danube")

    desk.post(page_of(danube, "archive"))
    answer = desk.post(page_of(danube, "archive"))

    assert answer.status_code == 303
    assert Operation.objects.filter(kind="archive").count() == 1
    assert Counterparty.objects.get().version == 2


def test_every_type_must_grant_the_right(desk, client_type, supplier_type, bank_type):
    both = make_counterparty("Both", [client_type, supplier_type])
    unseen = make_counterparty("Bank", [bank_type])

    for act in ("archive", "restore"):
        assert desk.get(page_of(both, act)).status_code == 403
        assert desk.post(page_of(both, act)).status_code == 403
        assert desk.post(page_of(unseen, act)).status_code == 404
    assert not Counterparty.objects.archived().exists()


def test_what_was_changed_meanwhile_is_looked_at_once_more(desk, anna):
    danube = make_counterparty("Danube")
    Counterparty.objects.get().claim(1)

    answer = desk.post(page_of(danube, "archive"), {"version": 1, "reason": "Closed"})

    assert answer.status_code == 409
    assert 'value="Closed"' in answer.content.decode()
    assert not Counterparty.objects.get().is_archived
    with pytest.raises(Stale):
        archiving.archive(danube, by=anna, seen=1)


@pytest.mark.parametrize("reason", ["x" * 501, "a\x00b"])
def test_a_reason_that_cannot_be_kept_is_refused(desk, reason):
    danube = make_counterparty("Danube")

    answer = desk.post(page_of(danube, "archive"), {"reason": reason})

    assert answer.status_code in {303, 422}
    assert "\x00" not in "".join(Operation.objects.values_list("reason", flat=True))
    assert Counterparty.objects.get().is_archived is (answer.status_code == 303)


def test_a_page_that_acts_takes_no_other_ways_in(desk):
    danube = make_counterparty("Danube")

    assert desk.put(page_of(danube, "archive")).status_code == 405
    assert desk.head(page_of(danube, "archive")).status_code == 200
    assert not Counterparty.objects.get().is_archived


def test_archiving_and_restoring_sit_in_the_card_of_those_who_may(desk, client_type, supplier_type):
    danube, both = make_counterparty("Danube"), make_counterparty("Both", [client_type, supplier_type])

    at_work = desk.get(page_of(danube, "edit")).content.decode()
    not_mine = desk.get(page_of(both, "edit")).content.decode()
    desk.post(page_of(danube, "archive"))
    archived = desk.get(page_of(danube, "edit")).content.decode()

    assert f'href="{page_of(danube, "archive")}"' in at_work
    assert page_of(both, "archive") not in not_mine
    assert f'href="{page_of(danube, "restore")}"' in archived
