"""Saved views are taken back like everything else: by their owners, and never over what these did since."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from counterparties.domain import views
from counterparties.models import SavedView
from tests.shown import body_of
from trail.models import Operation

CLIENTS = "/clients/"


@pytest.fixture
def desk(anna, client_type):
    at_it = Client()
    at_it.force_login(anna)
    return at_it


@pytest.fixture
def kept(anna, client_type):
    """Three views of hers; the list opens with the first, the second is shared with her role."""
    facts = ({"is_default": True}, {"role": Group.objects.get(name="Sales")}, {})
    return [
        views.add(anna, CLIENTS, [("status", "on-hold")], {"name": name, **each})
        for name, each in zip(("Slow", "Ours", "Third"), facts, strict=True)
    ]


def undo():
    return f"/operations/{Operation.objects.latest('pk').pk}/undo/"


def take_back(desk, address):
    """Asked, then sent: what the page says that it cannot, and the answer to the act."""
    asked = body_of(desk.get(address))
    seen = re.search(r'name="seen" value="([^"]*)"', asked)
    answer = desk.post(address, {"confirmed": "1", "seen": seen[1] if seen else ""}, follow=True)
    return asked, answer


def test_a_deleted_view_comes_back_in_its_place_under_its_own_address(desk, kept):
    deleted = desk.post(f"/views/{kept[1].pk}/delete/", {"confirmed": "1"}, follow=True)
    assert f'<a href="{undo()}">Take back' in body_of(deleted)
    assert desk.get(f"/views/{kept[1].pk}/").status_code == 404

    take_back(desk, undo())

    back = SavedView.objects.get(pk=kept[1].pk)
    assert (back.name, back.query, back.role) == ("Ours", "status=on-hold", kept[1].role)
    assert [each.name for each in views.named(back.user, CLIENTS)] == ["Slow", "Ours", "Third"]
    assert desk.get(f"/views/{back.pk}/")["Location"].startswith(CLIENTS)


def test_a_view_shows_again_what_it_showed(desk, kept):
    desk.post(f"/views/{kept[0].pk}/update/", {"list": f"{CLIENTS}?status=active"})
    assert SavedView.objects.get(pk=kept[0].pk).query != kept[0].query

    take_back(desk, undo())

    assert SavedView.objects.get(pk=kept[0].pk).query == kept[0].query


def test_nobody_else_takes_it_back(desk, kept, mila, admin):
    desk.post(f"/views/{kept[1].pk}/delete/", {"confirmed": "1"})
    address, colleague, superuser = undo(), Client(), Client()
    colleague.force_login(mila)
    superuser.force_login(admin)

    asked, _answer = take_back(superuser, address)

    assert "Only its owner changes a view." in asked
    assert colleague.get(address).status_code == 404
    assert not SavedView.objects.filter(pk=kept[1].pk).exists()


def test_what_the_owner_did_since_stands_in_the_way(desk, anna, kept):
    hindered = {}

    def delete_and(then, view):
        desk.post(f"/views/{view.pk}/delete/", {"confirmed": "1"})
        address = undo()
        then()
        hindered[view.name] = take_back(desk, address)[0]

    delete_and(lambda: views.change(kept[2], {"is_default": True}), kept[0])
    delete_and(lambda: views.add(anna, CLIENTS, [], {"name": "THIRD"}), kept[2])

    assert "The list opens with “Third” by now." in hindered["Slow"]
    assert "You have a view “THIRD” of this list already." in hindered["Third"]
    assert [each.name for each in SavedView.objects.all()] == ["Ours", "THIRD"]


def test_a_view_of_a_role_she_has_left_comes_back_unshared_and_is_not_shared_again(desk, anna, kept):
    desk.post(f"/views/{kept[1].pk}/delete/", {"confirmed": "1"})
    deleted = undo()
    views.change(kept[2], {"role": kept[1].role})
    views.change(kept[2], {"role": None})
    unshared = undo()
    anna.groups.clear()

    asked, _answer = take_back(desk, deleted)
    refused, _answer = take_back(desk, unshared)

    assert "Not shared: you are not in the role any more that it was shared with." in asked
    assert SavedView.objects.get(pk=kept[1].pk).role is None
    assert "You are not in the role any more that it was shared with." in refused
    assert SavedView.objects.get(pk=kept[2].pk).role is None


def test_columns_chosen_by_mistake_are_let_go(desk, anna, kept):
    desk.post(f"/views/columns/?list={CLIENTS}", {"columns": ["email", "name"]})
    first = undo()
    take_back(desk, first)
    again = undo()
    assert not SavedView.objects.filter(name="").exists()

    views.remember_columns(anna, CLIENTS, ["code"])
    asked, _answer = take_back(desk, again)

    assert "You chose other columns for this list since." in asked
    assert SavedView.objects.get(name="").query == "columns=code"
