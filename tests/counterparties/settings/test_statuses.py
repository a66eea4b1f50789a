"""The statuses in the settings: their list, and the form of one."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.models import Status
from tests.counterparties.settings.statuses import CODES, LIST, order, places, read
from tests.factories import make_counterparty
from trail.models import Operation

# ---- the list


def test_the_list_shows_them_in_the_offices_order_with_their_numbers(client, admin):
    client.force_login(admin)
    signed = Status.objects.get(code="contract-signed")
    make_counterparty("One", status=signed)
    make_counterparty("Two", status=signed)
    make_counterparty("Gone", status=signed, archived_at=timezone.now())

    answer = client.get(LIST)

    rows = answer.context["rows"]
    assert [row.status.code for row in rows] == CODES
    assert (rows[1].count.current, rows[1].count.archived, rows[1].count.others) == (2, 1, 0)
    page = answer.content.decode()
    assert 'href="/counterparties/?status=contract-signed">2</a>' in page
    assert 'href="/counterparties/?status=contract-signed&amp;archived=yes">+ 1 archived</a>' in page


def test_only_those_the_reader_may_view_are_counted_and_others_are_told(desk):
    make_counterparty("One")

    rows = desk.get(LIST).context["rows"]

    assert (rows[0].count.current, rows[0].count.others) == (0, 1)


def test_a_stopped_status_is_shown_muted_with_the_offer_to_start_it(desk):
    desk.post(f"{LIST}inactive/stop/")

    page = desk.get(LIST).content.decode()

    row = re.search(r'<tr id="inactive" class="stopped".*?</tr>', page, re.DOTALL).group()
    assert "/settings/statuses/inactive/start/" in row
    assert "/settings/statuses/inactive/stop/" not in row


def test_the_search_box_narrows_the_list_and_takes_the_arrows_away(desk):
    page = desk.get(LIST, {"q": "SIGN"})

    assert [row.status.code for row in page.context["rows"]] == ["contract-signed"]
    assert "/up/" not in page.content.decode()


def test_a_search_without_an_answer_says_what_to_do(desk):
    assert "No status answers" in desk.get(LIST, {"q": "zzz"}).content.decode()


def test_the_list_costs_the_same_for_few_and_for_many(desk):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST)
        return len(asked)

    cost()
    few = cost()
    for number in range(44):
        status = Status.objects.create(code=f"s{number}", name=f"S {number}", position=number + 7)
        make_counterparty(status=status)

    assert cost() == few
    assert few <= 14


# ---- the form


def test_a_new_status_stands_last(desk, ivo):
    answer = desk.post(f"{LIST}new/", {"code": "Lost", "name": "Lost", "color": "red", "name_bg": "Загубен"})

    assert answer.status_code == 303
    made = Status.objects.get(code="lost")
    assert (made.position, made.color, made.name_bg, made.is_default) == (7, "red", "Загубен", False)
    recorded = made.history.get()
    assert (recorded.operation.kind, recorded.operation.user) == ("settings", ivo)


def test_a_new_status_may_ask_for_a_place(desk):
    desk.post(f"{LIST}new/", {"code": "lost", "name": "Lost", "color": "red", "position": "2"})

    assert order()[:3] == ["active", "lost", "contract-signed"]
    assert places() == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"code": ""}, "code", "This field is required."),
        ({"code": "Загубен клиент"}, "code", "“zaguben-klient” would do"),
        ({"code": "lost one"}, "code", "“lost-one” would do"),
        ({"code": "active"}, "code", "“active” is the code of Active already."),
        ({"code": "INACTIVE"}, "code", "“inactive” is the code of Inactive, which is stopped."),
        ({"code": "x" * 33}, "code", "at most 32 characters"),
        ({"name": "  "}, "name", "This field is required."),
        ({"name": "x" * 201}, "name", "at most 200 characters"),
        ({"name": "a\x00b"}, "name", "Null characters are not allowed."),
        ({"color": "pink"}, "color", "Select a valid choice."),
        ({"position": "-1"}, "position", "greater than or equal to 1"),
        ({"position": "9" * 30}, "position", "less than or equal to"),
        ({"position": "third"}, "position", "Enter a whole number."),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(desk, typed, field, sentence):
    Status.objects.filter(code="inactive").update(stopped_at=timezone.now())

    answer = desk.post(f"{LIST}new/", {"code": "lost", "name": "Lost", "color": "red"} | typed)

    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    assert form[field].value() == typed[field]
    assert Status.objects.count() == 6


def test_a_status_is_changed_and_its_code_stays(desk, ivo):
    answer = desk.post(f"{LIST}on-hold/edit/", read(desk, "on-hold") | {"name": "Waiting", "code": "other"})

    status = Status.objects.get(code="on-hold")
    assert answer.status_code == 303
    assert (status.name, status.position, status.version) == ("Waiting", 4, 2)
    assert status.history.latest().operation.user == ivo


def test_nothing_changed_is_nothing_written(desk):
    before = Operation.objects.count()

    answer = desk.post(f"{LIST}on-hold/edit/", read(desk, "on-hold"), follow=True)

    assert "Nothing was changed." in answer.content.decode()
    assert (Operation.objects.count(), Status.objects.get(code="on-hold").version) == (before, 1)


def test_a_form_without_its_version_is_refused(desk):
    answer = desk.post(f"{LIST}on-hold/edit/", {"name": "Waiting", "color": "red", "position": "4"})

    assert answer.status_code == 422
    assert Status.objects.get(code="on-hold").name == "On hold"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000, "1\x00", "٣٣"])
def test_a_version_that_is_none_changes_nothing(desk, version):
    answer = desk.post(f"{LIST}on-hold/edit/", read(desk, "on-hold") | {"name": "Waiting", "version": version})

    assert answer.status_code in (409, 422)
    assert Status.objects.get(code="on-hold").name == "On hold"


@pytest.mark.parametrize("opened", ["", "yesterday", "0001-01-01T00:00:00", "0001-01-01T00:00:00+14:00"])
def test_a_conflict_is_told_even_when_the_form_does_not_say_when_it_was_opened(desk, opened):
    sent = read(desk, "on-hold")
    desk.post(f"{LIST}on-hold/stop/")

    answer = desk.post(f"{LIST}on-hold/edit/", sent | {"name": "Waiting", "opened": opened})

    assert answer.status_code == 409
    assert [(row["was"], row["mine"]) for row in answer.context["rows"]] == [("", "Waiting")]


def test_the_second_of_two_savers_sees_both_versions_and_loses_nothing(desk, admin):
    other = Client()
    other.force_login(admin)
    mine, theirs = read(desk, "on-hold"), read(other, "on-hold")
    other.post(f"{LIST}on-hold/edit/", theirs | {"name": "Waiting"})

    answer = desk.post(f"{LIST}on-hold/edit/", mine | {"name": "Paused", "color": "red"})

    rows = {row["label"]: (row["was"], row["theirs"], row["mine"], row["is_clash"]) for row in answer.context["rows"]}
    assert answer.status_code == 409
    assert rows == {
        "Name": ("On hold", "Waiting", "Paused", True),
        "Colour": ("amber", "amber", "red", False),
    }
    assert "admin saved this record while you were editing it." in answer.content.decode()
    assert Status.objects.get(code="on-hold").name == "Waiting"
    sent = dict(answer.context["sent"])
    assert desk.post(f"{LIST}on-hold/edit/", sent).status_code == 303
    assert Status.objects.get(code="on-hold").name == "Paused"


def test_after_a_conflict_one_may_go_on_editing(desk):
    sent = read(desk, "on-hold") | {"name": "Paused", "show_fields": "1"}

    answer = desk.post(f"{LIST}on-hold/edit/", sent)

    assert answer.status_code == 200
    assert answer.context["form"]["name"].value() == "Paused"
    assert Status.objects.get(code="on-hold").name == "On hold"
