"""After a test that really wrote, the tables are again as they were before the first one.

Django empties all of them and lets every app prepare anew what it stands on: 0.08 s on SQLite and 0.24 s on PostgreSQL
each time. Here SQLite gets its pages back, and PostgreSQL loses the rows that were not there: a tenth of that.
"""

import sqlite3

from django.db import connection, transaction

#: Of migrations themselves; no test writes there.
NEVER = "django_migrations"
#: Renewed with every change, so it is never what it was; nor may it be, where processes keep what they read.
STAMPS = "trail_stamp"


class Before:
    """What a process found in its database before any test."""

    def __init__(self) -> None:
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            self.pages = sqlite3.connect(":memory:")
            connection.connection.backup(self.pages)
        else:
            self.tables = sorted({*connection.introspection.table_names()} - {NEVER, STAMPS})
            self.held = {table: _said(table) for table in self._full()}

    def comes_back(self) -> bool:
        """Whether it could: not after a test that changed what migrating wrote, nor for others than superusers."""
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            self.pages.backup(connection.connection)
            return True
        if not _may() or {table: _said(table) for table in self.held} != self.held:
            return False
        with transaction.atomic(), connection.cursor() as cursor:
            # Triggers and keys have nothing to say where all of it goes.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in self._full() - self.held.keys():
                cursor.execute(f"DELETE FROM {table}")
            cursor.execute(f"UPDATE {STAMPS} SET word = floor(random() * 2 ^ 48)")
        return True

    def _full(self) -> set[str]:
        """Tables that hold anything."""
        with connection.cursor() as cursor:
            cursor.execute(
                " UNION ALL ".join(f"SELECT '{each}' WHERE EXISTS (SELECT FROM {each})" for each in self.tables)
            )
            return {table for (table,) in cursor.fetchall()}


def _said(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(string_agg(one::text, '' ORDER BY one::text)) FROM {table} one")
        return cursor.fetchone()[0]


def _may() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        return cursor.fetchone()[0]
