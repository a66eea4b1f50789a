"""In which language the office speaks."""

import pytest


@pytest.mark.parametrize(("asked", "spoken"), [("bg", "bg"), ("ru-RU,ru;q=0.9", "ru"), ("de", "en")])
def test_a_stranger_is_spoken_to_as_the_browser_asks(client, db, asked, spoken):
    page = client.get("/login/", HTTP_ACCEPT_LANGUAGE=asked)

    assert f'<html lang="{spoken}"' in page.content.decode()
    assert page.headers["Content-Language"] == spoken


def test_a_stranger_chooses_and_the_browser_remembers(client, db):
    answer = client.post("/language/", {"language": "bg", "next": "/login/"})

    assert (answer.status_code, answer.headers["Location"]) == (303, "/login/")
    assert '<html lang="bg"' in client.get("/login/", HTTP_ACCEPT_LANGUAGE="ru").content.decode()


def test_annas_choice_goes_with_her_and_is_recorded(client, anna):
    client.force_login(anna)

    client.post("/language/", {"language": "ru", "next": "/profile/"})

    anna.refresh_from_db()
    assert anna.language == "ru"
    assert anna.history.latest().operation.kind == "profile"
    client.cookies.pop("django_language")
    assert '<html lang="ru"' in client.get("/profile/").content.decode()


def test_a_language_nobody_speaks_here_is_refused(client, db):
    assert client.post("/language/", {"language": "xx"}).status_code == 400
    assert client.post("/language/", {}).status_code == 400


def test_a_get_changes_nothing_and_is_told_so_in_the_readers_language(client, db):
    answer = client.get("/language/?language=bg", HTTP_ACCEPT_LANGUAGE="ru")

    assert (answer.status_code, answer["Allow"], answer["Content-Language"]) == (405, "POST", "ru")
    assert "<h1>По этому адресу это сделать нельзя</h1>" in answer.content.decode()


def test_the_choice_never_leads_out_of_the_office(client, db):
    answer = client.post("/language/", {"language": "bg", "next": "//evil.example"})

    assert answer.headers["Location"] == "/"
