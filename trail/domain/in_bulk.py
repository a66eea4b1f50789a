"""Many records at once, with the same rows of history that saving them one by one would leave.

The one builder of such rows: imports, pasted lists and the matrix of rights write through it, and a test compares it
with ``save``. Statements are written out, because the library's own bulk functions cost eight times as much.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models
from django.utils import timezone

from desk.databases.ready import converter, row_maker
from desk.databases.writing import one_of, update_rows, write_rows
from desk.models import Stale
from trail.history import operation_id, person_at_work

#: So many ids are named in one statement.
BATCH = 500
#: What a row of history says besides the record's own fields.
ABOUT = ("history_date", "history_change_reason", "history_type", "history_user", "operation")


def add(records: Sequence[Any]) -> None:
    """New records of one model; they have their ids afterwards. Parents come in an earlier call than children."""
    if records:
        type(records[0])._base_manager.bulk_create(records, batch_size=BATCH)
        remember(records, "+")


def change(records: Sequence[Any]) -> None:
    """Write what differs from what was read, with its history; records that do not differ stay out."""
    changes(records).write()


def changes(records: Sequence[Any]) -> "Changes":
    """The same, made ready."""
    found = Changes()
    by_fields: dict[tuple[str, ...], list[Any]] = defaultdict(list)
    for each in records:
        if names := tuple(each.changed_fields()):
            by_fields[names].append(each)
    for names, those in by_fields.items():
        found.add(names, those)
    found.remembered = [each.pk for those in by_fields.values() for each in those]
    return found


@dataclass
class Changes:
    """What differs, as rows for the database: they can be made while others write, and kept without the records."""

    model: Any = None
    #: Records that are claimed have the version they were read with, and get the next one.
    is_claimed: bool = False
    #: Columns → rows of them, each with what it is found by at its end.
    rows: dict[tuple[str, ...], list[list[Any]]] = field(default_factory=dict)
    #: Whose history tells of it.
    remembered: list[int] = field(default_factory=list)

    def add(self, names: Sequence[str], records: Sequence[Any]) -> None:
        self.model = model = type(records[0])
        found_by = [model._meta.pk, *([model._meta.get_field("version")] if self.is_claimed else [])]
        row_of = row_maker([*map(model._meta.get_field, names), *found_by])
        self.rows[tuple(names)] = [row_of(each) for each in records]

    def write(self) -> None:
        """Stale when a record is gone, or is claimed and has another version by now."""
        for names, rows in self.rows.items():
            columns = [self.model._meta.get_field(name).column for name in names]
            written = update_rows(self.model._meta.db_table, columns, rows, is_claimed=self.is_claimed)
            if written != len(rows):
                raise Stale(self.model(pk=rows[0][len(names)]))
        remember_ids(self.model, self.remembered, "~")


def remove(records: Sequence[Any]) -> None:
    """Records that go for good; their history says so. The database itself refuses one that is used."""
    if records:
        remove_ids(type(records[0]), [each.pk for each in records])


def remove_ids(model: Any, ids: Sequence[int]) -> None:
    remember_ids(model, ids, "-")
    for start in range(0, len(ids), BATCH):
        going = model._base_manager.filter(pk__in=ids[start : start + BATCH])
        going._raw_delete(going.db)


def remember(records: Sequence[Any], sort: str) -> None:
    """The rows of history of these records, in the words of the library: + added, ~ changed, - gone."""
    if records:
        remember_ids(type(records[0]), [each.pk for each in records], sort)


def remember_ids(model: Any, ids: Sequence[int], sort: str, at: datetime | None = None) -> None:
    """The same of records that stand in the database, which reads them itself: nothing is made ready a second time."""
    if not ids:
        return
    told, (among, named) = about(model.history.model, sort, at), one_of(ids)
    with connection.cursor() as cursor:
        cursor.execute(f"{_copying(model)} WHERE id {among} ORDER BY id", [*told, named])


@cache
def _copying(model: Any) -> str:
    """What writes rows of history out of the records, but for which of them."""
    history = model.history.model
    own = [_quoted(each.column) for each in history.tracked_fields]
    into = ", ".join([*own, *(_quoted(each.column) for each in about_fields(history))])
    out_of = ", ".join([*own, *["%s"] * len(ABOUT)])
    statement = f"INSERT INTO {_quoted(history._meta.db_table)} ({into}) SELECT {out_of}"
    return f"{statement} FROM {_quoted(model._meta.db_table)}"


def about_fields(history: Any) -> list[Any]:
    return [history._meta.get_field(name) for name in ABOUT]


def about(history: Any, sort: str, at: datetime | None = None) -> list[Any]:
    """When, now unless it is said, by whom and under which operation: the same for all rows of one call."""
    return [*when_and_who(history, sort, at), operation_id()]


def when_and_who(history: Any, sort: str, at: datetime | None = None) -> list[Any]:
    """The same but for the operation."""
    user = person_at_work()
    said = [at or timezone.now(), None, sort, user and user.pk]
    return [converter(each)(value) for each, value in zip(about_fields(history), said, strict=False)]


def insert(model: type[models.Model], fields: Sequence[Any], rows: Sequence[Sequence[Any]]) -> None:
    """Write prepared rows; nobody asks for their ids."""
    if rows:
        write_rows(model._meta.db_table, [each.column for each in fields], rows)


def update(names: Sequence[str], records: Sequence[Any], *, is_claimed: bool = False) -> None:
    """Write these columns of these records; what history says of it is the caller's."""
    those = Changes(is_claimed=is_claimed)
    those.add(names, records)
    those.write()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
