"""Many elements at once, with the same rows of history that saving them one by one would leave."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from characteristics.models import Element
from trail.history import person_at_work

BATCH = 500


def add(elements: Sequence[Element]) -> None:
    """New elements; they have their ids afterwards. A parent among them must stand before its children's call."""
    Element.objects.bulk_create(elements, batch_size=BATCH)
    _remember(elements, "+")


def change(elements: Sequence[Element]) -> None:
    """Keep what differs from what was read: names, parent, position."""
    changed = [each for each in elements if each.changed_fields()]
    by_fields: dict[tuple[str, ...], list[Element]] = {}
    for each in changed:
        by_fields.setdefault(tuple(each.changed_fields()), []).append(each)
    for names, those in by_fields.items():
        _write(names, those)
    _remember(changed, "~")


def remove(elements: Sequence[Element]) -> None:
    """Elements nobody uses go for good; their history says so. The database itself refuses one that is used."""
    _remember(elements, "-")
    pks = [each.pk for each in elements]
    for start in range(0, len(pks), BATCH):
        going = Element._base_manager.filter(pk__in=pks[start : start + BATCH])
        going._raw_delete(going.db)


def _remember(elements: Sequence[Element], sort: str) -> None:
    """The rows of history, in the words of the library: + added, ~ changed, - gone."""
    history, now, person = Element.history.model, timezone.now(), person_at_work()
    names = [field.attname for field in history.tracked_fields]
    rows = [
        history(
            history_date=now,
            history_user=person,
            history_type=sort,
            **{name: getattr(each, name) for name in names},
        )
        for each in elements
    ]
    history.objects.bulk_create(rows, batch_size=BATCH)


def _write(names: Sequence[str], elements: Sequence[Element]) -> None:
    fields: list[Any] = [Element._meta.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    sets = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    rows = [
        [*(field.get_db_prep_save(getattr(each, field.attname), connection) for field in fields), each.pk]
        for each in elements
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quoted(Element._meta.db_table)} SET {sets} WHERE id = %s", rows)  # noqa: S608
