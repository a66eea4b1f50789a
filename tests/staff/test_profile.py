"""My own page."""

import pytest
from django.test import Client
from zeal import zeal_ignore

from staff.models import User
from trail.models import Operation

TYPED = {
    "first_name": "Anna",
    "last_name": "Petrova",
    "email": "anna@office.example",
    "language": "en",
    "theme": "dark",
    "rows": "30",
    "job_mail": "none",
}


@pytest.fixture
def inside(client, anna):
    client.force_login(anna)
    return client


def test_anna_changes_her_names_and_preferences(inside, anna):
    answer = inside.post("/profile/", TYPED)

    anna.refresh_from_db()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/profile/")
    assert (str(anna), anna.email, anna.theme, anna.rows) == ("Anna Petrova", "anna@office.example", "dark", 30)
    assert '<html lang="en" dir="ltr" data-bs-theme="dark">' in inside.get("/profile/").content.decode()


def test_the_change_is_recorded_as_one_of_the_profile(inside, anna):
    inside.post("/profile/", TYPED)

    recorded = anna.history.latest()
    assert (recorded.operation.kind, recorded.operation.user, recorded.theme) == ("profile", anna, "dark")


def test_saving_it_unchanged_records_nothing(inside, anna):
    inside.post("/profile/", TYPED)
    before = Operation.objects.count()

    inside.post("/profile/", TYPED)

    assert Operation.objects.count() == before


def test_nobody_raises_themselves(inside, anna):
    inside.post(
        "/profile/", TYPED | {"is_superuser": "1", "is_staff": "1", "groups": "3", "username": "boss", "is_active": ""}
    )

    anna.refresh_from_db()
    assert (anna.is_superuser, anna.is_staff, anna.username, anna.is_active) == (False, False, "anna", True)
    assert [role.name for role in anna.groups.all()] == ["Sales"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [("email", "no e-mail"), ("language", "xx"), ("theme", "pink"), ("rows", "7"), ("first_name", "x" * 151)],
)
def test_a_wrong_value_is_told_beside_its_field_and_all_typed_is_kept(inside, anna, field, typed):
    answer = inside.post("/profile/", TYPED | {"last_name": "Kept"} | {field: typed})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Kept"' in answer.content.decode()
    anna.refresh_from_db()
    assert anna.last_name == ""


def test_an_e_mail_of_a_colleague_is_refused_for_it_opens_the_door(inside, boris):
    User.objects.filter(pk=boris.pk).update(email="boris@office.example")

    answer = inside.post("/profile/", TYPED | {"email": "Boris@office.example"})

    assert answer.status_code == 422


def test_names_are_kept_clean(inside, anna):
    inside.post("/profile/", TYPED | {"first_name": "  An\u202ena\x07 "})

    anna.refresh_from_db()
    assert anna.first_name == "Anna"


def test_a_new_password_opens_the_door_and_keeps_this_browser_in(inside, client, anna):
    before = anna.history.count()
    answer = inside.post(
        "/profile/password/",
        {"old_password": "anna-demo", "new_password1": "one quiet word", "new_password2": "one quiet word"},
    )

    anna.refresh_from_db()
    assert answer.status_code == 303
    assert anna.check_password("one quiet word")
    assert inside.get("/profile/").status_code == 200
    assert anna.history.count() == before + 1


def test_a_new_password_puts_other_browsers_out(inside, anna):
    elsewhere = Client()
    elsewhere.force_login(anna)

    inside.post(
        "/profile/password/",
        {"old_password": "anna-demo", "new_password1": "one quiet word", "new_password2": "one quiet word"},
    )

    with zeal_ignore():  # Django reads the dead session once more to delete it
        assert elsewhere.get("/profile/").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", "one quiet word", "one quiet word"),
        ("anna-demo", "short", "short"),
        ("anna-demo", "one quiet word", "other"),
    ],
)
def test_a_password_is_not_changed_by_mistake(inside, anna, old, new, again):
    answer = inside.post("/profile/password/", {"old_password": old, "new_password1": new, "new_password2": again})

    anna.refresh_from_db()
    assert answer.status_code == 422
    assert anna.check_password("anna-demo")
