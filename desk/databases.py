"""What differs between SQLite and PostgreSQL lives here and nowhere else."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

import random
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, models, transaction
from django.db.models import BooleanField, Exists, Func, OuterRef, Q, QuerySet

from desk import text

T = TypeVar("T")

#: Errors after which the same act may simply be tried again.
TRY_AGAIN = ("locked", "busy", "deadlock", "could not serialize")


def attempt(act: Callable[[], T], times: int = 6) -> T:
    """Do an act, again when the database was locked or the act was chosen as a deadlock's victim.

    The act must be whole in itself (open its own operation) and is not repeated inside another's transaction.
    """
    for left in reversed(range(times)):
        try:
            return act()
        except OperationalError as error:
            again = any(word in str(error).lower() for word in TRY_AGAIN)
            if not again or not left or connection.in_atomic_block:
                raise
            time.sleep(random.uniform(0.01, 0.05) * (times - left))  # noqa: S311
    raise AssertionError("unreachable")


class After(Func):
    """Row comparison ``(a, b) > (x, y)``, which both databases answer from the index.

    ``queryset.filter(After(F("name_key"), F("pk"), Value(name), Value(pk)))``; ``Before`` is its mirror.
    The textbook ``a > x OR (a = x AND b > y)`` reads everything before it: 881 ms against 1.8 at a million rows.
    """

    output_field = BooleanField()
    sign = ">"

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> Any:
        parts, params = [], []
        for expression in self.get_source_expressions():
            sql, given = compiler.compile(expression)
            parts.append(sql)
            params.extend(given)
        half = len(parts) // 2
        return f"({', '.join(parts[:half])}) {self.sign} ({', '.join(parts[half:])})", params


class Before(After):
    sign = "<"


def firsts(parts: Sequence[QuerySet], many: int, keys: int, descending: bool) -> list[tuple[Any, ...]]:
    """The first rows of sliced ``values_list`` querysets put one behind the other: one statement.

    Each part is read from its own index and no further than its slice; the number of the part and its ``keys`` columns
    say the order. (Django's own ``union`` cannot put slices together on SQLite.)
    """
    pieces, params = [], []
    for number, part in enumerate(parts):
        try:
            sql, given = part.query.get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            continue
        pieces.append(f"SELECT {number} AS piece, part_{number}.* FROM ({sql}) AS part_{number}")
        params += given
    if not pieces:
        return []
    sign = "DESC" if descending else "ASC"
    # The columns are: piece, part, key, key, …
    order = ", ".join(["1", *[f"{place} {sign}" for place in range(3, 3 + keys)]])
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(pieces)} ORDER BY {order} LIMIT {int(many)}", params)
        return [row[1:] for row in cursor.fetchall()]


#: More rows than this are asked for one by one; up to it, their owners are listed first, by their ids up to that.
FEW, LISTED = 20_000, 1_000


def holders(rows: QuerySet, owner: str) -> Q:
    """Those that hold at least one of these rows.

    Very few are named: PostgreSQL knows a column, not one characteristic in it, and takes what is rare there for many.
    Else it turns EXISTS round by itself. SQLite never does, so it is told which way is short: few rows → list their
    owners, many → look into each record.
    """
    owners = list(rows.order_by().values_list(owner, flat=True)[: LISTED + 1])
    if len(owners) <= LISTED:
        return Q(pk__in=owners)
    if connection.vendor == "sqlite" and rows.order_by().values("pk")[: FEW + 1].count() <= FEW:
        return Q(pk__in=rows.order_by().values(owner))
    return Q(Exists(rows.filter(**{owner: OuterRef("pk")})))


def owned_by(owners: QuerySet, key: str) -> Q:
    """Those whose ``key`` points at one of these owners, as one semi-join; the mirror of ``holders``."""
    if connection.vendor == "sqlite" and owners.order_by().values("pk")[: FEW + 1].count() <= FEW:
        return Q(**{f"{key}__in": owners.order_by().values("pk")})
    return Q(Exists(owners.filter(pk=OuterRef(key))))


def count_anew() -> None:
    """Let the database count what it holds, or it takes a new index for better than any it knows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def prepare_search(model: type[models.Model], column: str = "search") -> None:
    """Make or mend what free search stands on; run after every migrate, harmless when all is there."""
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {table}_{column}_trgm ON {table} USING gin ({column} gin_trgm_ops)"
            )
            return
        if not search_triggers_missing(model, column):
            return
        fts = f"{table}_{column}"
        cursor.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {fts} USING fts5"
            f"({column}, content='{table}', content_rowid='id', tokenize='trigram case_sensitive 1')"
        )
        drop = f"INSERT INTO {fts}({fts}, rowid, {column}) VALUES ('delete', old.id, old.{column});"
        put = f"INSERT INTO {fts}(rowid, {column}) VALUES (new.id, new.{column});"
        for name, when, act in (
            (f"{fts}_added", "INSERT", put),
            (f"{fts}_removed", "DELETE", drop),
            (f"{fts}_changed", f"UPDATE OF {column}", drop + put),
        ):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN {act} END")
        # SQLite drops triggers when a migration rebuilds the table: what was written meanwhile is read again.
        cursor.execute(f"INSERT INTO {fts}({fts}) VALUES ('rebuild')")


def search_triggers_missing(model: type[models.Model], column: str = "search") -> list[str]:
    """Names of the search triggers that SQLite should have and has not; always empty on PostgreSQL."""
    if connection.vendor == "postgresql":
        return []
    fts = f"{model._meta.db_table}_{column}"
    wanted = {f"{fts}_added", f"{fts}_removed", f"{fts}_changed"}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [model._meta.db_table]
        )
        return sorted(wanted - {name for (name,) in cursor.fetchall()})


class Words(models.Lookup):
    """``search__words="габи 4728"``: every word of the question is somewhere in the search column.

    Words of three letters and more are found inside other words, shorter ones at the beginning of a word (the column
    begins with a space). PostgreSQL answers from the trigram index, SQLite from its FTS5 table.
    """

    lookup_name = "words"
    prepare_rhs = False

    def _terms(self) -> list[str]:
        return [word if len(word) > 2 else " " + word for word in str(self.rhs).split()]

    @staticmethod
    def _like(column: str, terms: list[str]) -> tuple[str, list[str]]:
        literal = [term.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") for term in terms]
        return " AND ".join([rf"{column} LIKE %s ESCAPE '\'"] * len(terms)), [f"%{term}%" for term in literal]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        terms = self._terms()
        if not terms:
            return "1 = 1", []
        sql, given = self._like(column, terms)
        return f"({sql})", [*params * len(terms), *given]

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        terms = self._terms()
        # With the space before it a word of two letters has the three signs that the index knows.
        long, short = [t for t in terms if len(t) > 2], [t for t in terms if len(t) <= 2]
        parts: list[str] = []
        given: list[Any] = []
        if long:
            alias = column.rsplit(".", 1)[0]
            fts = f"{self.lhs.target.model._meta.db_table}_{self.lhs.target.column}"
            parts.append(f"{alias}.id IN (SELECT rowid FROM {fts} WHERE {fts} MATCH %s)")
            given.append(" AND ".join('"' + term.replace('"', '""') + '"' for term in long))
        if short:
            sql, words = self._like(column, short)
            parts.append(f"({sql})")
            given += [*params * len(short), *words]
        return (f"({' AND '.join(parts)})" if parts else "1 = 1"), given


class WordsInEach(Words):
    """The same question, answered by looking into each record: for walking a list in which most records answer."""

    lookup_name = "words_in_each"

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection)


class WordsInFirstPart(Words):
    """Every word stands before the sign that parts the column. Asked of what was found already: no index serves it."""

    lookup_name = "words_in_first_part"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, params = self.process_lhs(compiler, connection)
        if not (terms := self._terms()):
            return "1 = 1", []
        sql, said = self._like(column, terms)
        before = [f"{each}{text.PART}%" for each in said]
        given = [*params * len(terms), *said, *params, f"%{text.PART}%", *params * len(terms), *before]
        return f"(({sql} AND {column} NOT LIKE %s) OR ({sql}))", given

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(compiler, connection)
