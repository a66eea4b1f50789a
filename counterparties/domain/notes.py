"""Notes on a dossier: who reads them, and who may know what they said before."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from counterparties.models import Counterparty, Note, NoteReader


def may_change(decision: Any, note: Note) -> bool:
    """A note is its author's; superusers may change every one."""
    return decision.is_superuser or note.author_id == _reader(decision)


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
    """Rows of the history of notes that the reader may know of.

    The note itself must be for them today, or have been for all when it was deleted. What it said while it was for
    chosen roles stays theirs, the author's and superusers': opened later, it was meant to say what it says since.
    """
    mine = Q(counterparty=counterparty.pk)
    if decision.is_superuser:
        return mine
    own, open_to_all = Q(author=_reader(decision)), ~Q(audience="roles")
    read = Note.objects.filter(counterparty=counterparty.pk).read_by(decision)
    gone = Note.history.filter(mine, own | open_to_all, history_type="-")
    known = Q(id__in=read.values("pk")) | Q(id__in=gone.order_by().values("id"))
    chosen = read.filter(audience="roles")
    return mine & known & (open_to_all | own | Q(id__in=chosen.values("pk")))


def knows_version(decision: Any, version: Any) -> bool:
    """Was what a note said then open to all, or is it the reader's own?"""
    return version.audience != "roles" or decision.is_superuser or version.author_id == _reader(decision)


def with_readers_known_to(decision: Any, counterparty: Counterparty) -> QuerySet:
    """Ids of the notes of which the reader may know for which roles they were chosen."""
    written = Note.history.filter(counterparty=counterparty.pk).order_by()
    if decision.is_superuser:
        return written.values("id")
    chosen = Note.objects.filter(counterparty=counterparty.pk, audience="roles").read_by(decision)
    return written.filter(Q(author=_reader(decision)) | Q(id__in=chosen.values("pk"))).values("id")


def _reader(decision: Any) -> int:
    """The number of whoever asks; nobody's is 0."""
    return getattr(decision.user, "pk", None) or 0
