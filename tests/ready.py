"""The tables, made once for each database before its tests begin: ``python -m tests.ready``.

Every worker begins with a copy. Making them takes the processor 12 seconds, a copy 0.2; for both databases they are
made at the same time, beside each other.
"""

import gc
import os
import subprocess
import sys
from pathlib import Path

import django
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
#: Where the ready tables are: the file of SQLite, the name of a database of PostgreSQL.
READY = "READY_TABLES"


def make(environments: list[dict[str, str]]) -> bool:
    """Each environment names its database and what is to be made ready there."""
    makers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.ready"],
            cwd=ROOT,
            env=each | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        )
        for each in environments
    ]
    try:
        return [maker.wait() for maker in makers] == [0] * len(makers)
    finally:
        for maker in makers:
            maker.kill()


def _make() -> None:
    # As `manage.py migrate` does: ten thousand classes are made and soon forgotten with the process.
    gc.set_threshold(1_000_000, 50, 50)
    django.setup()
    connection.settings_dict["TEST"] |= {"NAME": os.environ[READY], "TEMPLATE": None}
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()


if __name__ == "__main__":
    _make()
