"""Who set a password and when, and who passed the door: administrators read it, the password nobody."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.management import call_command
from django.test import Client
from zeal import zeal_ignore

from staff.domain import passing
from staff.models import Passage, User
from tests.factories import let_in, make_counterparty
from trail.models import Operation

NEW = "one quiet word"
AGAIN = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture(autouse=True)
def historys_own_way():
    with zeal_ignore():
        yield


def by_the_administrator(admin, anna):
    desk = Client()
    desk.force_login(admin)
    form = desk.get("/people/anna/edit/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False, "")}
    desk.post("/people/anna/edit/", sent | {"password": NEW})


def in_the_administration(admin, anna):
    desk = Client()
    desk.force_login(admin)
    sent = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    desk.post(f"/admin/staff/user/{anna.pk}/password/", sent)


def in_her_profile(_admin, anna):
    desk = Client()
    desk.force_login(anna)
    desk.post("/profile/password/", {"old_password": "anna-demo", **AGAIN})


def by_the_link_of_a_letter(_admin, anna):
    desk = Client()
    desk.post("/password/forgotten/", {"email": anna.email})
    link = next(word for word in mail.outbox[-1].body.split() if "/password/new/" in word)
    page = desk.get(link, follow=True)
    desk.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})


def by_the_command(_admin, anna):
    call_command("changepassword", anna.username)


WAYS = [
    (by_the_administrator, "people", "admin"),
    (in_the_administration, "admin", "admin"),
    (in_her_profile, "profile", "anna"),
    (by_the_link_of_a_letter, "forgotten", "anna"),
    (by_the_command, "command", None),
]


@pytest.mark.parametrize(("way", "kind", "by"), WAYS, ids=[way.__name__ for way, _kind, _by in WAYS])
def test_whoever_sets_a_password_is_told_and_other_sessions_end(admin, anna, settings, monkeypatch, way, kind, by):
    settings.SENDS_MAIL = True
    monkeypatch.setattr("getpass.getpass", lambda **_asked: NEW)
    User.objects.filter(pk=anna.pk).update(email="anna@office.example")
    anna.refresh_from_db()
    elsewhere, boss = Client(), Client()
    elsewhere.force_login(anna)

    way(admin, anna)

    kept, made = User.objects.get(pk=anna.pk), Operation.objects.latest("pk")
    assert kept.check_password(NEW)
    assert (made.kind, made.user and made.user.username) == (kind, by)
    assert kept.history.latest().operation == made
    assert elsewhere.get("/profile/").status_code == 302
    boss.force_login(admin)
    told = boss.get("/people/anna/edit/").content.decode()
    assert re.search(rf"Password set</span>.*?operations/{made.pk}/", told, re.DOTALL)
    assert NEW not in told
    assert kept.password not in told


def test_an_administrator_who_gives_himself_a_password_stays_in(boss, admin):
    form = boss.get("/people/admin/edit/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False, "")}

    boss.post("/people/admin/edit/", sent | {"password": NEW})

    assert User.objects.get(pk=admin.pk).check_password(NEW)
    assert boss.get("/people/").status_code == 200


def test_a_client_who_changes_his_password_is_told_of_too(admin, client_type):
    guest = let_in(make_counterparty(types=[client_type], email="office@firma.example"), by=admin)
    guest.set_password("an older word")
    guest.save(update_fields=["password"])
    desk = Client()
    desk.force_login(guest)

    desk.post("/portal/password/", {"old_password": "an older word", **AGAIN})

    made = Operation.objects.latest("pk")
    assert (made.kind, made.user, guest.history.latest().operation) == ("portal", guest, made)


def test_a_password_hashed_anew_is_no_change_of_anybody(client, anna, settings):
    """Django does it at the log-in when its own recipe grows stronger."""
    before = (anna.history.count(), User.objects.get(pk=anna.pk).password_set_at)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", *settings.PASSWORD_HASHERS]

    assert client.login(username="anna", password="anna-demo")

    kept = User.objects.get(pk=anna.pk)
    assert kept.password.startswith("scrypt$")
    assert (anna.history.count(), kept.password_set_at) == before


def test_the_door_is_noted_and_shown_to_administrators_alone(admin, anna):
    desk, boss = Client(REMOTE_ADDR="203.0.113.7"), Client()
    desk.post("/login/", {"login": "anna", "password": "wrong"})
    desk.post("/login/", {"login": "anna", "password": "anna-demo"})
    desk.post("/logout/")

    assert list(Passage.objects.order_by("pk").values_list("user", "sort", "address")) == [
        (anna.pk, sort, "203.0.113.7") for sort in ("wrong", "in", "out")
    ]
    boss.force_login(admin)
    told = boss.get("/people/anna/edit/").content.decode()
    assert [told.count(said) for said in ("was refused: wrong password", "logged in<", "logged out<")] == [1, 1, 1]
    assert "203.0.113.7" in told


def test_a_name_that_nobody_has_is_noted_alike_and_goes_with_the_next(client, anna):
    client.post("/login/", {"login": "anna-demo", "password": "typed into the wrong box"})
    assert list(Passage.objects.values_list("user", "sort")) == [(None, "wrong")]

    passing.came_in(anna, "")

    assert list(Passage.objects.values_list("user", "sort", "address")) == [(anna.pk, "in", None)]


def test_after_a_year_a_passage_is_forgotten(anna):
    passing.came_in(anna, "203.0.113.7")
    Passage.objects.update(at=Passage.objects.get().at - passing.TIME)

    passing.went_out(anna, "203.0.113.7")

    assert list(Passage.objects.values_list("sort", flat=True)) == ["out"]


def test_whoever_changes_the_settings_by_a_role_is_shown_so(boss, anna):
    sales = Group.objects.get(name="Sales")
    assert "settings, by a role" not in boss.get("/people/").content.decode()
    sales.permissions.add(Permission.objects.get(codename="manage_settings", content_type__app_label="staff"))

    assert "settings, by a role" in boss.get("/people/").content.decode()
    assert "by the role Sales" in boss.get("/people/anna/edit/").content.decode()
    assert "changes the settings" in boss.get("/roles/").content.decode()
    assert "Whoever plays this role changes the settings" in boss.get(f"/roles/{sales.pk}/edit/").content.decode()
    other = Group.objects.get(name="Bookkeeping")
    assert "Whoever plays this role" not in boss.get(f"/roles/{other.pk}/edit/").content.decode()
