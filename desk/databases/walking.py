"""The first of a list: met on a short walk, before anybody asks which way to them is short."""

# ruff: noqa: S608 -- the names put into statements are our own models'; what people say goes in as parameters

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from . import glancing
from .begun import begun, met_on_shelves, met_shelf_by_shelf
from .compared import met_in_steps
from .found import MET_SOON, Found
from .from_each import asks_for_values, walked
from .glancing import Reach
from .in_order import LOOKED_AT, met_in_order
from .leading import Named, decided, left_open, without_rows
from .listed_by_name import SOON_LISTED, OwnersByName
from .orders import is_by
from .pieces import Pieces
from .sought import Sought

#: So many records of a list are looked into before all hits are read.
A_SHORT_WALK = 3_000
#: And within so many where a list at hand tells of nearly all that they are not asked for. To ask one of that list what
#: it says takes PostgreSQL as long as to pass so many.
WALKED_WITH_A_LIST, PASSED_FOR_ONE = 40_000, 20
#: Of a list of its own, as that of a town, each record is read by itself: what is asked of records alone, as a rare
#: status, is met sooner in an index of these.
OF_A_LIST, ALONE_OF_A_LIST = 5_000, 1_000
#: The same for shelves: as far as so many of two thousand records of a sample stand that are hits.
SOME_SHELVES = 50


def met_soon(rows: models.QuerySet, many: int, steps: models.QuerySet | None = None) -> models.QuerySet:
    """The same first so many rows, met on a short walk where that is likely; else by their shortest way.

    ``steps``: the ids of those that are passed in this order, asked of no record; else they are the rows themselves.
    """
    if asked := left_open(rows):
        # What few rows say, or few records, is read out of these sooner than a walk begins, unless it begins there.
        is_by_moment = asked.span and is_by(rows.query, asked.span.moment)
        if is_by_moment or not (asked.has_few_rows or asked.has_few_records):
            met = _met_in_a_list(rows, many) if steps is None else None
            if met is None:
                met = _met_by_index(rows, many)
            if met is None:
                met = _met_at_a_glance(rows, many, steps)
            if met is not None:
                return without_rows(rows).filter(Named(met))
        rows = decided(rows)
    if (searched := _searched_in(rows)) is None or any(isinstance(each, Named) for each in rows.query.where.children):
        return rows
    unsought = _beside(rows, searched)
    looked_at = None if isinstance(searched, Found) else A_SHORT_WALK
    is_in_order = searched.hits.is_indexed and not asked
    if is_in_order and (known := met_in_order(unsought, many, searched.hits, looked_at)) is not None:
        return unsought.filter(Named(known))
    if isinstance(searched, Found):
        if steps is not None and not asked and not searched.hits.at_most(MET_SOON):
            known = met_in_steps(unsought, searched.hits, steps, many)
            if known is not None:
                return unsought.filter(Named(known))
        found = begun(unsought, searched.hits, many)
        return rows if found is None else found
    if (known := met_shelf_by_shelf(unsought, searched.hits, many)) is not None:
        return unsought.filter(Named(known))
    # Where more is asked of each and the first by name were few, it is far.
    is_far = bool(asked) and is_by(rows.query, searched.hits.index.order)
    met = [] if is_far else _met_unless_far(unsought, searched, many)
    if len(met) < many:
        # By one letter that a tenth say: 120 ms where all hits are read, and 18.
        met = met_on_shelves(unsought, searched.hits, many) or met
    return unsought.filter(Named(met)) if len(met) == many else unsought.filter(Found(searched.hits))


def _searched_in(rows: models.QuerySet) -> Any:
    return next((each for each in rows.query.where.children if isinstance(each, Sought | Found)), None)


def _beside(rows: models.QuerySet, searched: Any) -> models.QuerySet:
    """What is asked beside a search."""
    rest = rows.all()
    rest.query.where.children.remove(searched)
    return rest


def _met_by_index(rows: models.QuerySet, many: int) -> list[int] | None:
    """The ids of the first so many, where an index knows in the order of the list who says or is called so; else None.

    Whatever else is asked is looked for in each of them. (A word that a quarter of all names hold, and two letters that
    one text of twelve does: by a trial of both 110 ms on SQLite, so 19; 1,440 on PostgreSQL, so 85.)
    """
    met, searched = None, _searched_in(rows)
    if searched and searched.hits.is_indexed:
        unsought, hits = _beside(rows, searched), searched.hits
        if met_in_order(unsought, glancing.enough(many), hits, glancing.GLANCED_AT):
            met = met_in_order(unsought, many, hits, glancing.WALKED)
        met = met or met_on_shelves(unsought, hits, many, SOME_SHELVES)
    asked = left_open(rows).owners
    pieces = next((each for each in asked if isinstance(each, Pieces)), None)
    # Of the first few are of a rare status and none of some country: its own names are walked in half the time. Nor is
    # it soon met who is in some town as well.
    soon, is_alone = max(many * glancing.GLANCED_AT // LOOKED_AT, 1), len(asked) == 1 and not asks_for_values(rows)
    if not met and pieces and (is_alone or met_in_order(rows, soon, pieces, glancing.GLANCED_AT)):
        met = met_in_order(rows, many, pieces, LOOKED_AT)
    return met if met and len(met) >= many else None


def _met_at_a_glance(rows: models.QuerySet, many: int, steps: models.QuerySet | None) -> list[int] | None:
    """The ids of the first so many; None where the very first of the list tell that it would take long.

    What one of a hundred answers fills a page within a few thousand steps. To try which way is short takes as long as a
    part of that: PostgreSQL reads its whole index of pieces for it (what one of forty says: 13 ms, and the walk 8). In
    the order of a number a record is read last (29 ms, 16 so). Where few answer, the glance costs 1 to 1.5 ms.
    """
    records = without_rows(rows)
    owners, searched = left_open(rows).owners, _searched_in(records)
    reach = _reach(rows)
    asked = [each.of_each(glancing.PASSED) for each in owners if each is not reach.at_hand]
    if steps is not None or searched:
        asked.append(records.order_by().filter(pk=glancing.PASSED))
    try:
        if steps is None:
            walk = walked(_beside(records, searched) if searched else records, reach.most)
        else:
            walk = steps[: reach.most].query.sql_with_params()
    except EmptyResultSet:
        return None
    return glancing.met_on(walk, asked, many, reach)


def _reach(rows: models.QuerySet) -> Reach:
    """How far these are walked through, and whether those of a town are listed before that.

    (A town in the order of a number, at a million: SQLite 48 ms, so 22; PostgreSQL 88 and 40.) Where a characteristic
    is asked too PostgreSQL walks while that is shorter than to ask all of the town; as many as these are glanced at.
    (An element, by newest: 61 ms of the processor, so 35. Yes or no, by a number: 75 and 33.) SQLite asks all as soon.
    Of a span of days PostgreSQL would pass all.
    """
    asked = left_open(rows)
    listed = next((each for each in asked.owners if isinstance(each, OwnersByName)), None)
    is_alone = len(asked.owners) == 1
    is_worth_it = is_alone or connection.vendor == "postgresql"
    if listed is None or asked.span or not is_worth_it or not listed.are_soon_listed:
        return Reach(glancing.WALKED, glancing.GLANCED_AT)
    if is_alone:
        return Reach(WALKED_WITH_A_LIST, WALKED_WITH_A_LIST, listed)
    number = max(listed.counted(SOON_LISTED + 1), 1)
    return Reach(PASSED_FOR_ONE * number, number, listed)


def _met_in_a_list(rows: models.QuerySet, many: int) -> list[int] | None:
    """The same where some of whom is asked are kept in the order of names, as those in a town are.

    Whatever else is asked is looked for in each of them, the record last.
    """
    records, owners = without_rows(rows), left_open(rows).owners
    listed = next((each for each in owners if isinstance(each, OwnersByName)), None)
    others = [each.of_each(glancing.PASSED) for each in owners if each is not listed]
    most = OF_A_LIST if others else ALONE_OF_A_LIST
    if listed is None or (walk := listed.walked(rows, most)) is None:
        return None
    asked = [*others, records.order_by().filter(pk=glancing.PASSED)]
    return glancing.met_on(walk, asked, many, Reach(most, glancing.GLANCED_AT))


def _met_unless_far(rows: models.QuerySet, searched: Sought, many: int) -> list[int]:
    """The ids of the first so many that are searched for, as far as a short walk meets them.

    What is common in the whole list may be missing from long stretches of it: names in Latin letters stand before those
    in Cyrillic. (By one Cyrillic letter at a million: 1,000 ms by the walk, 130 so.)
    """
    hits = searched.hits
    passed, given = rows.values_list("pk", hits.column)[:A_SHORT_WALK].query.sql_with_params()
    said, words = hits.standing()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pk FROM ({passed}) AS passed WHERE {said} LIMIT {int(many)}", [*given, *words])
        return [pk for (pk,) in cursor.fetchall()]
