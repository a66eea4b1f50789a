"""The tallies, audited: what they say beside what is there, counted one by one."""

from django.db import connection

from counterparties.domain import tallies
from desk.databases.tallies import Tally
from desk.databases.tally_triggers import read


def wrong() -> dict[str, list[tuple]]:
    """Table of a tally → facts and by how many it is wrong; nothing where all is well."""
    found = {each.kept._meta.db_table: _wrong(each) for each in tallies.ALL}
    return {table: rows for table, rows in found.items() if rows}


def _wrong(tally: Tally) -> list[tuple]:
    keys, there = ", ".join(tally.facts), tally.counted._meta.db_table
    counted = f"SELECT {read(tally.facts, 'one')}, -1 FROM {there} one"
    every = f"SELECT {keys}, number FROM {tally.kept._meta.db_table} UNION ALL {counted}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {keys}, SUM(number) FROM ({every}) told GROUP BY {keys} HAVING SUM(number) <> 0")
        return cursor.fetchall()
