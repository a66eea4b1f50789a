"""The histories of the office, and how far each has come."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection


@cache
def recorded_models() -> tuple[Any, ...]:
    """Every model that has a history, but the rows of history themselves."""
    models: list[Any] = apps.get_models()
    return tuple(
        each for each in models if hasattr(getattr(getattr(each, "history", None), "model", None), "tracked_fields")
    )


def ends(models: Iterable[Any]) -> dict[Any, int]:
    """The last row of each history: what is written later stands behind it. One query."""
    known, name = list(models), connection.ops.quote_name
    looks = [f"(SELECT MAX(history_id) FROM {name(each.history.model._meta.db_table)})" for each in known]  # noqa: S608 -- names of our own tables
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(looks)}")
        return dict(zip(known, [last or 0 for last in cursor.fetchone()], strict=True))
