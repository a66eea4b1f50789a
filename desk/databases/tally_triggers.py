"""The triggers by which a database keeps a tally in step with the table it counts: the SQL of either database.

SQLite has one writer, so each row that comes or goes moves its number at once. On PostgreSQL that number would be where
everybody waits for an import of minutes: there each statement appends what it changed, and now and then what was
appended is folded together. Whoever reads adds up.
"""

# ruff: noqa: S608 -- the names put into statements are our own models'

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import connection

#: PostgreSQL folds together after so many rows were appended.
FOLDED_AFTER = 200


@dataclass(frozen=True)
class Fact:
    """A column that is counted by. It never reads as NULL, for nothing is equal to that."""

    column: str

    def of(self, row: str) -> str:
        return f"{row}.{self.column}"


class Chosen(Fact):
    """The id of what was chosen; 0 for nothing."""

    def of(self, row: str) -> str:
        return f"COALESCE({row}.{self.column}, 0)"


class IsSaid(Fact):
    """Whether anything stands there."""

    def of(self, row: str) -> str:
        return f"({row}.{self.column} IS NOT NULL)"


class Month(Fact):
    """The month of a moment by Greenwich, as “2026-04”."""

    def of(self, row: str) -> str:
        if connection.vendor == "postgresql":
            return f"to_char({row}.{self.column} AT TIME ZONE 'UTC', 'YYYY-MM')"
        return f"substr({row}.{self.column}, 1, 7)"


Facts = Mapping[str, Fact]


def read(facts: Facts, row: str) -> str:
    return ", ".join(fact.of(row) for fact in facts.values())


def names(kept: str) -> list[str]:
    """What the triggers of this tally are called."""
    acts = ("added", "changed", "removed", *(["emptied"] if connection.vendor == "postgresql" else []))
    return [f"{kept}_{act}" for act in acts]


def made(counted: str, kept: str, facts: Facts) -> list[str]:
    """Statements that make them all."""
    return (_of_postgresql if connection.vendor == "postgresql" else _of_sqlite)(counted, kept, facts)


def dropped(kept: str) -> list[str]:
    """Statements that take away what there is of them."""
    if connection.vendor == "postgresql":
        return [f"DROP FUNCTION IF EXISTS {kept}_kept() CASCADE"]
    return [f"DROP TRIGGER IF EXISTS {name}" for name in names(kept)]


def _of_sqlite(counted: str, kept: str, facts: Facts) -> list[str]:
    def moved(row: str, by: str) -> str:
        same = " AND ".join(f"{name} = {fact.of(row)}" for name, fact in facts.items())
        return f"UPDATE {kept} SET number = number {by} WHERE {same};"

    # The first of its kind has no number to move. (An upsert would not do: inside a trigger it gives way to what the
    # outer statement says of conflicts.)
    first = f"INSERT INTO {kept} ({', '.join(facts)}, number) SELECT {read(facts, 'new')}, 1 WHERE changes() = 0;"
    come, gone = f"{moved('new', '+ 1')} {first}", moved("old", "- 1")
    columns = ", ".join(fact.column for fact in facts.values())
    is_other = f"({read(facts, 'old')}) <> ({read(facts, 'new')})"
    return [
        f"CREATE TRIGGER {kept}_added AFTER INSERT ON {counted} BEGIN {come} END",
        f"CREATE TRIGGER {kept}_changed AFTER UPDATE OF {columns} ON {counted} WHEN {is_other} BEGIN {gone} {come} END",
        f"CREATE TRIGGER {kept}_removed AFTER DELETE ON {counted} BEGIN {gone} END",
    ]


def _of_postgresql(counted: str, kept: str, facts: Facts) -> list[str]:
    keys = ", ".join(facts)
    named = {row: ", ".join(f"{fact.of(row)} AS {name}" for name, fact in facts.items()) for row in ("come", "gone")}
    appended = f"INSERT INTO {kept} ({keys}, number)"
    function = f"""
        CREATE FUNCTION {kept}_kept() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            more bigint;
        BEGIN
            IF TG_OP = 'INSERT' THEN
                {appended} SELECT {keys}, COUNT(*) FROM (SELECT {named["come"]} FROM come) each GROUP BY {keys};
            ELSIF TG_OP = 'DELETE' THEN
                {appended} SELECT {keys}, -COUNT(*) FROM (SELECT {named["gone"]} FROM gone) each GROUP BY {keys};
            ELSIF TG_OP = 'UPDATE' THEN
                {appended} SELECT {keys}, SUM(one) FROM (
                    SELECT {named["come"]}, 1 AS one FROM come UNION ALL SELECT {named["gone"]}, -1 FROM gone
                ) each GROUP BY {keys} HAVING SUM(one) <> 0;
            ELSE
                DELETE FROM {kept};
                RETURN NULL;
            END IF;
            GET DIAGNOSTICS more = ROW_COUNT;
            IF more > 0 AND lastval() / {FOLDED_AFTER} > (lastval() - more) / {FOLDED_AFTER} THEN
                {_folded(kept, keys, appended)}
            END IF;
            RETURN NULL;
        END $$"""
    told = {
        "INSERT": "REFERENCING NEW TABLE AS come",
        "UPDATE": "REFERENCING OLD TABLE AS gone NEW TABLE AS come",
        "DELETE": "REFERENCING OLD TABLE AS gone",
        "TRUNCATE": "",
    }
    acts = zip(names(kept), told.items(), strict=True)
    return [
        function,
        *(
            f"CREATE TRIGGER {name} AFTER {act} ON {counted} {rows} FOR EACH STATEMENT EXECUTE FUNCTION {kept}_kept()"
            for name, (act, rows) in acts
        ),
    ]


def _folded(kept: str, keys: str, appended: str) -> str:
    """Rows of the same facts become one. Those that somebody else is just folding are left to them: nobody waits."""
    return f"""
        WITH many AS (
            SELECT {keys} FROM {kept} GROUP BY {keys} HAVING COUNT(*) > 1
        ), held AS (
            SELECT id FROM {kept} WHERE ({keys}) IN (SELECT {keys} FROM many) FOR UPDATE SKIP LOCKED
        ), folded AS (
            DELETE FROM {kept} WHERE id IN (SELECT id FROM held) RETURNING {keys}, number
        )
        {appended} SELECT {keys}, SUM(number) FROM folded GROUP BY {keys} HAVING SUM(number) <> 0;"""
