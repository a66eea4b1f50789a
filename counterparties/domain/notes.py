"""Notes on a dossier: who reads them, and who may know what they said before."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from counterparties.models import Counterparty, Note, NoteReader


def may_change(decision: Any, note: Note) -> bool:
    """A note is its author's; superusers may change every one."""
    return decision.is_superuser or note.author_id == reader_of(decision)


def set_readers(note: Note, roles: Iterable[Any]) -> None:
    """The roles that read it from now on; only a note for chosen roles has any. Within an operation."""
    wanted = {role.pk for role in roles} if note.audience == "roles" else set()
    there = {reader.role_id: reader for reader in note.readers.all()}
    for pk in sorted(there.keys() - wanted):
        there[pk].delete()
    for pk in sorted(wanted - there.keys()):
        NoteReader(note=note, role_id=pk).save()


# ---- what was said before


def versions_read_by(decision: Any, counterparty: Counterparty) -> Q:
    """Rows of the history of its notes that the reader may know of."""
    return Q(counterparty=counterparty.pk) & versions_known(decision)


def versions_known(decision: Any) -> Q:
    """Rows of the history of notes that the reader may know of, of counterparties he may view.

    The note itself must be for them today, or have been for all when it was deleted. What it said while it was for
    chosen roles stays theirs, the author's and superusers': opened later, it was meant to say what it says since.
    """
    if decision.is_superuser:
        return Q()
    own, open_to_all = Q(author=reader_of(decision)), ~Q(audience="roles")
    read = Note.objects.filter(pk=OuterRef("id")).read_by(decision)
    gone = Note.history.filter(own | open_to_all, id=OuterRef("id"), history_type="-").order_by()
    known = Q(Exists(read)) | Q(Exists(gone))
    return known & (open_to_all | own | Q(Exists(read.filter(audience="roles"))))


def knows_version(decision: Any, version: Any) -> bool:
    """Was what a note said then open to all, or is it the reader's own?"""
    return version.audience != "roles" or decision.is_superuser or version.author_id == reader_of(decision)


def with_readers_known_to(decision: Any, counterparty: Counterparty) -> QuerySet:
    """Ids of the notes of which the reader may know for which roles they were chosen."""
    written = Note.history.filter(counterparty=counterparty.pk).order_by()
    if decision.is_superuser:
        return written.values("id")
    chosen = Note.objects.filter(counterparty=counterparty.pk, audience="roles").read_by(decision)
    return written.filter(Q(author=reader_of(decision)) | Q(id__in=chosen.values("pk"))).values("id")


def owner(note: str) -> Subquery:
    """Whose a note is, that a row names; of deleted ones too."""
    return Subquery(Note.history.filter(id=OuterRef(note)).order_by().values("counterparty_id")[:1])


def owners(ids: Iterable[int]) -> dict[int, int]:
    """Whose these notes are, of deleted ones too."""
    return dict(Note.history.filter(id__in=list(ids)).order_by().values_list("id", "counterparty_id"))


def reader_of(decision: Any) -> int:
    """The number of whoever asks; nobody's is 0."""
    return getattr(decision.user, "pk", None) or 0
