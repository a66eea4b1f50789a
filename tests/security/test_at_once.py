"""Four processes write at the same time: nothing is lost, nothing is twice, nobody sees a failure."""

import json
import os
import subprocess
import sys
from collections import Counter

import pytest

from counterparties.domain.starting import start_counterparties
from counterparties.models import Counterparty, CounterpartyType, Value
from staff.domain import tries
from staff.models import User
from tests.exchange.test_jobs_killed import ROOT, address
from tests.factories import make_characteristic, make_counterparty
from trail.domain.operations import operation

PEOPLE, TIMES = 4, 4


@pytest.fixture
def small_office(transactional_db):
    """One user, and a counterparty for each worker beside the one they share."""
    with operation("command", by=None):
        start_counterparties()
        make_characteristic("size", "number", CounterpartyType.objects.get(code="client"))
        for code in ("SHARED", *(f"OWN{number}" for number in range(PEOPLE))):
            make_counterparty(code, code=code, country="BG")
        User.objects.create_user("one", password="one-password", language="en", is_superuser=True)


def start():
    """All of them, on the database that this test writes to, with its settings for daily work."""
    environment = os.environ | {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.security.at_once", str(PEOPLE), str(TIMES)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_four_people_at_once(small_office):
    said = start()

    assert said.returncode == 0, said.stderr[-9000:]
    answers = Counter()
    for each in json.loads(said.stdout):
        answers.update(each)
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
    shared, free = Counterparty.objects.get(code="SHARED"), Counterparty.objects.filter(name="Free")
    imported = Counterparty.history.filter(code="SHARED", alias__startswith="By").values("alias").distinct()
    assert (Value.objects.get().number, Value.history.count(), shared.version) == (every, every, 2 * every + 1)
    assert (free.values("code_key").distinct().count(), imported.count()) == (every, every)
    assert Counterparty.objects.filter(name="Same").count() == TIMES
