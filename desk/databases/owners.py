"""Whose some rows are: read no further than is asked for."""

# ruff: noqa: S608, S611 -- the names put into statements are our own models'; what people say goes in as parameters

from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet
from django.db.models.expressions import RawSQL

#: Beyond this it is not counted how many rows there are.
COUNTED = 100_000


class Owners:
    """The owners of these rows, in the order in which an index gives them."""

    #: How many times dearer it is to name an owner than to read it out of an index.
    price = 1
    #: How many of the first ones answer all that is asked, once they were tried.
    answering: int | None = None

    def __init__(self, rows: QuerySet, owner: str) -> None:
        self.rows, self._owner = rows.order_by(), owner

    def first(self, most: int | None = None) -> Any:
        """Their ids for ``pk__in``: of so many rows, or of all."""
        return self.rows.values(self._owner)[:most]

    def of_each(self) -> QuerySet:
        """The rows of that record which a statement looks at."""
        return self.rows.filter(**{self._owner: OuterRef("pk")})

    def ids(self, most: int) -> list[int]:
        return list(self.rows.values_list(self._owner, flat=True)[:most])

    def at_most(self, limit: int) -> bool:
        return self._number(limit + 1) <= limit

    @cached_property
    def number(self) -> int:
        return self._number(COUNTED)

    def _number(self, most: int) -> int:
        return number(self.rows, most)


class Read(Owners):
    """The same by a statement that no database would make of the conditions; an heir says it."""

    def statement(self) -> tuple[str, list[Any]]:
        """It selects the owners' ids and can be cut short."""
        raise NotImplementedError

    def _cut(self, most: int | None) -> tuple[str, list[Any]]:
        sql, given = self.statement()
        return (sql if most is None else f"{sql} LIMIT {int(most)}"), given

    def first(self, most: int | None = None) -> Any:
        return RawSQL(*self._cut(most))

    def ids(self, most: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(*self._cut(most))
            return [pk for (pk,) in cursor.fetchall()]

    def _number(self, most: int) -> int:
        sql, given = self._cut(most)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS said", given)
            return cursor.fetchone()[0]


def number(records: QuerySet, most: int) -> int:
    """How many there are, counted no further than ``most``."""
    return records.order_by().values("pk")[:most].count()
