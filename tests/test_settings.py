"""A wrong setting is told with the hint what to write."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from counterparties.domain.settled import STAMPED
from counterparties.models import Counterparty
from crm import checks, env
from desk.databases import prepare_search, prepare_stamps
from trail.models import Stamp

ROOT = Path(__file__).resolve().parent.parent
OURS = {"DJANGO_SETTINGS_MODULE": "crm.settings"}


@pytest.fixture(autouse=True)
def no_complaints(monkeypatch):
    """Complaints of one test are not those of another."""
    monkeypatch.setattr(env, "complaints", [])
    monkeypatch.setattr(checks, "complaints", env.complaints)


def complained(read, **variables):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        answer = read()
    return answer, [name for name, _wrong, hint in env.complaints if hint]


@pytest.mark.parametrize("wrong", ["*", "https://office.example.org", "a b", "office/path", "", " , "])
def test_hosts_are_names(wrong):
    answer, told = complained(env.hosts, ALLOWED_HOSTS=wrong)

    assert told == ["ALLOWED_HOSTS"]
    assert "*" not in answer


def test_right_hosts_are_taken():
    assert complained(env.hosts, ALLOWED_HOSTS="office.example.org, 10.0.0.5,[::1]") == (
        ["office.example.org", "10.0.0.5", "[::1]"],
        [],
    )


@pytest.mark.parametrize("wrong", ["office.example.org", "https://a.example, b.example", "ftp://a.example"])
def test_trusted_origins_are_whole_addresses(wrong):
    assert complained(env.origins, CSRF_TRUSTED_ORIGINS=wrong)[1] == ["CSRF_TRUSTED_ORIGINS"]


@pytest.mark.parametrize("wrong", ["Sofia", "../etc/passwd", "", "UTC+2"])
def test_a_time_zone_is_one_of_the_list(wrong):
    assert complained(env.time_zone, TIME_ZONE=wrong) == ("Europe/Sofia", ["TIME_ZONE"])


def test_letters_leave_only_with_a_mail_server():
    assert complained(env.mail, EMAIL_URL="")[0][0] is False
    assert complained(env.mail, EMAIL_URL="consolemail://")[0][0] is False
    (sends, config), told = complained(env.mail, EMAIL_URL="smtp+tls://user:secret@mail.example:587")
    assert (sends, config["EMAIL_HOST"], config["EMAIL_PORT"], config["EMAIL_USE_TLS"], told) == (
        True,
        "mail.example",
        587,
        True,
        [],
    )


@pytest.mark.parametrize("wrong", ["pigeon://office", "mail.example:25"])
def test_a_wrong_mail_server_is_told(wrong):
    assert complained(env.mail, EMAIL_URL=wrong)[1] == ["EMAIL_URL"]


def test_letters_that_leave_need_an_address_to_lead_to():
    assert complained(lambda: env.address(False), OFFICE_URL="") == ("http://127.0.0.1:8000", [])
    assert complained(lambda: env.address(True), OFFICE_URL="https://office.example/") == ("https://office.example", [])
    for wrong in ("", "office.example", "ftp://office.example", "https://a b.example", "https://x.example/desk"):
        env.complaints.clear()
        assert complained(lambda: env.address(True), OFFICE_URL=wrong)[1] == ["OFFICE_URL"]


def test_letters_come_from_the_office_by_its_name():
    url = "https://desk.example:8443"

    assert complained(lambda: env.sender("Desk", url), OFFICE_EMAIL="")[0] == "Desk <office@desk.example>"
    assert complained(lambda: env.sender("A\nB", url), OFFICE_EMAIL="us@x.example") == ("A B <us@x.example>", [])
    assert complained(lambda: env.sender("Desk", url), OFFICE_EMAIL="a@b, c@d")[1] == ["OFFICE_EMAIL"]


def test_every_wrong_variable_stops_the_start_with_its_hint(tmp_path):
    wrong = {
        "SECRET_KEY": "short",
        "DATABASE_URL": "mysql://office",
        "DEBUG": "perhaps",
        "DEMO": "perhaps",
        "HTTPS": "perhaps",
        "PROXIES": "two",
        "ALLOWED_HOSTS": "https://office.example.org",
        "CSRF_TRUSTED_ORIGINS": "office.example.org",
        "MEDIA_ROOT": "/dev/null/media",
        "STORAGE_URL": "s3://bucket",
        "CACHE_URL": "carrier://pigeon",
        "EMAIL_URL": "pigeon://office",
        "LANGUAGE_CODE": "de",
        "TIME_ZONE": "Nowhere/Land",
        "MAX_UPLOAD_MB": "many",
        "KEEP_JOB_FILES_DAYS": "many",
        "LARGE_SHEET_ROWS": "many",
        "OFFICE_COUNTRY": "Bulgaria",
    }

    answer = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=os.environ | wrong | OURS,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 1
    assert [name for name in wrong if f") {name}: " not in answer.stderr] == []
    assert answer.stderr.count("HINT: ") == len(wrong)
    assert "Traceback" not in answer.stderr


def test_an_office_server_has_nothing_to_mend(tmp_path):
    # Nothing of the tests around it: an office server has what its README says, and no more.
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = (
        bare
        | {
            "SECRET_KEY": "a-key-of-an-office-server-0123456789-abcdefghijklmnop-QRSTUVW",
            "DATABASE_URL": f"sqlite:///{tmp_path}/office.sqlite3",
            "MEDIA_ROOT": str(tmp_path / "media"),
            "ALLOWED_HOSTS": "office.example.org",
            "CSRF_TRUSTED_ORIGINS": "https://office.example.org",
            "HTTPS": "1",
            "PROXIES": "1",
            "DEBUG": "0",
            "DEMO": "0",
        }
        | OURS
    )

    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", "--database", "default"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (answer.returncode, answer.stdout) == (0, "System check identified no issues (0 silenced).\n"), answer.stderr


@pytest.mark.parametrize(
    ("check", "name", "wrong", "right"),
    [
        (checks.upload_limit, "MAX_UPLOAD_MB", 0, 20),
        (checks.upload_limit, "MAX_UPLOAD_MB", 1001, 1000),
        (checks.kept_files_of_jobs, "KEEP_JOB_FILES_DAYS", 0, 1),
        (checks.large_sheets, "LARGE_SHEET_ROWS", 0, 10_000),
        (checks.country, "OFFICE_COUNTRY", "Bulgaria", "BG"),
        (checks.country, "OFFICE_COUNTRY", "bg", "XK"),
        (checks.proxies, "PROXIES", -1, 0),
        (checks.media_folder, "MEDIA_ROOT", "/dev/null/media", "/tmp/not/yet/there"),
    ],
)
def test_a_value_out_of_place_is_told_with_a_hint(settings, check, name, wrong, right):
    setattr(settings, name, wrong)
    (told,) = check()
    assert name in told.msg
    assert told.hint

    setattr(settings, name, right)
    assert check() == []


@pytest.mark.parametrize("address", ["sqlite:////srv/office.sqlite3", "postgres://office:secret@database/office"])
def test_a_connection_is_kept_for_the_next_request(address):
    (found, told) = complained(env.database, DATABASE_URL=address)

    assert told == []
    assert found["CONN_MAX_AGE"] == 600


def test_a_store_that_speaks_s3_is_one_address():
    (found, told) = complained(
        env.storage, STORAGE_URL="s3://key:se%2Fcret@store.example:9000/office/files?region=eu-1"
    )

    assert told == []
    assert found["BACKEND"] == "storages.backends.s3.S3Storage"
    wanted = {"access_key": "key", "secret_key": "se/cret", "bucket_name": "office", "location": "files"}
    wanted |= {"endpoint_url": "https://store.example:9000", "region_name": "eu-1", "file_overwrite": False}
    assert found["OPTIONS"].items() >= wanted.items()


@pytest.mark.parametrize(
    "wrong", ["s3://bucket", "s3://k:s@host", "https://k:s@host/b", "s3://k:s@host:x/b", "s3://k:s@host/b?acl=public"]
)
def test_a_wrong_store_is_told_without_its_secret(wrong):
    found, told = complained(env.storage, STORAGE_URL=wrong)

    assert (found["BACKEND"], told) == ("django.core.files.storage.FileSystemStorage", ["STORAGE_URL"])
    assert "k:s" not in str(env.complaints)


def test_a_store_elsewhere_needs_its_packages(settings, monkeypatch):
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "storages.backends.s3.S3Storage"}}
    monkeypatch.setattr(checks, "find_spec", lambda name: None)

    (told,) = checks.storage_elsewhere()

    assert "requirements-s3.lock" in told.hint
    assert checks.media_folder() == []


def test_a_demo_in_a_real_office_is_warned_of(settings):
    settings.DEMO, settings.HTTPS = True, True
    assert [each.id for each in checks.demo_in_production()] == ["crm.W001"]

    settings.HTTPS = False
    assert checks.demo_in_production() == []


@pytest.mark.parametrize(
    ("vendor", "version", "told"),
    [
        ("sqlite", (3, 34, 1), ["crm.E011"]),
        ("sqlite", (3, 35, 0), []),
        ("sqlite", (4, 0, 0), []),
        ("postgresql", (3, 31, 1), []),
    ],
)
def test_an_sqlite_that_does_not_know_what_lists_are_asked_with_is_refused(monkeypatch, vendor, version, told):
    monkeypatch.setattr(checks, "connection", SimpleNamespace(vendor=vendor))
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", version)

    assert [each.id for each in checks.sqlite_is_old()] == told


def test_free_search_without_its_triggers_is_told_and_mended(db):
    if connection.vendor != "sqlite":
        assert checks.search_triggers(databases=["default"]) == []
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER counterparties_counterparty_search_added")

    (told,) = checks.search_triggers(databases=["default"])
    assert (told.id, told.hint) == ("crm.W002", "Run: python manage.py migrate")

    prepare_search(Counterparty)
    assert checks.search_triggers(databases=["default"]) == []


def test_settings_whose_changes_are_not_told_are_warned_of_and_mended(db):
    name, place = "counterparties_status_stamped", " ON counterparties_status"
    if connection.vendor == "sqlite":
        name, place = f"{name}_update", ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{place}")

    (told,) = checks.stamps_of_settings(databases=["default"])
    assert (told.id, told.hint) == ("crm.W003", "Run: python manage.py migrate")

    prepare_stamps(Stamp, STAMPED)
    assert checks.stamps_of_settings(databases=["default"]) == []


def test_the_database_knows_cyrillic_letters(db):
    assert checks.letters(databases=["default"]) == []


def test_a_database_that_knows_only_latin_letters_is_refused(db, monkeypatch):
    class Deaf:
        """A PostgreSQL under the ctype C, whose trigrams leave Cyrillic out."""

        vendor = "postgresql"
        answers = ((1,), ([],))

        def cursor(self):
            return self

        def __enter__(self):
            self.left = list(self.answers)
            return self

        def __exit__(self, *_raised):
            return None

        def execute(self, _sql):
            return None

        def fetchone(self):
            return self.left.pop(0)

    monkeypatch.setattr(checks, "connection", Deaf())

    (told,) = checks.letters(databases=["default"])

    assert told.id == "crm.E008"
    assert "--locale=C.UTF-8" in told.hint


def test_the_databases_checks_ask_no_database_unless_told(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        call_command("check", verbosity=0)


@pytest.mark.parametrize(("proxies", "believed"), [("0", "None"), ("1", "('HTTP_X_FORWARDED_PROTO', 'https')")])
def test_a_forwarded_https_is_believed_only_where_a_proxy_stands(proxies, believed):
    ask = "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)"

    answer = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env=os.environ | OURS | {"HTTPS": "1", "PROXIES": proxies},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == believed
