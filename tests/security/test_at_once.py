"""Four processes write at the same time: nothing is lost, nothing is twice, nobody sees a failure."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections

from staff.domain import tries

ROOT = Path(__file__).resolve().parents[2]
PEOPLE, TIMES = 4, 6


@pytest.fixture
def address(tmp_path, db):
    """An empty database of the sort the suite runs on, with its settings for daily work."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/office.sqlite3"
        return
    of = connections["default"].get_connection_params()
    name = f"at_once_{os.getpid()}"
    server = {key: of[key] for key in ("user", "password", "host", "port") if of.get(key)}
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as door:
        door.execute(f"DROP DATABASE IF EXISTS {name}")
        door.execute(f"CREATE DATABASE {name}")
    password = f":{server['password']}" if "password" in server else ""
    yield f"postgres://{server['user']}{password}@{server['host']}:{server['port']}/{name}"
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as door:
        door.execute(f"DROP DATABASE {name} WITH (FORCE)")


def start(address, *words):
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.security.at_once", *map(str, words)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def asked(address, sentence):
    """One number out of that database."""
    code = f"import django; django.setup(); from counterparties.models import *; print({sentence})"
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_four_people_at_once(address):
    prepared = start(address, "prepare")
    assert prepared.wait() == 0, prepared.stderr.read()

    workers = [start(address, number, TIMES) for number in range(PEOPLE)]
    said = [worker.communicate() for worker in workers]

    assert [worker.returncode for worker in workers] == [0] * PEOPLE, [err[-3000:] for _out, err in said]
    answers = Counter()
    for out, _err in said:
        answers.update(json.loads(out))
    every = PEOPLE * TIMES
    assert answers.pop("shared 409", 0) >= 0
    assert answers.pop("import 409", 0) >= 0
    guessed = answers.pop("guess 422")
    assert guessed <= tries.PER_NAME_AND_ADDRESS
    assert answers.pop("guess 429") == every - guessed
    assert answers == {
        "own 303": every,
        "shared 303": every,
        "import 303": every,
        "same 303": TIMES,
        "same 422": every - TIMES,
        "free 303": every,
    }
    told = asked(
        address,
        "Value.objects.get().number, Value.history.count(), Counterparty.objects.get(code='SHARED').version,"
        " Counterparty.objects.filter(name='Free').values('code_key').distinct().count(),"
        " Counterparty.objects.filter(name='Same').count(),"
        " Counterparty.history.filter(code='SHARED', alias__startswith='By').values('alias').distinct().count()",
    )
    assert told == f"{every}.000000 {every} {2 * every + 1} {every} {TIMES} {every}"
