"""One statement: how much there is of each different answer."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from counterparties.models import Tally
from desk.databases.beside import Beside
from desk.databases.gathering import first_rows

from .cuts import Cut
from .measures import Measure, Sums

#: So many different answers, or pairs of them, are put together at the most.
MOST_GROUPS = 20_000
#: What one row of the database says: the answers to the cut by rows and to that by columns, and the sums.
Group = tuple[Any, Any, Sums]


class TooManyAnswers(Exception):
    """There are more different answers than anybody could read."""


def groups(records: QuerySet, rows: Cut, columns: Cut | None, measure: Measure) -> list[Group]:
    """What the database counts and adds up among these records."""
    beside, names = Beside(records), ["in_row"]
    rows.prepare(beside)
    measure.put(beside)
    rows.put(beside, "in_row")
    if columns is not None:
        columns.prepare(beside)
        columns.put(beside, "in_column")
        names.append("in_column")
    made = beside.read(beside.records.values_list(*names).annotate(**measure.sums()))
    return _read(first_rows(made, MOST_GROUPS + 1), len(names))


def tallied(
    sets: Collection[int], rows: Cut, columns: Cut | None, is_archived: bool | None, statuses: Collection[int] | None
) -> list[Group]:
    """The same where the tallies know it: of these combinations of types, with one of these statuses."""
    asked: dict[str, Any] = {"type_set__among": frozenset(sets)}
    if is_archived is not None:
        asked["is_archived"] = is_archived
    if statuses is not None:
        asked["status__in"] = list(statuses)
    names = [each.tallied for each in (rows, columns) if each is not None]
    added = Tally.objects.filter(**asked).order_by().values_list(*dict.fromkeys(names)).annotate(many=Sum("number"))
    found = []
    for *answers, many in added:
        said = dict(zip(dict.fromkeys(names), answers, strict=True))
        # Of the tallies 0 is no status.
        answer = [said[each] or None for each in names]
        if many:
            found.append((answer[0], answer[1] if len(answer) == 2 else None, (many,)))
    return found


def _read(rows: Iterable[tuple[Any, ...]], answers: int) -> list[Group]:
    found = [(row[0], row[1] if answers == 2 else None, tuple(map(_whole, row[answers:]))) for row in rows]
    if len(found) > MOST_GROUPS:
        raise TooManyAnswers
    return found


def _whole(number: Any) -> Any:
    """PostgreSQL adds whole numbers up to one of another sort, so that none is too great."""
    return int(number) if isinstance(number, Decimal) else number
