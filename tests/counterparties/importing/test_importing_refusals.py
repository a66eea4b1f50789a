"""What cannot be taken in is told in one line, and nothing is changed."""

import contextlib
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as office_settings
from django.core.management.base import CommandError
from django.db import connection

from counterparties.domain import importing
from counterparties.domain.starting import start_counterparties
from counterparties.models import Counterparty
from tests.factories import make_characteristic
from trail.domain.operations import operation
from trail.models import Operation

from .sheets import csv_file, xlsx_file

GOOD = ("code,name", "A1,Alfa")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--type", "nobody"], "There is no counterparty type “nobody”; known: client, supplier"),
        ([], "Say with --type which type"),
        (["--type", "client", "--as", "nobody"], "There is no user “nobody”"),
        (
            ["--type", "client", "--map", "nothing=name"],
            "--map nothing=name: the sheet has no column “nothing”. Its columns: code, name.",
        ),
        (
            ["--type", "client", "--map", "name=colour"],
            "--map name=colour: there is no field “colour”. Fields: status,",
        ),
        (
            ["--type", "client", "--map", "code=name", "--map", "name=name"],
            "Two columns are mapped to one field: name.",
        ),
        (["--type", "client", "--key", "phone"], "There is no key “phone”"),
        (["--type", "client", "--key", "email"], "No column is put to the key “email”."),
        (["--type", "client", "--set", "country"], "write field=value"),
        (["--type", "client", "--encoding", "klingon"], "There is no encoding “klingon”"),
        (["--type", "client", "--report", "report.txt"], "give it a name ending in .xlsx"),
        (
            ["--type", "client", "--report", "/no/such/place/report.xlsx"],
            "/no/such/place/report.xlsx cannot be read or written",
        ),
    ],
)
def test_wrong_words_are_told_in_one_line(take_in, tmp_path, words, sentence):
    file = csv_file(tmp_path, *GOOD)

    with pytest.raises(CommandError) as told:
        take_in(file, *words)

    assert sentence in str(told.value)
    assert "\n" not in str(told.value)
    assert not Counterparty.objects.exists()


def test_a_sheet_that_is_not_there_is_told(take_in, tmp_path):
    file = xlsx_file(tmp_path, ["code", "name"], ["A1", "Alfa"])

    with pytest.raises(CommandError, match=r"The workbook has no sheet “Nope”\. Its sheets: First"):
        take_in(file, "--type", "client", "--sheet", "Nope")
    with pytest.raises(CommandError, match=r"missing\.csv cannot be read"):
        take_in(tmp_path / "missing.csv", "--type", "client")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n\n",
        b"PK\x03\x04broken",
        b"%PDF-1.4",
        b"\x89PNG\r\n",
        b"\x00\x01\x02\xff",
        b'code,name\n"A1,Alfa\nA2,Beta\n',
    ],
)
def test_a_file_that_is_no_sheet_is_told_and_changes_nothing(take_in, tmp_path, content):
    file = tmp_path / "broken.csv"
    file.write_bytes(content)

    with pytest.raises(CommandError, match=r"broken\.csv: "):
        take_in(file, "--type", "client")

    assert not Counterparty.objects.exists()


def test_a_sheet_that_breaks_off_is_not_taken_in_by_half(take_in, tmp_path):
    file = csv_file(tmp_path, "code,name", *[f"K{number},Firm" for number in range(3_000)], '"open,Firm', "more,lines")

    with pytest.raises(CommandError, match="Row 3002 cannot be read"):
        take_in(file, "--type", "client")

    assert (Counterparty.objects.count(), Operation.objects.filter(kind="import").count()) == (0, 0)


@pytest.mark.parametrize(
    "name",
    ["x" * 256, "  ", "\u202e\u200b"],
)
def test_a_name_that_cannot_be_kept_is_refused(take_in, tmp_path, name):
    told = take_in(csv_file(tmp_path, "code,name", f'A1,"{name}"'), "--type", "client")

    assert told.last == "created=0 updated=0 same=0 refused=1"


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        "@Health SA",
        "-5.00",
        "+359",
        "'quoted",
        "Zoë 👩\u200d🚀",
        "<b>bold</b>",
        "{{7*7}}",
        "O'Brien; DROP TABLE x",
    ],
)
def test_a_strange_name_is_kept_as_it_is(take_in, tmp_path, name):
    take_in(csv_file(tmp_path, "code,name", f'A1,"{name}"'), "--type", "client")

    assert Counterparty.objects.get().name == name


def test_a_failed_formula_is_no_empty_cell(take_in, tmp_path, client_type):
    make_characteristic("limit", "number", client_type)
    file = csv_file(tmp_path, "code,name,limit", "A1,Alfa,#N/A")

    told = take_in(file, "--type", "client")

    assert "row 2: limit: “#N/A” cannot be read as a number." in told.log


def test_an_unexpected_failure_is_one_line_too(take_in, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "run", lambda *_words, **_more: 1 / 0)

    with pytest.raises(CommandError, match=r"sheet\.csv: nothing was saved: ZeroDivisionError"):
        take_in(csv_file(tmp_path, *GOOD), "--type", "client")


# ---- an import that is cut short


def test_a_mark_left_behind_is_told_by_the_next_run(take_in, tmp_path, settings):
    file = csv_file(tmp_path, *GOOD)
    left = _mark_left_behind(file)
    left.write(None)
    left._file.close()

    told, again = take_in(file, "--type", "client"), take_in(file, "--type", "client")

    assert "An earlier run of sheet.csv, begun " in told.log
    assert "was interrupted; nothing of it was kept." in told.log
    assert "interrupted" not in again.log


def test_a_run_killed_after_its_last_act_is_told_to_be_kept(take_in, tmp_path, settings):
    file = csv_file(tmp_path, *GOOD)
    take_in(file, "--type", "client")
    left = _mark_left_behind(file)
    left.write(Operation.objects.latest("pk").pk)
    left._file.close()

    told = take_in(file, "--type", "client")

    assert "was killed when all its rows were saved (operation" in told.log
    assert told.last == "created=0 updated=0 same=1 refused=0"


def test_the_same_file_is_not_taken_in_twice_at_once(take_in, tmp_path):
    file = csv_file(tmp_path, *GOOD)
    other = _mark_left_behind(file)

    with pytest.raises(CommandError, match="is being imported by another process right now"):
        take_in(file, "--type", "client")

    other._file.close()


def _mark_left_behind(file: Path) -> importing.Mark:
    mark = importing.Mark(hashlib.sha256(file.read_bytes()).hexdigest(), file.name)
    mark.__enter__()
    return mark


@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_the_office_as_it_was(tmp_path, office_of_its_own):
    """kill -9 at several moments; then the same file goes in whole, with as many rows of history as counterparties."""
    file = csv_file(
        tmp_path, "code,name,phone", *[f"K{number},Firm {number},02 987 {number:04d}" for number in range(6_000)]
    )
    killed = 0
    for seconds in (0.5, 1.5, 2.2, 3.0):
        process = office_of_its_own.start(file)
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            killed += 1
        process.communicate()
        assert office_of_its_own.counts() in ([0, 0, 0], [6_000, 6_000, 1])
        if process.returncode == 0:
            break

    process = office_of_its_own.start(file)
    _out, log = process.communicate(timeout=120)

    assert killed >= 1
    assert process.returncode == 0, log
    assert office_of_its_own.counts() == [6_000, 6_000, 1]
    assert not list((tmp_path / "var" / "imports").glob("*.json"))


COUNTED = (
    "SELECT COUNT(*) FROM counterparties_counterparty",
    "SELECT COUNT(*) FROM counterparties_historicalcounterparty",
    "SELECT COUNT(*) FROM trail_operation WHERE kind = 'import'",
)


class OfficeOfItsOwn:
    """A database that another process can reach: the test's own, or a copy where that one lives in memory."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.facts = {
            key: str(connection.settings_dict[key]) for key in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
        }
        if connection.vendor == "sqlite":
            self.facts["NAME"] = str(place / "copy.sqlite3")
            with contextlib.closing(sqlite3.connect(self.facts["NAME"])) as copy:
                connection.connection.backup(copy)

    def counts(self) -> list[int]:
        if connection.vendor == "sqlite":
            with contextlib.closing(sqlite3.connect(self.facts["NAME"])) as copy:
                assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
                return [copy.execute(question).fetchone()[0] for question in COUNTED]
        with connection.cursor() as cursor:
            return [cursor.execute(question).fetchone()[0] for question in COUNTED]

    def start(self, file: Path) -> subprocess.Popen:
        """The command as a process of its own."""
        code = (
            "import django; from django.conf import settings; from pathlib import Path\n"
            f"settings.VAR = Path({str(self.place / 'var')!r}); settings.DATABASES['default'].update({self.facts!r})\n"
            "django.setup()\n"
            "from django.core.management import call_command\n"
            f"call_command('import_counterparties', {str(file)!r}, '--type', 'client')\n"
        )
        return subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=office_settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "crm.settings"},
        )


@pytest.fixture
def office_of_its_own(transactional_db, tmp_path):
    with operation("command", by=None):
        start_counterparties()
    return OfficeOfItsOwn(tmp_path)
