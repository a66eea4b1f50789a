"""A walk through a list whose first few tell whether it leads to a full page."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.expressions import RawSQL

from .meeting import in_turn
from .owners import Owners

#: The first so many records tell whether a page is full within so many.
GLANCED_AT, WALKED = 300, 8_000
#: The record that a statement has come to.
PASSED = RawSQL("passed.pk", ())
#: In place of an id: the walk came to the end of the list.
TO_THE_END = 0


def enough(many: int, most: int = WALKED, glanced_at: int | None = None) -> int:
    """So many of the very first ones tell that a walk of ``most`` is likely to meet so many."""
    return max(many * (GLANCED_AT if glanced_at is None else glanced_at) * 2 // most, 1)


@dataclass(frozen=True)
class Reach:
    """How far a walk leads: ``glanced_at`` tell whether it is gone on to the end of ``most``.

    ``at_hand``: whoever is passed is looked for in a list of these before anything else is asked.
    """

    most: int
    glanced_at: int
    at_hand: Owners | None = None


def met_on(
    walk: tuple[str, Sequence[Any]], asked: Sequence[models.QuerySet], many: int, reach: Reach
) -> list[int] | None:
    """The ids of the first so many on this walk of whom all that is asked holds, or of all where the list ends before.

    None where the glance tells that they are not among the first.
    """
    (step, passed), glanced_at, most = walk, int(reach.glanced_at), int(reach.most)
    try:
        said = [each.query.exists().sql_with_params() for each in asked]
        listed, at_hand = reach.at_hand.statement() if reach.at_hand else ("", [])
    except EmptyResultSet:
        return None
    # The offset keeps PostgreSQL from turning the question round; as a truth and not as a condition it is no join.
    conditions = ["(passed.pk IN (SELECT * FROM listed)) IS TRUE"] if listed else []
    holds = in_turn([*conditions, *[f"EXISTS({sql} OFFSET 0)" for sql, _given in said]])
    given = [each for _sql, given in said for each in given]
    beside = f"listed AS MATERIALIZED ({listed}), " if listed else ""
    is_likely = f"(SELECT COUNT(*) FROM first) >= {enough(many, most, glanced_at)}"
    left = f"CASE WHEN {is_likely} THEN {int(many)} - (SELECT COUNT(*) FROM first) ELSE 0 END"
    looked_at = f"CASE WHEN {is_likely} THEN {most - 1} ELSE {min(glanced_at, most - 1)} END"
    is_short = f"(SELECT COUNT(*) FROM first) + (SELECT COUNT(*) FROM further) < {int(many)}"
    is_whole = f"CASE WHEN {is_short} THEN NOT EXISTS(SELECT 1 FROM step LIMIT 1 OFFSET (SELECT {looked_at})) END"
    with connection.cursor() as cursor:
        # Nobody is asked twice: whoever was met at the glance is met.
        cursor.execute(
            f"WITH {beside}step(pk) AS NOT MATERIALIZED ({step}), first AS MATERIALIZED"
            f" (SELECT pk FROM (SELECT pk FROM step LIMIT {glanced_at}) AS passed WHERE {holds} LIMIT {int(many)}),"
            f" further AS MATERIALIZED (SELECT pk FROM (SELECT pk FROM step LIMIT {most} OFFSET {glanced_at}) AS passed"
            f" WHERE {holds} LIMIT (SELECT {left}))"
            f" SELECT pk FROM first UNION ALL SELECT pk FROM further UNION ALL SELECT {TO_THE_END} WHERE {is_whole}",
            [*at_hand, *passed, *given, *given],
        )
        met = [pk for (pk,) in cursor.fetchall()]
    if TO_THE_END in met:
        return [pk for pk in met if pk != TO_THE_END]
    return met if len(met) >= many else None
