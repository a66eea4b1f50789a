"""What rows of other tables say of very many records, laid beside them at once."""

from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.sql.datastructures import Join

from .gathering import Gathered
from .holding import FEW
from .owners import number

#: By what a record is pointed at.
KEY = "id"


class Beside:
    """``records``, each with what its rows say. Of few records the rows of each are looked up.

    Of many that would be a way into a table of gigabytes for each: SQLite reads the rows once, in their own index, and
    keeps them in its memory (an element of a million, read from the disk: 10 s, so 2.5). PostgreSQL does so by itself,
    but not where all that one says is gathered into one text (towns: 7 s, so 2).
    """

    def __init__(self, records: QuerySet) -> None:
        self.records = records.order_by()
        self.found = self.records
        self._laid: dict[str, tuple[str, Any, str]] = {}

    @cached_property
    def are_many(self) -> bool:
        return number(self.found, FEW + 1) > FEW

    def one(self, name: str, relation: str, column: str, **said: Any) -> str:
        """The one row of each of which this is said; tells from where its column is reached."""
        condition = Q(**{f"{relation}__{fact}": value for fact, value in said.items()})
        self.records = self.records.annotate(**{name: FilteredRelation(relation, condition=condition)})
        if connection.vendor == "sqlite" and self.are_many:
            owner, rows = self._rows(relation, said)
            content = rows.model._meta.get_field(column)
            sql, given = rows.values_list(owner.attname, content.attname).query.sql_with_params()
            # What has a limit is read by itself, before anything else.
            self._laid[name] = f"{sql} LIMIT -1", given, owner.column
        return f"{name}__"

    def all(self, name: str, relation: str, column: str, content: Any, **said: Any) -> Any:
        """What all such rows of each say, a line for each; of them ``column`` is one."""
        owner, rows = self._rows(relation, said)
        gathered = rows.values(owner.name).annotate(gathered=Gathered(content))
        if connection.vendor != "postgresql" or not self.are_many:
            return Subquery(gathered.filter(**{owner.name: OuterRef("pk")}).values("gathered"))
        sql, given = gathered.values_list(owner.name, "gathered").query.sql_with_params()
        column_name = rows.model._meta.get_field(column).column
        self.records = self.records.annotate(**{name: FilteredRelation(relation)})
        named = f'({sql}) AS each_one ("{owner.column}", "{column_name}")'
        self._laid[name] = f"SELECT * FROM {named}", given, owner.column  # noqa: S608 -- our own names
        return F(f"{name}__{column}")

    def _rows(self, relation: str, said: dict[str, Any]) -> tuple[Any, QuerySet]:
        """The key by which the rows point at their record, and the rows."""
        found: Any = self.records.model._meta.get_field(relation)
        return found.field, found.related_model._base_manager.filter(**said).order_by()

    def read(self, asked: QuerySet) -> QuerySet:
        """The question as it is asked of the database, with its rows laid beside the records."""
        query = asked.all().query
        for alias, join in list(query.alias_map.items()):
            # The second join of a table is known to the statement by another name than it was given.
            given = getattr(join, "filtered_relation", None)
            if given is not None and given.alias in self._laid:
                query.alias_map[alias] = Laid.instead_of(join, *self._laid[given.alias])
        made = asked.all()
        made.query = query
        return made


class Laid(Join):
    """A join with rows that were read before."""

    sql, given, owner = "", (), ""

    @classmethod
    def instead_of(cls, join: Any, sql: str, given: Any, owner: str) -> "Laid":
        made = cls(join.table_name, join.parent_alias, join.table_alias, join.join_type, join.join_field, join.nullable)
        made.sql, made.given, made.owner = sql, given, owner
        return made

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        quoted = compiler.quote_name_unless_alias
        here, there = quoted(self.table_alias), quoted(self.parent_alias)
        on = f"{there}.{quoted('id')} = {here}.{quoted(self.owner)}"
        return f"LEFT OUTER JOIN ({self.sql}) {here} ON ({on})", list(self.given)
