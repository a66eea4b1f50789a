"""Our own PostgreSQL: with the memory it is to have, and while offices are built in it, in haste."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg

from tests import servers

#: Rows that come to an empty table and indexes made in one go are then written once instead of twice.
HASTY = {"wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "16GB", "autovacuum": "off"}


#: PostgreSQL comes with 128 MB of its own, for the smallest of machines; its manual gives it a quarter of a server's.
MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20 // 4


def roomy(folder: Path) -> AbstractContextManager[str]:
    """As an office server gives it memory; a server that somebody else keeps stays as it is."""
    return servers.postgres(folder, shared_buffers=f"{MEMORY}MB", effective_cache_size=f"{3 * MEMORY}MB")


@contextmanager
def hasty(folder: Path) -> Iterator[str]:
    """The same without a journal of what a power cut may as well take."""
    if os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://")):
        with roomy(folder) as address:
            yield address
        return
    with roomy(folder) as address:
        _ask(address, [f"ALTER SYSTEM SET {name} = '{value}'" for name, value in HASTY.items()])
    with roomy(folder) as address:
        try:
            yield address
        finally:
            # Measured is a server that keeps a journal again.
            _ask(address, ["ALTER SYSTEM RESET ALL"])


def _ask(address: str, statements: list[str]) -> None:
    with psycopg.connect(address, autocommit=True) as server:
        for each in statements:
            server.execute(each)
