"""Operations: one act of one person, whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction

from desk.databases.gone import points_at_nothing
from desk.models import Gone
from trail.history import Act, finished, forgetting, under_way


@contextmanager
def operation(
    kind: str, *, by: Any, reason: str = "", undoes: Any = None, continues: int | None = None
) -> Iterator[Act]:
    """Everything inside happens together, under one entry of history; a nested call joins the outer one.

    ``continues``: the number of an operation that was written in an earlier transaction and goes on in this one, as
    the next portion of a long import does.

    The block is the transaction (immediate on SQLite). Its ``Operation`` is written with the first recorded change.
    Gone where something it points at was deleted meanwhile: that is known at its end alone.
    To be repeated after a lock or deadlock, wrap the whole act in ``desk.databases.attempt``.
    """
    current = under_way.get()
    if current is not None:
        yield current
        return
    act = Act(kind, by, reason, undoes, row=continues)
    token = under_way.set(act)
    try:
        with transaction.atomic():
            yield act
        finished.set(act if act.row is not None else finished.get())
    except BaseException as error:
        act.row = None
        if isinstance(error, IntegrityError) and points_at_nothing(error):
            raise Gone(str(error)) from error
        raise
    finally:
        under_way.reset(token)


@contextmanager
def part() -> Iterator[None]:
    """A part of an operation that may be rolled back alone, for example one row of an import."""
    with forgetting(), transaction.atomic():
        yield
