"""What hangs on a counterparty's dossier: contacts, addresses, notes, documents … Each act is one operation."""

from collections.abc import Callable, Mapping
from copy import copy
from datetime import datetime
from typing import Any

from counterparties.domain import twice
from desk.databases import attempt
from files.domain.intake import leaving_nothing_behind
from trail.domain.operations import operation
from trail.domain.twice import Twice

KIND = "card"


def add(
    thing: Any,
    *,
    by: Any,
    first: Callable[[Any], object] = lambda made: None,
    settle: Callable[[Any], object] = lambda made: None,
    then: Any = None,
    opened_at: datetime | None = None,
) -> Any:
    """Hang a new thing on its counterparty. ``first`` and ``then`` do what belongs to it, in the same operation.

    ``settle`` makes room for it where it is really new.
    Of a form that was ``opened_at`` some moment and is sent twice, the one that was hung there first is given.
    """

    def act() -> Any:
        made = copy(thing)  # an attempt that failed leaves its mark on the object
        with leaving_nothing_behind(), operation(KIND, by=by):
            first(made)
            if opened_at:
                twice.refuse(made, opened_at, by)
            settle(made)
            made.save(force_insert=True)
            if then:
                then(made)
        return made

    try:
        return attempt(act)
    except Twice as sent:
        return sent.there


def keep(
    thing: Any,
    facts: Mapping[str, Any],
    *,
    guard: Any,
    seen: int | str,
    by: Any,
    first: Callable[[Any], object] = lambda kept: None,
    then: Any = None,
) -> Any:
    """Keep what was changed. ``guard`` is the record whose version was ``seen``; Stale when somebody was faster."""

    def act() -> Any:
        with leaving_nothing_behind(), operation(KIND, by=by):
            # Claimed first, read second: nobody changes it in between.
            guard.claim(seen)
            kept = type(thing)._base_manager.get(pk=thing.pk)
            for fact, value in facts.items():
                setattr(kept, fact, value)
            first(kept)
            kept.save()
            if then:
                then(kept)
        return kept

    return attempt(act)


def remove(thing: Any, *, by: Any, first: Callable[[Any], object] = lambda held: None) -> None:
    """Take it off the dossier; its history stays."""

    def act() -> None:
        with operation(KIND, by=by):
            held = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
            first(held)
            held.delete()

    attempt(act)
