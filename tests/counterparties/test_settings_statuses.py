"""The statuses in the settings: their list, their order, the one that is the default."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counterparties.models import Counterparty, Status
from tests.factories import make_counterparty
from trail.models import Operation

LIST = "/settings/statuses/"
CODES = ["active", "contract-signed", "negotiating", "on-hold", "inactive", "unreliable"]


@pytest.fixture
def desk(client, ivo):
    """Ivo at the settings."""
    client.force_login(ivo)
    return client


def order():
    return list(Status.objects.order_by("position").values_list("code", flat=True))


def places():
    return sorted(Status.objects.values_list("position", flat=True))


def read(desk, code):
    """What a browser would send of the form as it was just read."""
    form = desk.get(f"{LIST}{code}/edit/").context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: "" if value is None else value for name, value in values.items() if value is not False}


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
