"""What `./dev test` tells its two runs."""

from tests.ready import READY
from tests.suite import environments

SERVER = "postgres://office@db.example/office"


def told(tmp_path, monkeypatch, given):
    for name in (READY, "SECOND_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", given)
    return environments(tmp_path, SERVER, None)


def test_each_database_has_its_ready_tables_and_the_second_is_known_as_such(tmp_path, monkeypatch):
    first, second = told(tmp_path, monkeypatch, "").values()

    assert first["DATABASE_URL"].startswith(f"sqlite:///{tmp_path}/")
    assert second["DATABASE_URL"] == SERVER
    assert (first[READY], second[READY]) == (f"{tmp_path}/ready.sqlite3", "ready")
    assert ("SECOND_DATABASE" in first, "SECOND_DATABASE" in second) == (False, True)


def test_on_a_server_that_was_given_nothing_is_made_but_the_databases_of_the_tests(tmp_path, monkeypatch):
    first, second = told(tmp_path, monkeypatch, SERVER).values()

    assert READY in first
    assert READY not in second
