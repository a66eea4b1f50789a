"""Which operations touched counterparties of which types: kept by the database while history is written."""

from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection

from counterparties.models import Counterparty, Touch
from desk.databases.touches import Touches, Way
from files.models import StoredFile
from trail.history import Recorded


@cache
def kept() -> Touches:
    """Everything recorded that hangs on a counterparty, or on what hangs on one; its own facts first."""
    found = [Way(Counterparty.history.model._meta.db_table, "id")]
    for model in apps.get_models():
        if _is_told(model) and model is not Counterparty and (way := _way(model)):
            found.append(way)
    return Touches(Touch, "type_set", Counterparty, tuple(found))


def _is_told(model: Any) -> bool:
    """A file is told of where it was put."""
    return issubclass(model, Recorded) and model is not StoredFile


def _way(model: Any) -> Way | None:
    history = model.history.model._meta.db_table
    if column := _names(model):
        return Way(history, column)
    for field in model.history.model.tracked_fields:
        if field.is_relation and _is_told(field.related_model) and (column := _names(field.related_model)):
            return Way(history, field.column, (field.related_model.history.model._meta.db_table, column))
    return None


def _names(model: Any) -> str:
    """The column by which a row says on which counterparty it hangs; of two, the first one it names."""
    pointing = [each for each in model.history.model.tracked_fields if each.related_model is Counterparty]
    return pointing[0].column if pointing else ""


def prepare(anew: bool = False) -> None:
    """Make or mend it; run after every migrate, and ``anew`` where history was written past it."""
    if _is_whole():
        kept().prepare(anew)


def forget() -> None:
    """Until it is prepared again. A migration of SQLite that rebuilds a table stumbles over triggers that read it."""
    if connection.vendor == "sqlite":
        kept().forget()


def missing() -> list[str]:
    """Names of triggers that should keep it and are not there."""
    return kept().missing()


def _is_whole() -> bool:
    """Were all the migrations run? Only some of them may be, by hand."""
    return {way.history for way in kept().ways} <= set(connection.introspection.table_names())
