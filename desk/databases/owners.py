"""Whose some rows are: read no further than is asked for."""

# ruff: noqa: S608, S611 -- the names put into statements are our own models'; what people say goes in as parameters

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import OuterRef, QuerySet
from django.db.models.expressions import RawSQL


class Owners:
    """The owners of these rows, in the order in which an index gives them."""

    #: A count looks into the owners of so many rows, and takes 0.1 s at the most for it.
    looked_at = 30_000
    #: How many times dearer it is to name an owner than to read it out of an index.
    price = 1
    #: It takes no time to know whether there are more than some hundreds.
    are_soon_counted = True
    #: Nor to read the first of them.
    are_soon_tried = True
    #: They are kept in the order of names, and so few that all of them are listed before a walk in another order.
    are_soon_listed = False
    #: How many of the first ones answer all that is asked, once they were tried.
    answering: int | None = None
    #: The database begins with these rows by itself.
    leads_itself = False
    #: By what it is known that nobody need be asked for these rows: whoever is found by it owns one.
    about: Any = None
    #: What else is asked with these rows, where it is left open which way is short.
    asked_with: Any = None

    def __init__(self, rows: QuerySet, owner: str, of_one: QuerySet | None = None) -> None:
        """``of_one``: the same rows, asked for so that those of one record are found by the record."""
        self.rows, self._owner = rows.order_by(), owner
        self._of_one = self.rows if of_one is None else of_one.order_by()

    def listed(self) -> Any:
        """Their ids for ``pk__in``."""
        return self.rows.values(self._owner)

    def statement(self) -> tuple[str, list[Any]]:
        """It selects the owners' ids and can be cut short."""
        sql, given = self.rows.values(self._owner).query.sql_with_params()
        return sql, list(given)

    def first(self, many: int) -> tuple[str, list[Any]]:
        """The same, cut short after so many rows."""
        sql, given = self.statement()
        return f"{sql} LIMIT {int(many)}", given

    def of_each(self, whose: Any = None) -> QuerySet:
        """The rows of that record which a statement looks at."""
        return self._of_one.filter(**{self._owner: whose or OuterRef("pk")})

    def told(self, records: QuerySet) -> int | None:
        """How many of these records own such rows, where a page of them told it."""
        return None

    def at_most(self, limit: int) -> bool:
        return self.up_to(limit + 1) <= limit

    def up_to(self, most: int) -> int:
        """How many rows there are, no further than that and as far as a way is chosen by it."""
        return self.counted(most)

    def counted(self, most: int) -> int:
        """How many rows there are, counted no further than that."""
        try:
            sql, given = self.first(most)
        except EmptyResultSet:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS said", given)
            return cursor.fetchone()[0]


class Read(Owners):
    """The same by a statement that no database would make of the conditions; an heir says it."""

    def statement(self) -> tuple[str, list[Any]]:
        raise NotImplementedError

    def listed(self) -> Any:
        return RawSQL(*self.statement())

    def ids(self, most: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(*self.first(most))
            return [pk for (pk,) in cursor.fetchall()]


def number(records: QuerySet, most: int) -> int:
    """How many there are, counted no further than ``most``."""
    return records.order_by().values("pk")[:most].count()
