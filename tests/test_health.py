"""What the machine that watches the office hears."""

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError

from desk.pages import health


def test_the_process_says_it_is_alive_without_asking_anybody(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz", HTTP_HOST="10.0.0.7")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.cookies == {}


def test_ready_means_database_and_storage(client, db):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.cookies == {}
    assert [name for name in default_storage.listdir("")[1] if "ready" in name] == []


def lost(*_given, **_named):
    raise DatabaseError("gone")


@pytest.mark.parametrize(
    ("reach", "said"), [("reach_database", b"not reached: database\n"), ("reach_storage", b"not reached: storage\n")]
)
def test_not_ready_says_what_is_missing_and_nothing_more(client, db, monkeypatch, reach, said):
    monkeypatch.setattr(health, reach, lost)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (503, said)


def test_a_process_without_its_database_is_still_alive(client, db, monkeypatch):
    monkeypatch.setattr(health, "reach_database", lost)
    client.cookies["sessionid"] = "abcdefghijklmnopqrstuvwxyz123456"

    assert client.get("/healthz").status_code == 200
