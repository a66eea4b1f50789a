"""Several people at work at the same moment, each a process: ``python -m tests.security.at_once``.

One process opens the office and parts into as many as there are people: opening it once for each takes longer than
what they do.
"""

import io
import json
import os
import re
import sys
import traceback
from pathlib import Path
from typing import NoReturn

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings  # noqa: E402 -- the office is open only now
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from counterparties.models import Counterparty  # noqa: E402
from staff.models import User  # noqa: E402


def take_in(folder: Path, alias: str) -> int:
    """Import a sheet of one row about the shared one; 409 when somebody saved it meanwhile."""
    sheet = folder / f"{alias}.csv"
    sheet.write_text(f"code,alias\nSHARED,{alias}\n")
    said = io.StringIO()
    try:
        call_command("import_counterparties", str(sheet), "--mode", "update", stdout=said, stderr=io.StringIO())
    except CommandError as refused:
        if "somebody else saved one of these counterparties meanwhile" in str(refused):
            return 409
        raise
    return 303 if "updated=1" in said.getvalue() else 422


def work(number: int, times: int) -> dict[str, int]:
    """Save the own card, add one to the shared card's number, enter everybody's code, import into the shared, guess."""
    folder = settings.VAR = Path(settings.SCRATCH.name) / str(number)
    folder.mkdir()
    desk = Client(raise_request_exception=False, SERVER_NAME="localhost")
    desk.force_login(User.objects.get(username="one"))
    stranger = Client(SERVER_NAME="localhost")
    answers: dict[str, int] = {}

    def note(act: str, status: int) -> int:
        answers[f"{act} {status}"] = answers.get(f"{act} {status}", 0) + 1
        return status

    for time in range(times):
        note("own", save(desk, f"OWN{number}", comment=f"{time}"))
        while note("shared", add_one(desk)) == 409:
            pass
        note(
            "same",
            desk.post("/counterparties/new/", {"types": "client", "name": "Same", "code": f"X{time}"}).status_code,
        )
        while note("import", take_in(folder, f"By {number} at {time}")) == 409:
            pass
        note("guess", stranger.post("/login/", {"login": "two", "password": "guessed"}).status_code)
        note("free", desk.post("/counterparties/new/", {"types": "client", "name": "Free"}).status_code)
    return answers


def save(desk, code: str, **said: str) -> int:
    found = Counterparty.objects.get(code=code)
    card = {"types": "client", "name": code, "country": "BG", "version": found.version}
    return desk.post(f"/counterparties/{found.pk}/edit/", card | said).status_code


def add_one(desk) -> int:
    """Read the number off the card, write the next one."""
    address = f"/counterparties/{Counterparty.objects.get(code='SHARED').pk}/edit/"
    page = desk.get(address).content.decode()
    version, size = (
        re.search(rf'name="{name}" (?:value="([^"]*)")?', page)[1] or "0" for name in ("version", "c-size")
    )
    card = {"types": "client", "name": "SHARED", "country": "BG", "version": version, "c-size": str(int(size) + 1)}
    return desk.post(address, card).status_code


def part(people: int, times: int) -> list[dict[str, int]]:
    """What each of them was answered."""
    Client(SERVER_NAME="localhost").get("/login/")  # what a first request reads can be shared
    connection.close()  # that cannot
    told = []
    for number in range(people):
        read, write = os.pipe()
        if os.fork() == 0:
            _say(write, number, times)
        os.close(write)
        told.append(os.fdopen(read))
    answers = [each.read() for each in told]
    for _each in range(people):
        os.wait()
    assert all(answers), "one of them was stopped; the reason stands above"
    return [json.loads(each) for each in answers]


def _say(write: int, number: int, times: int) -> NoReturn:
    try:
        with os.fdopen(write, "w") as told:
            told.write(json.dumps(work(number, times)))
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(0)


if __name__ == "__main__":
    print(json.dumps(part(int(sys.argv[1]), int(sys.argv[2]))))
