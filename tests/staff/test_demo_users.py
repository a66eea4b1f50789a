"""A real office does not open with people whose passwords everybody knows."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm import checks, starting
from staff.models import User


def test_the_office_does_not_open_with_demo_users(admin, anna, settings):
    settings.DEMO = False

    with pytest.raises(SystemExit, match=r"admin, anna\. Run: python manage\.py remove_demo_users"):
        starting.refuse_known_passwords()


def test_a_demo_office_opens_with_them(admin, settings):
    settings.DEMO = True

    assert starting.refuse_known_passwords() is None


def test_a_colleague_of_the_same_name_with_an_own_password_is_nobodys_demo(db, settings):
    settings.DEMO = False
    User.objects.create_user("anna", password="her own long word")

    assert starting.refuse_known_passwords() is None


def test_the_check_of_the_database_tells_how_to_remove_them(anna, settings):
    settings.DEMO = False

    found = checks.known_passwords(databases=["default"])

    assert [(each.id, "remove_demo_users" in each.hint) for each in found] == [("crm.E007", True)]
    assert checks.known_passwords(databases=None) == []


def test_removing_them_disables_and_keeps_them(admin, anna, settings, capsys):
    settings.DEMO = False

    call_command("remove_demo_users")

    assert capsys.readouterr().out == "disabled=2 admin anna\n"
    assert list(User.objects.values_list("username", "is_active")) == [("admin", False), ("anna", False)]
    assert anna.history.latest().operation.kind == "command"
    assert starting.refuse_known_passwords() is None


def test_removing_them_twice_does_nothing_more(anna, capsys):
    call_command("remove_demo_users")
    before = anna.history.count()

    call_command("remove_demo_users")

    assert capsys.readouterr().out.splitlines()[-1] == "disabled=0"
    assert anna.history.count() == before


def test_the_check_lets_a_database_of_the_release_before_be_migrated(admin, settings):
    """It runs before the tables get the columns of this release, so it asks for none but the oldest."""
    settings.DEMO = False

    with CaptureQueriesContext(connection) as asked:
        checks.known_passwords(databases=["default"])

    [sql] = [each["sql"] for each in asked if "staff_user" in each["sql"] and "password" in each["sql"]]
    assert set(re.findall(r'"staff_user"\."(\w+)"', sql)) == {"username", "password", "is_active"}
