"""What is reckoned of many rows at once, alike on both databases."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Aggregate, BigIntegerField, QuerySet, TextField


class Gathered(Aggregate):
    """All that the rows of one group say, in one text, a line for each."""

    function, output_field = "GROUP_CONCAT", TextField()
    template = "%(function)s(%(expressions)s, '\n')"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "STRING_AGG((%(expressions)s)::text, '\n')"
        return self.as_sql(compiler, connection, template=template, **extra)


class _OfParts(Aggregate):
    """Of numbers that are kept as whole numbers of their smallest part; ``one`` is made of so many parts."""

    output_field = BigIntegerField()

    def __init__(self, expression: Any, one: int = 1, **extra: Any) -> None:
        super().__init__(expression, one=int(one), **extra)


class SumOfOnes(_OfParts):
    """The whole ones of each number, added up. SQLite adds no further than 9·10¹⁸, which two great numbers reach."""

    template = "SUM((%(expressions)s) / %(one)s)"


class SumOfRests(_OfParts):
    """What each number has besides its whole ones, added up in parts."""

    template = "SUM((%(expressions)s) %%%% %(one)s)"


class GreatestRest(_OfParts):
    """0 where every number is made of whole ones."""

    template = "MAX(ABS((%(expressions)s) %%%% %(one)s))"


def first_rows(records: QuerySet, most: int) -> list[tuple[Any, ...]]:
    """The first so many, as the database hands them over. It is not told that no more are wanted: where all of them
    must be grouped anyhow, PostgreSQL would look for a way that is short to the first ones alone.
    """
    try:
        sql, params = records.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchmany(most)
