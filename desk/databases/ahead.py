"""Rows that are asked for before they are needed, and awaited when they are."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

Rows = list[tuple[Any, ...]]


def when_taken(statement: str) -> Callable[[], Rows]:
    """What gives the rows of a statement, which is sent when they are taken."""
    return partial(_rows, connections[DEFAULT_DB_ALIAS], statement)


def ahead(statement: str) -> Callable[[], Rows]:
    """The same, but PostgreSQL looks for them from now on, while Python does something else: an export of 25 columns
    waits for what 2,000 records say while it writes the 2,000 before, and takes a tenth to a sixth less.

    By the same connection, so in the same transaction: whoever else asks it something waits until it has answered. A
    sheet that is broken off writes its receipt through it and waits as well. SQLite has nobody else to do it.
    """
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor == "sqlite":
        return when_taken(statement)
    here.inc_thread_sharing()
    hand = ThreadPoolExecutor(1)
    answer = hand.submit(_rows_for_another, here, statement)
    hand.shutdown(wait=False)
    return answer.result


def _rows_for_another(here: Any, statement: str) -> Rows:
    try:
        return _rows(here, statement)
    finally:
        here.dec_thread_sharing()


def _rows(here: Any, statement: str) -> Rows:
    with here.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
