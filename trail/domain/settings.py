"""What is done to the objects of the settings: added, changed, stopped, moved, deleted. Each act is one operation."""

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any

from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils import timezone

from desk import ordering
from desk.databases import attempt
from desk.ordering import Places
from trail.domain.operations import operation

KIND = "settings"


class InUse(Exception):
    """It cannot go: something depends on it, or began to while the page was open."""


class Taken(Exception):
    """Somebody was faster with the same code."""


def add(thing: Any, *, by: Any, places: Places | None = None, then: Callable[[Any], object] = lambda made: None) -> Any:
    """Take a new object into the settings; in a list with an order it stands last. ``then``: what comes with it."""

    def act() -> Any:
        made = copy(thing)  # an attempt that failed leaves its mark on the object
        with operation(KIND, by=by):
            if places:
                places.hold()
                made.position = len(places.order()) + 1
            made.save(force_insert=True)
            then(made)
        return made

    try:
        return attempt(act)
    except IntegrityError as error:
        if "code" not in str(error):
            raise
        raise Taken from error


def keep(
    thing: Any,
    facts: Mapping[str, Any],
    *,
    by: Any,
    seen: int | str,
    before: Callable[[Any], object] = lambda kept: None,
    then: Callable[[Any], object] = lambda kept: None,
) -> Any:
    """Keep what was changed in a form that was read as version ``seen``; Stale when somebody was faster.

    ``before`` may make room or raise, ``then`` changes what belongs to it; both happen within the same operation.
    """

    def act() -> Any:
        with operation(KIND, by=by):
            # Claimed first, read second: nobody moves or stops it in between.
            thing.claim(seen)
            kept = type(thing)._base_manager.get(pk=thing.pk)
            before(kept)
            for fact, value in facts.items():
                setattr(kept, fact, value)
            kept.save()
            then(kept)
        return kept

    return attempt(act)


def stop(thing: Any, *, by: Any) -> bool:
    """From now on offered to no new record; what has it keeps it. False when it was stopped already."""
    return _set_stopped(thing, True, by)


def start(thing: Any, *, by: Any) -> bool:
    """Offered again. False when it was not stopped."""
    return _set_stopped(thing, False, by)


def _set_stopped(thing: Any, is_stopped: bool, by: Any) -> bool:
    def act() -> bool:
        with operation(KIND, by=by):
            kept = _locked(thing)
            if kept.is_stopped == is_stopped:
                return False
            kept.claim(kept.version)
            kept.stopped_at = timezone.now() if is_stopped else None
            kept.save()
            return True

    return attempt(act)


def step(thing: Any, places: Places, by_places: int, *, by: Any) -> int:
    """One arrow: up is -1, down is 1. Tells its place now, from 1; at the end of the list nothing moves."""

    def act() -> int:
        with operation(KIND, by=by):
            places.hold()
            order = places.order()
            item = places.siblings.get(pk=thing.pk)
            where = min(max(order.index(thing.pk) + by_places, 0), len(order) - 1)
            ordering.place(places.siblings, item, where)
            return where + 1

    return attempt(act)


def move(thing: Any, places: Places, before: Any, *, by: Any) -> int:
    """One drag: to the place before another one of the list, or (None) to its end. Tells its place now, from 1."""

    def act() -> int:
        with operation(KIND, by=by):
            places.hold()
            order = [pk for pk in places.order() if pk != thing.pk]
            item = places.siblings.get(pk=thing.pk)
            where = order.index(before.pk) if before is not None and before.pk in order else len(order)
            ordering.place(places.siblings, item, where)
            return where + 1

    return attempt(act)


def delete(
    thing: Any,
    *,
    by: Any,
    is_used: Callable[[Any], bool],
    places: Places | None = None,
    first: Callable[[Any], object] = lambda going: None,
) -> None:
    """Take an object out of the settings for good; InUse when anything depends on it.

    ``first`` takes away what goes with it, within the same operation.
    """

    def act() -> None:
        with operation(KIND, by=by):
            if places:
                places.hold()
            going = _locked(thing)
            if is_used(going):
                raise InUse
            first(going)
            going.delete()
            if places:
                ordering.close_up(places.siblings)

    try:
        attempt(act)
    except (ProtectedError, IntegrityError) as error:
        raise InUse from error


def _locked(thing: Any) -> Any:
    """The object as it is now, and nobody else's until the operation is over; DoesNotExist when it is gone."""
    return type(thing)._base_manager.select_for_update().get(pk=thing.pk)
