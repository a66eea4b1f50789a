"""Loading an office from its draft: what differs between the databases. Nobody else may be at work in the office."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection, transaction

from counterparties.models import Address, BankAccount, Client, Contract, Counterparty, Project, Value
from tools.bench import indexes
from tools.bench.drafts import Draft
from tools.bench.filling import imports
from trail.models import Operation

#: What a draft holds rows for; the history of those that are remembered follows from them.
FILLED: tuple[Any, ...] = (Operation, Counterparty, Value, Client, Address, Project, Contract, BankAccount)
REMEMBERED: tuple[Any, ...] = (Counterparty, Value)


def load(draft: Draft, say: Callable[[str], None]) -> None:
    """All rows, their history, then the indexes in one go, then all that is made after every migration."""
    models = [*FILLED, *(each.history.model for each in REMEMBERED)]
    with indexes.all_there_again(), in_haste():
        with indexes.away([each._meta.db_table for each in models]):
            for model in FILLED:
                _copy(draft, model)
            say("  rows")
            for model in REMEMBERED:
                _remember(model)
            say("  history")
        say("  indexes")
        # To the office this is a migration after which everything is new: search, tallies and statistics are made.
        emit_post_migrate_signal(verbosity=0, interactive=False, db="default", plan=["every row"])
        say("  search, tallies and statistics")
    # The database goes on numbering behind these rows.
    _execute(connection.ops.sequence_reset_sql(no_style(), models))


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def _copy(draft: Draft, model: Any) -> None:
    columns = ", ".join(f'"{each}"' for each in draft.columns(model))
    if not columns:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if not _is_postgresql():
            cursor.execute("ATTACH %s AS draft", [str(draft.path)])
            cursor.execute(f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM draft."{table}"')
            cursor.execute("DETACH draft")
            return
        with transaction.atomic():
            _begin_anew(table)
            with cursor.cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for lines in draft.lines(model):
                    copy.write(lines)


def _remember(model: Any) -> None:
    """The history of rows that came with an import: that they came, when, and by whose hand."""
    history, own = model.history.model._meta.db_table, [each.column for each in model.history.model.tracked_fields]
    said = ", ".join(f"each.{column}" for column in own)
    columns = ", ".join([*own, "history_id", "history_type", "history_date", "history_user_id", "operation_id"])
    owner = "id" if model is Counterparty else "counterparty_id"
    # The imports brought as many counterparties each, one after the other, and the last one the rest.
    each, how_many = imports(Counterparty.objects.count())
    place, last = f"(owner.id - 1) / {each}", how_many - 1
    sql = (
        f"INSERT INTO {history} ({columns})"
        f" SELECT {said}, each.id, '+', owner.created_at, came.user_id, came.id FROM {model._meta.db_table} each"
        f" JOIN counterparties_counterparty owner ON owner.id = each.{owner}"
        f" JOIN trail_operation came ON came.id = CASE WHEN {place} < {last} THEN {place} ELSE {last} END"
        " + (SELECT MIN(id) FROM trail_operation WHERE kind = 'import')"
    )
    with transaction.atomic():
        _begin_anew(history)
        _execute([sql])


def _begin_anew(table: str) -> None:
    """PostgreSQL writes no journal of rows that come to a table in the transaction that emptied it."""
    if _is_postgresql() and not _asked(
        "SELECT 1 FROM pg_constraint WHERE contype = 'f' AND confrelid = %s::regclass", [table]
    ):
        _execute([f"TRUNCATE {table}"])


def settle() -> None:
    """PostgreSQL looks through what was written, as it would by itself before long; SQLite has nothing to look for."""
    if _is_postgresql():
        _execute(["SET statement_timeout = 0", "VACUUM ANALYZE"])


@contextmanager
def in_haste() -> Iterator[None]:
    """Nothing of a half built office has to survive, so nothing is waited for or written twice."""
    if _is_postgresql():
        hasty = ["session_replication_role = replica", "maintenance_work_mem = '512MB'", "work_mem = '512MB'"]
        hasty += ["synchronous_commit = off", "statement_timeout = 0"]
        _execute([f"SET {each}" for each in hasty])
        after = ["SET session_replication_role = origin", "RESET work_mem"]
    else:
        _execute([f"PRAGMA {each}" for each in ("foreign_keys = OFF", "synchronous = OFF", "cache_size = -500000")])
        after = ["PRAGMA foreign_keys = ON"]
    yield
    _execute(after)


@contextmanager
def without_journal() -> Iterator[None]:
    """SQLite's own haste, for a process that alone has the office open; PostgreSQL's server has its own."""
    if _is_postgresql():
        yield
        return
    _execute(["PRAGMA journal_mode = OFF"])
    yield
    _execute(["PRAGMA journal_mode = WAL"])


def _asked(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def _execute(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
