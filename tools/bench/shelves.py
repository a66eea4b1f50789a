"""The measured offices: built once, kept under var/bench/, brought to the tables of today before they are measured."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

from tools.bench.haste import hasty, roomy
from tools.bench.offices import Office

ROOT = Path(__file__).resolve().parent.parent.parent
#: The database of an office before its first day.
TABLES = "tables"
KEY = "only-for-measuring-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF"


class Keeper:
    """Knows where offices are kept, and makes those that are missing."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(parents=True, exist_ok=True)

    def has(self, office: Office) -> bool:
        return Shelf(self.home, office.database, "").mark(office).exists()

    @contextmanager
    def opened(self, database: str, *, in_haste: bool = False) -> Iterator["Shelf"]:
        """The offices of one database; its server runs as long as they are looked at."""
        if database == "sqlite":
            yield Shelf(self.home, database, "")
            return
        folder = self._folder_of_postgres()
        with (hasty if in_haste else roomy)(folder) as address:
            yield Shelf(self.home, database, address.rpartition("/")[0])

    def _folder_of_postgres(self) -> Path:
        """PostgreSQL never runs as root; whom root lends it to cannot reach into a folder of root's."""
        if os.geteuid():
            return self.home / "postgresql"
        mark = hashlib.sha256(str(self.home).encode()).hexdigest()[:8]
        folder = Path(f"/var/tmp/office-bench-{mark}")
        (self.home / "postgresql.txt").write_text(f"The PostgreSQL offices are kept in {folder}\n")
        return folder


class Shelf:
    """The offices of one database."""

    def __init__(self, home: Path, database: str, server: str) -> None:
        self.home, self.database, self.server = home, database, server

    def environment(self, office: Office, name: str = "", patient: bool = False) -> dict[str, str]:
        """What a program that works on an office is told; a ``patient`` one may ask for more than a minute."""
        name = name or office.name
        if self.database == "sqlite":
            address = f"sqlite:///{self.home / name}.sqlite3"
        else:
            address = f"{self.server}/{name}"
            if patient:
                address += f"?options={quote('-c statement_timeout=0 -c maintenance_work_mem=512MB')}"
        return {each: value for each, value in os.environ.items() if each in ("PATH", "HOME", "LANG", "TMPDIR")} | {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "tools.bench.settings",
            "SECRET_KEY": KEY,
            "CACHE_URL": f"filecache://{self.home / 'cache' / f'{self.database}-{office.name}'}",
            "MEDIA_ROOT": str(self.home / "media"),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "EMAIL_URL": "memorymail://",
            "OFFICE_URL": "http://127.0.0.1:8000",
            "LANGUAGE_CODE": "en",
            "DEBUG": "0",
            "DEMO": "0",
        }

    def built(self, office: Office) -> dict[str, float]:
        """What is known of its building."""
        return json.loads(self.mark(office).read_text())

    def lay_tables(self, office: Office) -> None:
        """A database with nothing but its tables, from which first days are made."""
        self._clear(TABLES)
        self._perform(office, TABLES, "lay_tables")

    def begin(self, office: Office) -> None:
        """The office of its first day, from which this one and its like are made."""
        self._clear(office.first_day, TABLES)
        self._perform(office, office.first_day, "begin", *office.settings, str(self.shape(office)))

    def invent(self, office: Office) -> None:
        """Its rows, for either database."""
        self.draft(office).unlink(missing_ok=True)
        values = "bare" if office.is_wide else "values"
        words = (str(office.size), values, str(self.shape(office)), str(self.draft(office)))
        self._perform(office, office.first_day, "invent", *words)

    def make(self, office: Office) -> None:
        """Build an office beside its place and put it there when it is whole."""
        if self.shape(office).read_text() != Shelf(self.home, "sqlite", "").shape(office).read_text():
            raise RuntimeError(f"The settings of {office} have other ids than those its rows point at")
        part = f"{office.name}_part"
        self._clear(part, office.first_day)
        began = time.monotonic()
        self._perform(office, part, "fill", str(self.draft(office)))
        size = self._put(part, office.name)
        facts = {"seconds": round(time.monotonic() - began), "megabytes": size}
        self.mark(office).write_text(json.dumps(facts))

    def tidy(self, office: Office) -> None:
        """What it was made from is not kept."""
        self.draft(office).unlink(missing_ok=True)
        self.shape(office).unlink(missing_ok=True)
        self._remove(office.first_day)
        self._remove(TABLES)

    def shape(self, office: Office) -> Path:
        """Where the ids are written that its rows point at."""
        return self.home / f"{self.database}-{office.first_day}.shape"

    def draft(self, office: Office) -> Path:
        return self.home / f"{office.name}.draft"

    def bring_up_to_date(self, office: Office) -> None:
        """The tables of an older release become those of today, and what it was not filled with then is added."""
        words = [sys.executable, "manage.py", "migrate", "--noinput", "--verbosity", "0"]
        subprocess.run(words, cwd=ROOT, env=self.environment(office, patient=True), check=True)
        self._perform(office, office.name, "gather")

    def _perform(self, office: Office, name: str, *words: str) -> None:
        program = [sys.executable, "-m", "tools.bench.building", *words]
        subprocess.run(program, cwd=ROOT, env=self.environment(office, name, patient=True), check=True)

    def mark(self, office: Office) -> Path:
        """Where it is written that the office is whole."""
        return self.home / f"{self.database}-{office.name}.json"

    def _clear(self, name: str, pattern: str = "") -> None:
        """An empty database of this name, or one like another."""
        self._remove(name)
        if self.database != "sqlite":
            self._ask(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{pattern}"' if pattern else ""))
        elif pattern:
            shutil.copyfile(self.home / f"{pattern}.sqlite3", self.home / f"{name}.sqlite3")

    def _remove(self, name: str) -> None:
        if self.database != "sqlite":
            self._ask(f'DROP DATABASE IF EXISTS "{name}"')
            return
        for ending in ("", "-wal", "-shm", "-journal"):
            (self.home / f"{name}.sqlite3{ending}").unlink(missing_ok=True)

    def _put(self, part: str, name: str) -> int:
        """Under its own name; tells its size in megabytes."""
        if self.database == "sqlite":
            made, place = self.home / f"{part}.sqlite3", self.home / f"{name}.sqlite3"
            self._remove(name)
            made.replace(place)
            return place.stat().st_size // 2**20
        self._remove(name)
        self._ask(f'ALTER DATABASE "{part}" RENAME TO "{name}"')
        with psycopg.connect(f"{self.server}/postgres") as server:
            row = server.execute("SELECT pg_database_size(%s)", [name]).fetchone()
        return row[0] // 2**20 if row else 0

    def _ask(self, statement: str) -> None:
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as server:
            server.execute(statement)
