"""The frame of the settings: who comes in, which tabs and buttons there are, what its search box finds."""

import pytest

from desk.pages.settings import answers

PAGES = [
    "/settings/",
    "/settings/types/",
    "/settings/types/new/",
    "/settings/types/client/edit/",
    "/settings/types/client/delete/",
    "/settings/types/client/history/",
    "/settings/statuses/",
    "/settings/statuses/new/",
    "/settings/statuses/active/edit/",
    "/settings/statuses/active/delete/",
    "/settings/statuses/active/history/",
]
ACTS = [f"/settings/statuses/inactive/{act}/" for act in ("stop", "start", "up", "down", "move", "delete")]


def test_the_settings_begin_with_the_types(client, ivo):
    client.force_login(ivo)

    answer = client.get("/settings/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/settings/types/")


@pytest.mark.parametrize("page", PAGES[1:])
def test_ivo_and_the_superuser_reach_every_page(client, ivo, admin, page):
    for user in (ivo, admin):
        client.force_login(user)
        assert client.get(page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_there_is_no_such_page_for_anybody_else(client, anna, vera, page):
    for user in (anna, vera):
        client.force_login(user)
        assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", ACTS)
def test_nobody_else_acts(client, anna, page):
    client.force_login(anna)

    assert client.post(page, {"confirmed": "1"}).status_code == 404


@pytest.mark.parametrize("page", ACTS[:5])
def test_looking_changes_nothing(client, ivo, page):
    client.force_login(ivo)

    assert client.get(page).status_code == 405


def test_a_stranger_is_led_to_the_door(client, office):
    answer = client.get("/settings/types/")

    assert answer.headers["Location"] == "/login/?next=/settings/types/"


def test_the_head_has_the_three_buttons_and_the_tabs_in_their_order(client, ivo):
    client.force_login(ivo)

    context = client.get("/settings/statuses/").context

    assert [tab["url"] for tab in context["tabs"]][:2] == ["/settings/types/", "/settings/statuses/"]
    assert [tab["label"] for tab in context["tabs"] if tab["is_current"]] == ["Statuses"]
    assert {"label": "Status", "url": "/settings/statuses/new/"} in context["adds"]
    assert "/settings/types/new/" not in [add["url"] for add in context["adds"]]


@pytest.mark.parametrize(
    ("question", "is_found"),
    [("retail", True), ("RETAIL cli", True), ("дребно", True), ("drebno", True), ("wholesale", False), ("", True)],
)
def test_the_search_box_finds_parts_of_names_in_any_case_and_alphabet(question, is_found):
    assert answers(question, ["retail-client", "Retail client", "Клиент на дребно", ""]) is is_found
