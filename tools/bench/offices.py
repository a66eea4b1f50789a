"""The measured offices: built once, kept under var/bench/, brought to the tables of today before they are measured."""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from tests import servers

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "only-for-measuring-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF"


@dataclass(frozen=True)
class Office:
    """One office to be measured; a wide one has many types and roles, and nothing said for characteristics."""

    database: str
    size: int
    is_wide: bool = False

    @property
    def name(self) -> str:
        return f"{'wide' if self.is_wide else 'office'}_{self.size}"

    @property
    def words(self) -> str:
        """Types, roles and whether values are said, as the builder takes them."""
        return "300 50 bare" if self.is_wide else "30 6 values"

    def __str__(self) -> str:
        more = ", 300 types, 50 roles" if self.is_wide else ""
        return f"{self.size:,} counterparties on {'PostgreSQL' if self.database == 'postgresql' else 'SQLite'}{more}"


class Keeper:
    """Knows where offices are kept, and makes those that are missing."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def opened(self, database: str) -> Iterator["Shelf"]:
        """The offices of one database; its server runs as long as they are looked at."""
        if database == "sqlite":
            yield Shelf(self.home, database, "")
            return
        with servers.postgres(self._folder_of_postgres()) as address:
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

    def has(self, office: Office) -> bool:
        return self._mark(office).exists()

    def built(self, office: Office) -> dict[str, float]:
        """What is known of its building."""
        return json.loads(self._mark(office).read_text())

    def make(self, office: Office) -> None:
        """Build an office beside its place and put it there when it is whole."""
        part = f"{office.name}_part"
        self._clear(part)
        began = time.monotonic()
        environment = self.environment(office, part, patient=True)
        program = [sys.executable, "-m", "tools.bench.building", str(office.size), *office.words.split()]
        subprocess.run(["nice", "-n", "19", *program], cwd=ROOT, env=environment, check=True)
        size = self._put(part, office.name)
        facts = {"seconds": round(time.monotonic() - began), "megabytes": size}
        self._mark(office).write_text(json.dumps(facts))

    def bring_up_to_date(self, office: Office) -> None:
        """The tables of an older release become those of today, as any office's would."""
        for words in (["manage.py", "migrate", "--noinput", "--verbosity", "0"], ["-m", "tools.bench.furnishing"]):
            subprocess.run([sys.executable, *words], cwd=ROOT, env=self.environment(office, patient=True), check=True)

    def _mark(self, office: Office) -> Path:
        return self.home / f"{self.database}-{office.name}.json"

    def _clear(self, name: str) -> None:
        if self.database == "sqlite":
            for ending in ("", "-wal", "-shm", "-journal"):
                (self.home / f"{name}.sqlite3{ending}").unlink(missing_ok=True)
            return
        self._ask(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')

    def _put(self, part: str, name: str) -> int:
        """Under its own name; tells its size in megabytes."""
        if self.database == "sqlite":
            made, place = self.home / f"{part}.sqlite3", self.home / f"{name}.sqlite3"
            made.replace(place)
            return place.stat().st_size // 2**20
        self._ask(f'DROP DATABASE IF EXISTS "{name}"', f'ALTER DATABASE "{part}" RENAME TO "{name}"')
        with psycopg.connect(f"{self.server}/postgres") as server:
            row = server.execute("SELECT pg_database_size(%s)", [name]).fetchone()
        return row[0] // 2**20 if row else 0

    def _ask(self, *statements: str) -> None:
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as server:
            for each in statements:
                server.execute(each)
