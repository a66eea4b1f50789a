"""Roles: made, renamed, and deleted where nothing hangs on them."""

from django.contrib.auth.models import Group

from trail.models import Operation

LIST = "/roles/"


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


def test_a_role_keeps_its_people_and_rights_under_another_name(boss, anna):
    sales = Group.objects.get(name="Sales")
    rights = sales.grants.count()

    boss.post(f"{LIST}Sales/edit/", {"name": "Trade"})

    sales.refresh_from_db()
    assert (sales.name, sales.grants.count(), [each.username for each in sales.user_set.all()]) == (
        "Trade",
        rights,
        ["anna"],
    )


def test_a_role_that_is_played_or_may_something_is_not_deleted(boss, anna):
    for answer in (boss.get(f"{LIST}Sales/delete/"), boss.post(f"{LIST}Sales/delete/", {"confirmed": "1"})):
        page = answer.content.decode()
        assert "1 person plays it." in page
        assert "rights." in page
    assert Group.objects.filter(name="Sales").exists()


def test_a_role_of_nobody_goes_once_that_is_confirmed(boss):
    Group.objects.create(name="Stores / transport")
    asked = boss.get(f"{LIST}Stores / transport/delete/")

    boss.post(f"{LIST}Stores / transport/delete/", {"confirmed": "1"})

    assert "Nobody plays the role “Stores / transport”" in asked.content.decode()
    assert not Group.objects.filter(name="Stores / transport").exists()
    assert Operation.objects.latest("pk").kind == "people"


def test_history_calls_a_role_a_role(boss):
    boss.post(f"{LIST}new/", {"name": "Stores"})

    page = boss.get(f"/operations/{Operation.objects.latest('pk').pk}/").content.decode()

    assert "Role" in page
    assert "Group" not in page


def test_the_list_counts_who_plays_a_role(boss, anna, mila):
    page = boss.get(LIST)

    rows = {each.name: (each.people, each.is_used) for each in page.context["rows"]}
    assert rows == {"Bookkeeping": (1, True), "Managers": (0, True), "Sales": (2, True)}
