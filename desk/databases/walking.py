"""The first of a list: met on a short walk, before anybody asks which way to them is short."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import RawSQL

from .begun import begun
from .found import Found
from .leading import Named, decided, left_open, without_rows
from .owners import Owners
from .sought import Sought

#: So many records of a list are looked into before all hits are read.
A_SHORT_WALK = 3_000
#: The first so many records tell whether a page is full within so many.
GLANCED_AT, WALKED = 300, 8_000


def met_soon(rows: models.QuerySet, many: int) -> models.QuerySet:
    """The same first so many rows, met on a short walk where that is likely; else by their shortest way."""
    if left_open(rows):
        met = _met_at_a_glance(rows, many)
        if len(met) == many:
            return without_rows(rows).filter(Named(met))
        rows = decided(rows)
    searched = next((each for each in rows.query.where.children if isinstance(each, Sought | Found)), None)
    if searched is None:
        return rows
    unsought = rows.all()
    unsought.query.where.children.remove(searched)
    if isinstance(searched, Found):
        found = begun(unsought, searched.hits, many)
        return rows if found is None else found
    met = _met_unless_far(unsought, searched, many)
    return unsought.filter(Named(met)) if len(met) == many else unsought.filter(Found(searched.hits))


def _met_at_a_glance(rows: models.QuerySet, many: int) -> list[int]:
    """The ids of the first so many; fewer where the very first records of the list tell that it would take long.

    What one of seventy answers fills a page within a few thousand records. To try which way is short takes as long as
    a half of that, and PostgreSQL reads its whole index of pieces for it. (One of forty, a piece of a text by name.)
    """
    try:
        walk, passed = without_rows(rows).values_list("pk")[:WALKED].query.sql_with_params()
        holding = [_holding(owners) for owners in left_open(rows).owners]
    except EmptyResultSet:
        return []
    holds, given = " AND ".join(sql for sql, _given in holding), [each for _sql, said in holding for each in said]
    first = f"SELECT pk FROM ({walk}) AS list LIMIT {GLANCED_AT}"
    enough = max(many * GLANCED_AT * 2 // WALKED, 1)
    further = f"SELECT CASE WHEN COUNT(*) >= {enough} THEN {WALKED} ELSE 0 END FROM ({first}) AS passed WHERE {holds}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pk FROM (SELECT pk FROM ({walk}) AS list LIMIT ({further})) AS passed"
            f" WHERE {holds} LIMIT {int(many)}",
            [*passed, *passed, *given, *given],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _holding(owners: Owners) -> tuple[str, tuple]:
    """That a record which was passed owns one of these rows."""
    sql, given = owners.of_each(RawSQL("passed.pk", ())).query.exists().sql_with_params()
    # The offset keeps PostgreSQL from turning the question round.
    return f"EXISTS({sql} OFFSET 0)", given


def _met_unless_far(rows: models.QuerySet, searched: Sought, many: int) -> list[int]:
    """The ids of the first so many that are searched for, as far as a short walk meets them.

    What is common in the whole list may be missing from long stretches of it: names in Latin letters stand before those
    in Cyrillic. (By one Cyrillic letter at a million: 1,000 ms by the walk, 130 so.)
    """
    hits = searched.hits
    passed, given = rows.values_list("pk", hits.column)[:A_SHORT_WALK].query.sql_with_params()
    said, words = hits.standing()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pk FROM ({passed}) AS passed WHERE {said} LIMIT {int(many)}", [*given, *words])
        return [pk for (pk,) in cursor.fetchall()]
