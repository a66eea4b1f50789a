"""Which rows of history a reader may know of, whosever they are: decided by the types the counterparties carry now."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from counterparties.domain import holdings, notes
from counterparties.models import Counterparty, Note
from desk.databases import Among


def carried(owner: str) -> Subquery:
    """The types a counterparty has now, asked of one row at a time: joined, a database would read a million for it."""
    return Subquery(Counterparty.objects.filter(pk=OuterRef(owner)).order_by().values("type_set")[:1])


def among(decision: Any, owner: str, sets: Iterable[int]) -> Q:
    """Rows of counterparties that carry one of these combinations of types now.

    Whoever sees few of a million has them named: asked of every row of a list of imports, whose it is, takes two
    seconds. As a question within the question they would be read for each model anew, and PostgreSQL calls workers for
    it: 17 ms for a page of operations, 6 so.
    """
    wanted = frozenset(sets)
    if decision.few is None:
        return Q(Among(carried(owner), wanted))
    return Q(**{f"{owner}__among": frozenset(pk for pk, its in decision.few.items() if its in wanted)})


def of_seen(decision: Any, owner: str) -> Q:
    """Rows of counterparties the reader may view."""
    return Q() if decision.has_everything("view") else among(decision, owner, decision.set_ids("view"))


def of_clients(decision: Any, owner: str) -> Q | None:
    """Rows of those the reader may view as clients; None when that is nobody."""
    types = [each.pk for each in decision.types("view") if each.kind.is_client]
    if not types:
        return None
    return Q() if decision.is_superuser else among(decision, owner, decision.set_ids("view", types))


def of_answers(decision: Any, owner: str) -> Q | None:
    """Rows of the characteristics the reader may view, each of counterparties that carry it by a type he may view."""
    if decision.is_superuser:
        return Q()
    by_carriers: dict[frozenset[int], list[int]] = defaultdict(list)
    for each in decision.characteristics("view"):
        carriers = decision.tree.carriers(each.characteristic) & decision.type_ids("view")
        by_carriers[frozenset(carriers)].append(each.characteristic.pk)
    known = Q()
    for carriers, characteristics in by_carriers.items():
        known |= Q(characteristic__in=characteristics) & among(decision, owner, decision.set_ids("view", carriers))
    return known or None


def of_members(decision: Any) -> Q | None:
    """Rows of memberships of which both are seen, the holding as one."""
    if decision.is_superuser:
        return Q()
    if not holdings.knows_holdings(decision):
        return None
    return of_seen(decision, "member_id") & among(decision, "holding_id", holdings.sets_seen(decision))


def of_notes(decision: Any) -> Q:
    """Rows of notes that are for the reader."""
    return of_seen(decision, "counterparty_id") & notes.versions_known(decision)


def of_note_readers(decision: Any) -> Q:
    """Rows that tell for which roles a note was chosen."""
    if decision.is_superuser:
        return Q()
    written = Note.history.filter(of_seen(decision, "counterparty_id"), id=OuterRef("note_id")).order_by()
    chosen = Note.objects.filter(pk=OuterRef("note_id"), audience="roles").read_by(decision)
    own = written.filter(author=notes.reader_of(decision))
    return Q(Exists(own)) | Q(Exists(chosen)) & Q(Exists(written))
