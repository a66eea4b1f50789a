"""Records that are shown and not saved."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)


def shown(model: type[M], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[M]:
    """Records made of bare rows; what was not read of them is read when somebody asks for it.

    Django asks every field of the model about every record and tells whoever listens, a fifth of what a list costs:
    9 µs a record, 1 µs so.
    """
    made = []
    for row in rows:
        record = object.__new__(model)
        record.__dict__.update(zip(names, row, strict=False))
        record._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        made.append(record)
    return made
