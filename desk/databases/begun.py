"""A page of what free search finds, begun with the hits; on PostgreSQL it tells how many there are as well."""

from typing import Any

from django.db import connection, models
from django.db.models import Count, Window
from django.db.models.sql.datastructures import BaseTable

from .found import key_of_another
from .hits import Hits
from .leading import Named
from .stretches import Stretch, first_stretch


class OfHits(BaseTable):
    """The hits of a search in place of all records: a statement begins with them, and asks the rest of them alone.

    As a condition PostgreSQL must be told the words twice to begin with them, and looks for both in every record;
    SQLite makes a list of the hits first.
    """

    def __init__(self, table: Any, hits: Any) -> None:
        super().__init__(table.table_name, table.table_alias)
        self.hits = hits

    def relabeled_clone(self, change_map: Any) -> "OfHits":
        return OfHits(super().relabeled_clone(change_map), self.hits)

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        table, _given = super().as_sql(compiler, connection)
        hits, given = self.hits.statement()
        return f"({hits}) AS hit CROSS JOIN {table} ON {self._name(compiler)}.id = hit.owner", given

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        records, given = self.hits.records(compiler.quote_name_unless_alias(self.table_name))
        return f"({records}) {self._name(compiler)}", given

    def _name(self, compiler: Any) -> str:
        return compiler.quote_name_unless_alias(self.table_alias)


def begun(rows: models.QuerySet, hits: Hits, many: int) -> models.QuerySet | None:
    """The first so many of these rows that are among the hits; None where they are found sooner in another way.

    PostgreSQL reads every hit to sort them, and counts them in passing: to count them by themselves it would read its
    index again (14,300 hits of a million: 26 ms for page and number, so 20). By name it reads those alone that stand
    on the first shelves (23 ms, so 11), and tells no number.
    """
    if not (hits.is_indexed and hits.are_few) or key_of_another(rows.query):
        return None
    if connection.vendor == "sqlite":
        return _beginning_with(hits, rows)
    if (met := met_on_shelves(rows, hits, many)) is not None:
        return rows.filter(Named(met))
    counted = _beginning_with(hits, rows).annotate(number=Window(Count("pk")))
    found = list(counted.values_list("pk", "number")[:many])
    hits.tell(rows, found[0][1] if found else 0)
    return rows.filter(Named(pk for pk, _number in found))


def met_on_shelves(rows: models.QuerySet, hits: Hits, many: int, most: int | None = None) -> list[int] | None:
    """The ids of the first so many by name, where these are met on a few shelves.

    ``most``: only as far as so many hits stand that a sample met.
    """
    return _met(first_stretch(rows, hits, most), rows, many, most)


def met_shelf_by_shelf(rows: models.QuerySet, hits: Hits, many: int) -> list[int] | None:
    """The same of what very many say; None where PostgreSQL does not know it so."""
    stretch = first_stretch(rows, hits) if hits.are_said_often else None
    return _met(stretch, rows, many) if stretch and stretch.pieces else None


def _met(stretch: Stretch | None, rows: models.QuerySet, many: int, most: int | None = None) -> list[int] | None:
    found: list[int] = []
    while stretch:
        found += stretch.in_order(_beginning_with(stretch, rows)).values_list("pk", flat=True)[: many - len(found)]
        if len(found) == many or stretch.is_to_the_end:
            return found
        stretch = stretch.following(len(found), many, most)
    return None


def _beginning_with(hits: Hits | Stretch, rows: models.QuerySet) -> models.QuerySet:
    asked = rows.all()
    table = asked.query.get_initial_alias()
    asked.query.alias_map[table] = OfHits(asked.query.alias_map[table], hits)
    return asked
