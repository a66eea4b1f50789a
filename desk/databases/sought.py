"""A list of what free search finds in very many records: met on a short walk, or else read out of the index."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from typing import Any

from django.db import connection, models

from .begun import begun
from .found import Found, insisted
from .hits import Hits
from .words import WordsInEach

#: So many records of a list are looked into before all hits are read.
A_SHORT_WALK = 3_000
#: Up to so many hits a count begins with their index; of more the first thousand are soon met anywhere.
COUNTED_FROM_INDEX = 100_000


class Sought(WordsInEach):
    """There are so many hits that each record is looked into; a count still begins with what the index names first."""

    def __init__(self, hits: Hits) -> None:
        super().__init__(models.F(hits.column), hits.readings)
        self.hits, self.owners = hits, hits if hits.is_indexed else None

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        is_counted = compiler.query.is_sliced and not compiler.query.order_by
        if is_counted and self.hits.at_most(COUNTED_FROM_INDEX):
            # 20,000 hits of a million: by the index of types 131 ms, so 12.
            return insisted(self.lhs, self.readings).as_sql(compiler, connection)
        return self.as_sql(compiler, connection)


def met_soon(rows: models.QuerySet, many: int) -> models.QuerySet:
    """The same first so many rows; where they are searched and a short walk does not meet them, out of the index.

    What is common in the whole list may be missing from long stretches of it: names in Latin letters stand before those
    in Cyrillic. (By one Cyrillic letter at a million: 1,000 ms by the walk, 130 so.)
    """
    searched = next((each for each in rows.query.where.children if isinstance(each, Sought | Found)), None)
    if searched is None:
        return rows
    unsought, hits = rows.all(), searched.hits
    unsought.query.where.children.remove(searched)
    if isinstance(searched, Found):
        found = begun(unsought, hits, many)
        return rows if found is None else found
    passed, given = unsought.values_list("pk", hits.column)[:A_SHORT_WALK].query.sql_with_params()
    said, words = hits.standing()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pk FROM ({passed}) AS passed WHERE {said} LIMIT {int(many)}", [*given, *words])
        met = [pk for (pk,) in cursor.fetchall()]
    return unsought.filter(pk__in=met) if len(met) == many else unsought.filter(Found(hits))
