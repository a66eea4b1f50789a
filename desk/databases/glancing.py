"""A walk through a list whose first few tell whether it leads to a full page."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from collections.abc import Sequence
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


def enough(many: int, most: int = WALKED) -> int:
    """So many of the very first ones tell that a walk of ``most`` is likely to meet so many."""
    return max(many * GLANCED_AT * 2 // most, 1)


def met_on(
    walk: tuple[str, Sequence[Any]],
    asked: Sequence[models.QuerySet],
    many: int,
    most: int,
    at_hand: Owners | None = None,
) -> list[int]:
    """The ids of the first so many on this walk of whom all that is asked holds; fewer where a glance tells that they
    are not among the first ``most``.

    ``at_hand``: whoever is passed is looked for in a list of these first, which needs no glance.
    """
    (step, passed), glanced_at = walk, most if at_hand else GLANCED_AT
    try:
        said = [each.query.exists().sql_with_params() for each in asked]
        listed = [at_hand.statement()] if at_hand else []
    except EmptyResultSet:
        return []
    # The offset keeps PostgreSQL from turning the question round; as a truth and not as a condition it is no join.
    conditions = [f"(passed.pk IN ({sql})) IS TRUE" for sql, _given in listed]
    holds = in_turn([*conditions, *[f"EXISTS({sql} OFFSET 0)" for sql, _given in said]])
    given = [each for _sql, given in [*listed, *said] for each in given]
    first, left = "(SELECT COUNT(*) FROM first)", f"{int(many)} - (SELECT COUNT(*) FROM first)"
    with connection.cursor() as cursor:
        # Nobody is asked twice: whoever was met at the glance is met.
        cursor.execute(
            f"WITH step(pk) AS NOT MATERIALIZED ({step}), first AS MATERIALIZED"
            f" (SELECT pk FROM (SELECT pk FROM step LIMIT {glanced_at}) AS passed WHERE {holds} LIMIT {int(many)})"
            " SELECT pk FROM first UNION ALL SELECT pk FROM"
            f" (SELECT pk FROM (SELECT pk FROM step LIMIT {most} OFFSET {glanced_at}) AS passed WHERE {holds}"
            f" LIMIT (SELECT CASE WHEN {first} >= {enough(many, most)} THEN {left} ELSE 0 END)) AS passed_by",
            [*passed, *given, *given],
        )
        return [pk for (pk,) in cursor.fetchall()]
