"""Questions that may take long are asked for a while and given up in time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

#: SQLite looks at the clock after so many of its own steps: about every millisecond.
STEPS = 20_000


class TookTooLong(Exception):
    """The answer did not come in time."""


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """What is read within is waited for no longer than this, statement by statement."""
    limited = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    with limited(seconds):
        yield


@contextmanager
def _on_postgresql(seconds: float) -> Iterator[None]:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [str(int(seconds * 1000))])
            yield
    except OperationalError as error:
        # The class of the driver's own error says why it ended.
        if getattr(error.__cause__, "sqlstate", "") != "57014":
            raise
        raise TookTooLong from error


@contextmanager
def _on_sqlite(seconds: float) -> Iterator[None]:
    # Nothing is begun here: on SQLite whoever begins keeps all others from writing.
    connection.ensure_connection()
    end = time.monotonic() + seconds
    connection.connection.set_progress_handler(lambda: int(time.monotonic() > end), STEPS)
    try:
        yield
    except OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise TookTooLong from error
    finally:
        connection.connection.set_progress_handler(None, 0)
