"""A stamp that the database itself renews with every change of certain tables, in the transaction of the change.

So nothing that writes can forget it: no page, no bulk write, no statement typed by hand.
"""

# ruff: noqa: S608 -- the names put into statements are our own models'

from collections.abc import Iterable

from django.db import connection, models, transaction

#: Each connection to PostgreSQL renews one of so many rows: two who write at once never wait for each other's commit.
SLOTS = 64
#: Random and not counted: what was rolled back never returns with other contents. Forty-eight bits can be summed up.
MOST = 2**48

#: On PostgreSQL one trigger for each statement, TRUNCATE too; SQLite knows them for each row only.
ACTS = ("INSERT", "UPDATE", "DELETE")


def stamp_of(stamps: type[models.Model]) -> int | None:
    """What differs after every change and never comes back; None where nothing is stamped yet."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT SUM(word) FROM {stamps._meta.db_table}")
        said = cursor.fetchone()[0]
    return None if said is None else int(said)


def prepare_stamps(stamps: type[models.Model], tables: Iterable[type[models.Model]]) -> None:
    """Make or mend the triggers, and renew the stamp; run after every migrate, which may have written without them."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _renewing(stamps._meta.db_table):
            cursor.execute(statement)
        for name, table, when in _wanted(tables):
            cursor.execute(_trigger(stamps._meta.db_table, name, table, when))
        for slot in range(SLOTS if connection.vendor == "postgresql" else 1):
            cursor.execute(_renewed(stamps._meta.db_table, str(slot)))


def stamp_triggers_missing(tables: Iterable[type[models.Model]]) -> list[str]:
    """Names of the triggers that should be there and are not, or were switched off."""
    wanted = {name for name, _table, _when in _wanted(tables)}
    if connection.vendor == "postgresql":
        asked = "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND tgname = ANY(%s)"
    else:
        asked = f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name IN ({', '.join(['%s'] * len(wanted))})"
    with connection.cursor() as cursor:
        cursor.execute(asked, [sorted(wanted)] if connection.vendor == "postgresql" else sorted(wanted))
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


def _wanted(tables: Iterable[type[models.Model]]) -> list[tuple[str, str, str]]:
    """(trigger, table, after what)."""
    names = [model._meta.db_table for model in tables]
    if connection.vendor == "postgresql":
        return [(f"{name}_stamped", name, " OR ".join([*ACTS, "TRUNCATE"])) for name in names]
    return [(f"{name}_stamped_{act.lower()}", name, act) for name in names for act in ACTS]


def _renewing(stamps: str) -> list[str]:
    if connection.vendor != "postgresql":
        return []
    body = f"BEGIN {_renewed(stamps, f'pg_backend_pid() % {SLOTS}')}; RETURN NULL; END"
    return [f"CREATE OR REPLACE FUNCTION {stamps}_renewed() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"]


def _trigger(stamps: str, name: str, table: str, when: str) -> str:
    if connection.vendor == "postgresql":
        act = f"FOR EACH STATEMENT EXECUTE FUNCTION {stamps}_renewed()"
        return f"CREATE OR REPLACE TRIGGER {name} AFTER {when} ON {table} {act}"
    return f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {when} ON {table} BEGIN {_renewed(stamps, '0')}; END"


def _renewed(stamps: str, slot: str) -> str:
    word = f"floor(random() * {MOST})::bigint" if connection.vendor == "postgresql" else f"random() & {MOST - 1}"
    put = f"INSERT INTO {stamps} (slot, word) VALUES ({slot}, {word})"
    return f"{put} ON CONFLICT (slot) DO UPDATE SET word = excluded.word"
