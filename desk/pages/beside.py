"""The places of a list with their records beside them, read as bare rows by the same statement."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

from django.db.models import Model, QuerySet

from desk.databases.plainly import answered
from desk.databases.shown import shown

#: (number of the part, key, …, id of the record) and the record.
Beside = tuple[tuple[Any, ...], Any]


def beside_records(asked: QuerySet, names: Sequence[str], fields: Iterable[str], many: int) -> list[Beside]:
    """The first so many; ``names`` are those of the keys, ``fields`` what is read of each record."""
    if asked.query.select_related or len(asked.query.annotations) > len(names) + 1:
        # What comes from elsewhere is Django's to put in its place.
        rows = asked.only(*fields)[:many]
        return [((each.part, *[getattr(each, name) for name in names]), each) for each in rows]
    attributes = _attributes(asked.model, fields)
    bare = asked.values_list("part", *names, *attributes)[:many]
    return _parted(asked.model, attributes, len(names) + 1, list(bare))


def beside_records_plainly(
    question: Hashable,
    asked: Callable[[], QuerySet],
    model: type[Model],
    names: Sequence[str],
    fields: Iterable[str],
    many: int,
) -> list[Beside]:
    """The same where the question is asked plainly, and therefore put together once."""
    attributes = _attributes(model, fields)
    said = (question, attributes, many)
    rows = answered(said, lambda: asked().values_list("part", *names, *attributes)[:many])
    return _parted(model, attributes, len(names) + 1, rows)


def _attributes(model: Any, fields: Iterable[str]) -> tuple[str, ...]:
    columns = [model._meta.pk if name == "pk" else model._meta.get_field(name) for name in fields]
    return tuple(sorted({each.attname for each in columns}))


def _parted(model: type[Model], attributes: Sequence[str], behind: int, rows: Sequence[Sequence[Any]]) -> list[Beside]:
    """Each place and its record, whose columns stand behind it in the row."""
    records = shown(model, attributes, [row[behind:] for row in rows])
    return [(tuple(row[:behind]), record) for row, record in zip(rows, records, strict=True)]
