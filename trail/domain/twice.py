"""What is sent twice, by a second click or by sending a page again, is taken in once.

A form says when it was opened. Whatever the same person added since, and says the very same, came from that form: it is
found again instead of being added once more. Whoever changed a single word meant another one.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from files.models import StoredFile
from trail.domain.changes import recorded


class Twice(Exception):
    """It is in the books already: nothing more is written, and the one that is there is as good."""

    def __init__(self, there: Any) -> None:
        super().__init__(f"{there._meta.label} {there.pk} was sent twice")
        self.there = there


def came_since(record: Any, opened_at: datetime | None, by: Any) -> bool:
    """Did the same person add it since the form was opened? No where the form does not say when."""
    if opened_at is None:
        return False
    return record.history.filter(history_type="+", history_date__gte=opened_at, operation__user=by).exists()


def says_same(one: Any, other: Any, left_out: Collection[str]) -> bool:
    """Do two records of a model say the very same, but for these fields?"""
    model: Any = type(one)
    fields = [field for field in recorded(model) if field.name not in left_out]
    return all(_content(one, field) == _content(other, field) for field in fields)


def _content(record: Any, field: Any) -> Any:
    """A file that is brought once more is stored once more, under another number."""
    said = getattr(record, field.name if field.related_model is StoredFile else field.attname)
    return (said.sha256, said.name) if isinstance(said, StoredFile) else said
