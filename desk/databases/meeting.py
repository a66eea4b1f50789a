"""Records met by way of rows of theirs: in the order of an index, and no further than is asked for."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from .owners import Owners

#: The owners of so many rows tell which of several sorts of rows is the rarest.
TRIED = 500


def met(owners: Owners, records: QuerySet, most: int) -> list[int]:
    """Ids of those of these records that own such rows: all, or the first so many that are met.

    Each owner is looked into as it is come to. A list of them would be made and put in order first, and PostgreSQL
    would take it in no order at all (a thousand who answer five conditions at a million: 39 ms so, 59 by the list).
    """
    try:
        rows, given = owners.statement()
        asked, said = _among(records)
    except EmptyResultSet:
        return []
    led, limit = f"WITH led(owner) AS ({rows}) SELECT owner FROM led WHERE {asked}", most
    while True:
        found = _rows(f"{led} LIMIT {int(limit)}", [*given, *said])
        ids = sorted({pk for (pk,) in found})
        if len(ids) >= most or len(found) < limit:
            return ids[:most]
        limit *= 2  # some own several such rows


def met_among_first(owners: Owners, records: QuerySet, most: int) -> tuple[int, bool]:
    """How many of these records, ``most`` at the most, own one of the rows that a count looks at; and were that all?"""
    every, looked_into = owners.looked_at + 1, 0
    found: set[int] = set()
    try:
        asked, said = _among(records)
        for many in (_enough(owners, most), every):
            rows, given = owners.first(many)
            found, looked_into = _looked_into(
                f"WITH led(owner) AS ({rows}) SELECT owner, {asked} FROM led", [*given, *said], most
            )
            if len(found) >= most or looked_into < many or many >= every:
                break
    except EmptyResultSet:
        return 0, True
    return min(len(found), most), looked_into <= owners.looked_at


def _enough(owners: Owners, most: int) -> int:
    """Of so many rows enough will answer, as the first ones tell.

    PostgreSQL looks into all before it tells of one; SQLite is stopped as soon as enough are met.
    """
    if connection.vendor == "sqlite" or not owners.answering:
        return owners.looked_at + 1
    return min(owners.looked_at + 1, most * TRIED * 6 // 5 // owners.answering)


def _looked_into(sql: str, given: Sequence[Any], most: int) -> tuple[set[int], int]:
    """Which of the owners that a statement looks into are such as it asks, and how many were looked into."""
    found: set[int] = set()
    looked_into = 0
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        while len(found) < most and (portion := cursor.fetchmany(TRIED)):
            looked_into += len(portion)
            found.update(pk for pk, is_among in portion if is_among)
    return found, looked_into


def tried(ways: Sequence[Owners], records: QuerySet) -> list[int] | None:
    """Look at the first owners of each of these rows, and note how many of them are among the records: one statement.

    Where that were all owners of one sort of rows, nobody else can be; then the answer is those who are.
    """
    try:
        parts = [each.first(TRIED) for each in ways]
        asked, said = _among(records)
    except EmptyResultSet:
        return []
    each = " UNION ALL ".join(f"SELECT {way}, said.* FROM ({sql}) AS said" for way, (sql, _given) in enumerate(parts))
    looked_at = _rows(
        f"WITH led(way, owner) AS ({each}) SELECT way, owner, {asked} FROM led",
        [*[value for _sql, given in parts for value in given], *said],
    )
    whole = None
    for number, owners in enumerate(ways):
        rows = [(pk, is_among) for way, pk, is_among in looked_at if way == number]
        owners.answering = sum(bool(is_among) for _pk, is_among in rows)
        if len(rows) < TRIED:
            whole = sorted({pk for pk, is_among in rows if is_among})
    return whole


def _among(records: QuerySet) -> tuple[str, list[Any]]:
    """Is the owner that a statement has come to one of these records?"""
    one = records.order_by().filter(pk=RawSQL("led.owner", ())).values("pk")[:1]
    sql, given = one.query.sql_with_params()
    # The offset keeps PostgreSQL from turning the question round.
    return f"EXISTS({sql} OFFSET 0)", list(given)


def _rows(sql: str, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
