"""Roles: made, renamed, and deleted where nothing hangs on them."""

import re

from django.contrib.auth.models import Group, Permission
from django.utils.html import strip_tags

from counterparties.models import Note, NoteReader, SavedView
from staff.domain import people
from tests.factories import make_counterparty
from trail.models import Operation

LIST = "/roles/"


def at(name, act):
    return f"{LIST}{Group.objects.get(name=name).pk}/{act}/"


def test_a_new_role_leads_to_what_it_may(boss):
    answer = boss.post(f"{LIST}new/", {"name": "Stores / transport"})

    made = Group.objects.get(name="Stores / transport")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/settings/rights/?role={made.pk}")
    assert made.history.get().operation.kind == "people"
    assert "is added. Tick what it may" in boss.get(answer.headers["Location"]).content.decode()


def test_two_roles_of_one_name_are_not_made(boss):
    answer = boss.post(f"{LIST}new/", {"name": "SALES"})

    assert answer.status_code == 422
    assert "There is a role of this name already." in answer.content.decode()


def test_case_makes_no_other_role_in_any_alphabet(boss):
    Group.objects.create(name="Продажби")

    answer = boss.post(f"{LIST}new/", {"name": "ПРОДАЖБИ"})

    assert answer.status_code == 422
    assert "There is a role of this name already." in answer.content.decode()


def test_a_role_keeps_its_people_and_rights_under_another_name(boss, anna):
    sales = Group.objects.get(name="Sales")
    rights = sales.grants.count()

    boss.post(at("Sales", "edit"), {"name": "Trade", "seen": "Sales"})

    sales.refresh_from_db()
    assert (sales.name, sales.grants.count(), [each.username for each in sales.user_set.all()]) == (
        "Trade",
        rights,
        ["anna"],
    )


def test_two_who_rename_a_role_do_not_overwrite_each_other(boss):
    address = at("Sales", "edit")
    boss.post(address, {"name": "Trade", "seen": "Sales"})

    answer = boss.post(address, {"name": "Shop", "seen": "Sales"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else renamed or deleted this role" in page
    assert 'value="Shop"' in page
    assert not Group.objects.filter(name="Shop").exists()


def test_a_name_that_somebody_takes_in_the_same_moment_is_told_at_its_field(boss, monkeypatch):
    adding = people.add_role

    def meanwhile(name, by):
        Group.objects.create(name=name)
        return adding(name, by)

    monkeypatch.setattr(people, "add_role", meanwhile)
    answer = boss.post(f"{LIST}new/", {"name": "Stores"})

    assert answer.status_code == 422
    assert "There is a role of this name already." in answer.content.decode()


def test_a_role_that_is_played_or_may_something_is_not_deleted(boss, anna):
    for answer in (boss.get(at("Sales", "delete")), boss.post(at("Sales", "delete"), {"confirmed": "1"})):
        page = answer.content.decode()
        assert "1 person plays it." in page
        assert "rights." in page
    assert Group.objects.filter(name="Sales").exists()


def test_a_role_of_nobody_goes_once_that_is_confirmed(boss):
    Group.objects.create(name="Stores / transport")
    address = at("Stores / transport", "delete")
    asked = boss.get(address)

    boss.post(address, {"confirmed": "1"})

    assert "Nobody plays the role “Stores / transport”" in asked.content.decode()
    assert not Group.objects.filter(name="Stores / transport").exists()
    assert Operation.objects.latest("pk").kind == "people"


def test_history_calls_a_role_a_role(boss):
    boss.post(f"{LIST}new/", {"name": "Stores"})

    page = boss.get(f"/operations/{Operation.objects.latest('pk').pk}/").content.decode()

    assert "Role" in page
    assert "Group" not in page


def test_history_tells_that_a_role_may_change_the_settings(boss):
    role = Group.objects.get(name="Managers")
    permission = Permission.objects.get(codename="manage_settings")

    boss.post(f"/admin/auth/group/{role.pk}/change/", {"name": role.name, "permissions": [permission.pk]})

    operation = Operation.objects.latest("pk")
    (line,) = re.findall(r'<div class="what">.*?</div>', boss.get(f"/operations/{operation.pk}/").content.decode())
    assert operation.kind == "admin"
    assert strip_tags(line.replace("</span>", " ").replace("</del>", " ")).split() == [
        *("Changes", "the", "settings", "No", "→", "became", "Yes"),
    ]


def test_the_list_counts_who_plays_a_role(boss, anna, mila):
    page = boss.get(LIST)

    rows = {each.name: (each.people, each.is_used) for each in page.context["rows"]}
    assert rows == {"Bookkeeping": (1, True), "Managers": (0, True), "Sales": (2, True)}


def test_the_menu_marks_the_line_of_both_lists(boss):
    for address in ("/people/", LIST, f"{LIST}new/"):
        page = boss.get(address).content.decode()
        assert re.search(r'<a[^>]*href="/people/"[^>]*aria-current="page"', page), address


def test_a_role_that_a_view_or_a_note_names_stays_and_says_so(boss, admin, client_type):
    stores = Group.objects.create(name="Stores")
    SavedView.objects.create(user=admin, path="/clients/", name="Ours", role=stores)
    note = Note.objects.create(counterparty=make_counterparty(), author=admin, text="For them", audience="roles")
    NoteReader.objects.create(note=note, role=stores)

    for answer in (boss.get(at("Stores", "delete")), boss.post(at("Stores", "delete"), {"confirmed": "1"})):
        page = answer.content.decode()
        assert "Saved views that name it: 1." in page
        assert "Readers of notes that name it: 1." in page
    assert answer.status_code == 422
    assert Group.objects.filter(name="Stores").exists()
