"""Our own PostgreSQL while offices are built in it: no journal of what a power cut may as well take."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import servers

#: Rows that come to an empty table and indexes made in one go are then written once instead of twice.
HASTY = {"wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "16GB", "autovacuum": "off"}


@contextmanager
def hasty(folder: Path) -> Iterator[str]:
    """As `servers.postgres`, but in haste; a server that somebody else keeps stays as it is."""
    if os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://")):
        with servers.postgres(folder) as address:
            yield address
        return
    with servers.postgres(folder) as address:
        _ask(address, [f"ALTER SYSTEM SET {name} = '{value}'" for name, value in HASTY.items()])
    with servers.postgres(folder) as address:
        try:
            yield address
        finally:
            # Measured is a server that keeps a journal again.
            _ask(address, ["ALTER SYSTEM RESET ALL"])


def _ask(address: str, statements: list[str]) -> None:
    with psycopg.connect(address, autocommit=True) as server:
        for each in statements:
            server.execute(each)
