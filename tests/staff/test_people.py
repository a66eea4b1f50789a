"""The people of the office: taken in, given roles, let go; by administrators and nobody else."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from zeal import zeal_ignore

from staff.domain import people
from staff.models import User
from tests.factories import let_in, make_counterparty
from trail.models import Operation

LIST = "/people/"
PASSWORD = "Blue-door-2026"
#: What a new person's form sends.
NEW = {"first_name": "Petar", "last_name": "Donev", "username": "petar", "email": "", "password": PASSWORD}


@pytest.fixture(autouse=True)
def historys_own_way():
    """For each change of somebody's roles history reads the person once more. The list has its own count."""
    with zeal_ignore():
        yield


def form_of(client, user):
    """What the form of somebody would send back untouched."""
    form = client.get(f"{LIST}{user.username}/edit/").context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in sent.items() if value not in (None, False, "")}


def ids(*names):
    return [Group.objects.get(name=name).pk for name in names]


def test_somebody_new_is_taken_in_with_roles_and_logs_in(boss):
    answer = boss.post(f"{LIST}new/", {**NEW, "roles": ids("Sales", "Bookkeeping")})

    petar = User.objects.get(username="petar")
    assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
    assert (str(petar), petar.is_superuser, petar.is_active) == ("Petar Donev", False, True)
    assert {each.name for each in petar.groups.all()} == {"Sales", "Bookkeeping"}
    assert Client().login(username="petar", password=PASSWORD)
    made = Operation.objects.latest("pk")
    assert (made.kind, made.user.username) == ("people", "admin")
    assert {each.operation for each in petar.history.all()} == {made}


def test_case_makes_no_other_person_in_any_alphabet(boss):
    boss.post(f"{LIST}new/", {**NEW, "username": "Иван"})

    twin = boss.post(f"{LIST}new/", {**NEW, "username": "ИВАН"})

    assert "Somebody logs in with this name already." in twin.content.decode()
    assert Client().login(username="иван", password=PASSWORD)


@pytest.mark.parametrize("name", ["..", "\u3164"])
def test_a_user_name_can_stand_in_an_address(boss, name):
    answer = boss.post(f"{LIST}new/", {**NEW, "username": name})

    assert "A user name holds at least one letter or digit." in answer.content.decode()


def test_the_message_promises_no_taking_back(boss):
    page = boss.post(f"{LIST}new/", NEW, follow=True).content.decode()

    assert "Petar Donev is one of the people of the office now." in page
    assert "/undo/" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"username": ""}, "This field is required."),
        ({"username": "ANNA"}, "Somebody logs in with this name already."),
        ({"email": "anna@office.example"}, "Somebody logs in with this e-mail already."),
        ({"password": ""}, "This field is required."),
        ({"password": "short"}, "at least 10 characters"),
        ({"password": "petar12345", "username": "petar12345"}, "too similar to the"),
        ({"roles": ["987654321"]}, "987654321 is not one of the available choices."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(boss, anna, typed, sentence):
    anna.email = "anna@office.example"
    anna.save()

    answer = boss.post(f"{LIST}new/", NEW | typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert not User.objects.filter(username="petar").exists()


def test_roles_and_the_right_to_the_settings_are_given_and_taken(boss, anna):
    boss.post(f"{LIST}anna/edit/", form_of(boss, anna) | {"roles": ids("Managers"), "manages_settings": "on"})

    found = User.objects.get(username="anna")
    assert [each.name for each in found.groups.all()] == ["Managers"]
    assert found.has_perm("staff.manage_settings")

    sent = form_of(boss, anna)
    del sent["manages_settings"]
    boss.post(f"{LIST}anna/edit/", sent)

    assert not User.objects.get(username="anna").has_perm("staff.manage_settings")


def test_a_form_sent_back_untouched_changes_nothing(boss, anna):
    before = anna.history.count()

    boss.post(f"{LIST}anna/edit/", form_of(boss, anna))

    kept = User.objects.get(username="anna")
    assert anna.history.count() == before
    assert (kept.password, kept.is_active) == (anna.password, True)


def test_a_new_password_counts_and_an_empty_one_leaves_the_old(boss, anna):
    boss.post(f"{LIST}anna/edit/", form_of(boss, anna) | {"password": PASSWORD})

    assert Client().login(username="anna", password=PASSWORD)
    boss.post(f"{LIST}anna/edit/", form_of(boss, anna) | {"first_name": "Ana"})
    assert Client().login(username="anna", password=PASSWORD)


def test_whoever_leaves_logs_in_no_more_and_stays_in_the_list(boss, anna):
    sent = form_of(boss, anna)
    del sent["is_active"]

    boss.post(f"{LIST}anna/edit/", sent)

    assert not User.objects.get(username="anna").is_active
    assert "logs in no more" in boss.get(LIST).content.decode()


def test_two_administrators_do_not_save_over_each_other(boss, admin, anna):
    opened = form_of(boss, anna)
    people.keep_person(
        people.colleagues().get(pk=anna.pk),
        people.Said({"first_name": "Ani"}, Group.objects.filter(name="Managers"), manages_settings=False),
        by=admin,
        seen=str(people.version_of(anna)),
    )

    answer = boss.post(f"{LIST}anna/edit/", opened | {"last_name": "Petrova"})

    kept = User.objects.get(username="anna")
    assert answer.status_code == 409
    assert "Somebody else changed this person while you were editing." in answer.content.decode()
    assert "Petrova" in answer.content.decode()
    assert (kept.first_name, kept.last_name, [each.name for each in kept.groups.all()]) == ("Ani", "", ["Managers"])


def test_nobody_takes_the_administration_from_themselves(boss, admin):
    sent = {**form_of(boss, admin), "first_name": "Ada"}
    del sent["is_superuser"], sent["is_active"]

    boss.post(f"{LIST}admin/edit/", sent)

    kept = User.objects.get(username="admin")
    assert (kept.first_name, kept.is_superuser, kept.is_active) == ("Ada", True, True)


def test_the_last_administrator_stays_one(admin, anna):
    assert people.is_last_administrator(admin)

    anna.is_superuser = True
    anna.save()

    assert not people.is_last_administrator(admin)


def test_history_tells_who_let_somebody_change_the_settings(boss, anna):
    boss.post(f"{LIST}anna/edit/", {**form_of(boss, anna), "manages_settings": "on"})

    made = Operation.objects.latest("pk")
    page = boss.get(f"/operations/{made.pk}/").content.decode()
    assert (made.kind, made.user.username) == ("people", "admin")
    assert re.search(r"Changes the settings.*?No.*?Yes", page, re.DOTALL)

    sent = form_of(boss, anna)
    del sent["manages_settings"]
    boss.post(f"{LIST}anna/edit/", sent)
    page = boss.get(f"/operations/{Operation.objects.latest('pk').pk}/").content.decode()
    assert re.search(r"Changes the settings.*?Yes.*?No", page, re.DOTALL)


def test_two_who_unmake_each_other_leave_one_of_them(boss, admin, anna, monkeypatch):
    anna.is_superuser = True
    anna.save()
    sent = form_of(boss, anna)
    del sent["is_superuser"]

    def meanwhile(person):
        """The form was judged; then she unmade him."""
        User.objects.filter(pk=admin.pk).update(is_active=False)
        return False

    monkeypatch.setattr(people, "is_last_administrator", meanwhile)
    answer = boss.post(f"{LIST}anna/edit/", sent)

    assert answer.status_code == 422
    assert "Nobody else is an administrator." in answer.content.decode()
    assert User.objects.get(pk=anna.pk).is_superuser


def test_people_are_found_by_name_and_role(boss, anna, boris):
    def listed(question):
        return [each.username for each in boss.get(LIST, {"q": question}).context["rows"]]

    assert listed("bookk") == ["boris"]
    assert listed("ANNA") == ["anna"]
    assert listed("nobody at all") == []


def test_a_client_who_logs_in_is_none_of_the_people(boss, admin, client_type):
    guest = let_in(make_counterparty(types=[client_type], email="office@firma.example"), by=admin)

    assert guest.username not in boss.get(LIST).content.decode()
    assert boss.get(f"{LIST}{guest.username}/edit/").status_code == 404


def test_to_everybody_else_the_pages_are_closed(client, anna, ivo):
    for user in (anna, ivo):
        client.force_login(user)
        for address in (
            LIST,
            f"{LIST}new/",
            f"{LIST}anna/edit/",
            "/roles/",
            "/roles/new/",
            f"/roles/{Group.objects.get(name='Sales').pk}/delete/",
        ):
            assert client.get(address).status_code == 403
            assert client.post(address, NEW).status_code in (403, 405)
        assert "/people/" not in client.get("/profile/").content.decode()


@pytest.mark.parametrize("many", [1, 3, 40])
def test_the_list_asks_the_same_however_many_there_are(boss, django_assert_num_queries, many):
    role = Group.objects.get(name="Sales")
    for number in range(many):
        User.objects.create_user(f"user{number}").groups.add(role)
    boss.get(LIST)

    with django_assert_num_queries(8):
        boss.get(LIST)
