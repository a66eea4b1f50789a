"""Keeping what a card says: facts, types and answers together, as one operation."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import IntegrityError

from characteristics.domain import values
from characteristics.domain.unshared import Shared
from characteristics.models import Characteristic
from counterparties.domain import log_ins, twice
from counterparties.domain.clients import Differences, Known, Place
from counterparties.domain.numbering import save_numbered
from counterparties.domain.type_sets import key_of, type_set_of
from counterparties.models import Counterparty, CounterpartyType
from desk.databases import attempt, written_ids
from desk.databases.prepared import records
from desk.models import Gone, Stale
from files.domain.intake import leaving_nothing_behind
from trail.domain import in_bulk
from trail.domain.operations import operation
from trail.domain.twice import Twice

Facts = Mapping[str, Any]
Answers = Mapping[Characteristic, Any]
NOTHING: Mapping[str, Any] = {}


class Taken(Exception):
    """Somebody was faster: the same code, number or answer was free when it was checked, a status was there."""


class Repeated(Stale):
    """Stale, yet the card says just what is stored: sent twice, or two people typed the same."""


def add(
    facts: Facts,
    types: Iterable[CounterpartyType],
    answers: Answers,
    *,
    by: Any,
    reason: str = "",
    client: Facts = NOTHING,
    places: Mapping[str, Place] = NOTHING,
    note: str = "",
    opened_at: datetime | None = None,
) -> Counterparty:
    """Take a new counterparty into the office's books; without a code it gets the next one.

    ``client`` are its facts as a client, ``places`` its company and delivery address, ``note`` a first note. Of a card
    that was ``opened_at`` some moment and is sent twice, the one that was taken in first is given.
    """
    types = list(types)

    def act() -> Counterparty:
        with leaving_nothing_behind(), operation("card", by=by, reason=reason):
            counterparty = Counterparty(**facts, type_set=type_set_of(types))
            said = values.Answered(counterparty, answers)
            said.hold()
            save_numbered(counterparty)
            if opened_at:
                of_client = {"facts": client, "places": places, "note": note, "author": by}
                twice.refuse_card(counterparty, answers, of_client, opened_at, by)
            said.save(counterparty)
            as_client = Differences(None, client, places, note, by)
            as_client.save(counterparty)
            log_ins.kept(counterparty, allows=as_client.allows_log_in or None, has_new_email=False, by=by)
            return counterparty

    try:
        return _unless_taken(act)
    except Twice as sent:
        return sent.there


def held(pk: int) -> Counterparty:
    """A counterparty as it stands, to be changed. (Django takes 0.4 ms to ask for one, PostgreSQL 0.2 to answer.)"""
    found = records(Counterparty, f"id = {written_ids([pk])}")
    if not found:
        raise Counterparty.DoesNotExist
    return found[0]


def keep(
    counterparty: Counterparty,
    facts: Facts,
    types: Iterable[CounterpartyType] | None,
    answers: Answers,
    *,
    by: Any,
    seen: int | str,
    reason: str = "",
    client: Facts = NOTHING,
    places: Mapping[str, Place] = NOTHING,
    note: str = "",
    known: Known | None = None,
) -> Counterparty | None:
    """Keep what was changed on a card that was read as version ``seen``; None when nothing differs from what is stored.

    Facts, types, answers and places that are not given stay as they are. ``known`` is what was read beside the
    counterparty. Raises Stale when somebody changed the card meanwhile, Repeated when to the very same.
    """
    ids = {each.pk for each in types or ()}

    def act() -> Counterparty | None:
        # Answers before the version: what a colleague saves in between makes this card stale, not the same as theirs.
        said = values.Answered(counterparty, answers)
        as_client = Differences(counterparty, client, places, note, by, known)

        def kept_in(kept: Counterparty, as_client: Differences) -> Counterparty | None:
            for fact, value in facts.items():
                setattr(kept, fact, value)
            changed = kept.changed_fields()
            has_other_types = types is not None and kept.type_set.key != key_of(ids)
            if not (changed or has_other_types or said or as_client):
                return None
            with leaving_nothing_behind(), operation("card", by=by, reason=reason):
                said.hold()
                if has_other_types:
                    kept.type_set = type_set_of(ids)
                said.save(kept, _claimed(kept, seen))
                as_client.save(kept)
                log_ins.kept(kept, allows=as_client.allows_log_in, has_new_email="email" in changed, by=by)
            return kept

        # Whoever holds it as it was seen need not read it again: if it can be claimed, it stands like that.
        with suppress(Stale):
            if (mine := _as_seen(counterparty, seen)) and (kept := kept_in(mine, as_client)):
                return kept
        stored = _of_the_same_types(held(counterparty.pk), counterparty)
        version = stored.version
        if known and str(version) != str(seen):
            as_client = Differences(stored, client, places, note, by)
        kept = kept_in(stored, as_client)
        if kept is None and str(seen).isdecimal() and int(seen) != version:
            # Two who both made 5 out of 4 meant 6: the second one has to know.
            raise Repeated(stored)
        return kept

    return _unless_taken(act)


def _as_seen(counterparty: Counterparty, seen: int | str) -> Counterparty | None:
    """Another object of what was read, if that is the version ``seen``; the given one may bear marks of an attempt."""
    read = getattr(counterparty, "_read", {})
    if len(read) != len(Counterparty._meta.concrete_fields) or str(read["version"]) != str(seen):
        return None
    made: Counterparty = Counterparty.from_db(counterparty._state.db, list(read), list(read.values()))
    return _of_the_same_types(made, counterparty)


def _of_the_same_types(made: Counterparty, known: Counterparty) -> Counterparty:
    """Its types need not be read again where they are still those of the one at hand."""
    types = known._state.fields_cache.get("type_set")
    if types and types.pk == made.type_set_id:
        made.type_set = types
    return made


def _claimed(kept: Counterparty, seen: int | str) -> in_bulk.Changes | None:
    """What takes the right to change it and writes what changed; None where that is done already."""
    if not kept.code or str(kept.version) != str(seen):
        kept.claim(seen)
        save_numbered(kept)
        return None
    if kept.changed_fields():
        kept.derive()
    names = [each for each in kept.changed_fields() if each != "version"]
    claim = in_bulk.Changes(is_claimed=True, remembered=[kept.pk] if names else [])
    claim.add(names, [kept])
    kept.version += 1
    return claim


def claim_card(thing: Any) -> None:
    """Cards that stand open show this thing: whoever saves one of them is told that it changed. In an operation."""
    owner = Counterparty.objects.select_for_update().get(pk=thing.counterparty_id)
    owner.claim(owner.version)


def _unless_taken(act: Any) -> Any:
    try:
        return attempt(act)
    except IntegrityError as error:
        # What the books refuse here are two equal codes, company numbers or answers that nobody shares, and what was
        # deleted since it was chosen; anything else is a fault to be seen.
        if not isinstance(error, Gone | Shared) and not any(
            key in str(error) for key in ("code_key", "registration_key")
        ):
            raise
        raise Taken from error
