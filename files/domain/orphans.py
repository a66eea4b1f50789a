"""What lies in the store of files and belongs to nobody.

A crash leaves it, a card that was never saved, a thumbnail whose picture is gone. Only names of our own making are
looked at: whatever else somebody keeps in the same store is theirs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.utils import timezone

from files.domain import drafts
from files.models import StoredFile
from trail.domain.operations import operation

#: What is younger may belong to an act that is not over yet, or to a card that is still open.
YOUNG = drafts.GOOD_FOR
THUMBNAIL = re.compile(r"\.\d+\.png$")
STORED = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}-\w+(\.\d+(_\w+)?\.png)?")
#: What was erased has no file any more, and a name of this beginning instead.
ERASED = "erased/"
#: So many names are looked up at once.
MANY = 500


@dataclass
class Orphans:
    """Names in the store without a row, rows that nothing points at, and rows whose file is gone."""

    names: list[str] = field(default_factory=list)
    rows: list[StoredFile] = field(default_factory=list)
    lost: list[StoredFile] = field(default_factory=list)


def find(now: datetime | None = None) -> Orphans:
    """Everything old enough to be sure of it."""
    now = now or timezone.now()
    there = set(_names())
    rows = list(_unused().filter(created_at__lt=now - YOUNG).order_by("pk"))
    going = {each.storage_name for each in rows}
    known = _known(there) - going
    strange = sorted(name for name in there if THUMBNAIL.sub("", name) not in known | going)
    kept = StoredFile.objects.exclude(storage_name__startswith=ERASED).order_by("pk")
    lost = [each for each in kept.iterator() if each.storage_name not in there]
    return Orphans([each for each in strange if _is_old(each, now)], rows, lost)


def remove(orphans: Orphans, *, by: Any = None) -> None:
    """Rows first, each under history, then what they named; whatever fails in between is found the next time."""
    with operation("command", by=by, reason="orphaned_files"):
        for row in orphans.rows:
            row.delete()
    gone = {each.storage_name for each in orphans.rows}
    thumbnails = [name for name in _names() if THUMBNAIL.sub("", name) in gone] if gone else []
    for name in {*orphans.names, *gone, *thumbnails}:
        default_storage.delete(name)


def _unused() -> QuerySet[StoredFile]:
    """Rows that no record and no line of history points at, whichever model they belong to."""
    unused = StoredFile.objects.all()
    ties: list[Any] = [each for each in StoredFile._meta.get_fields(include_hidden=True) if not each.concrete]
    for tie in ties:
        pointing = tie.related_model._base_manager.filter(**{f"{tie.field.name}__isnull": False})
        unused = unused.exclude(pk__in=pointing.values(tie.field.attname))
    return unused


def _known(names: set[str]) -> set[str]:
    """Those of the names that a row has."""
    asked, known = sorted({THUMBNAIL.sub("", name) for name in names}), set()
    for start in range(0, len(asked), MANY):
        part = asked[start : start + MANY]
        known |= set(StoredFile.objects.filter(storage_name__in=part).values_list("storage_name", flat=True))
    return known


def _names() -> Iterator[str]:
    """Every name of ours in the store."""
    return (name for name in _under("") if STORED.fullmatch(name) or name.startswith(f"{drafts.FOLDER}/"))


def _under(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return  # nothing was ever kept
    inside = f"{folder}/" if folder else ""
    yield from (f"{inside}{name}" for name in files)
    for each in folders:
        yield from _under(f"{inside}{each}")


def _is_old(name: str, now: datetime) -> bool:
    try:
        return now - default_storage.get_modified_time(name) > YOUNG
    except (OSError, NotImplementedError):
        return False  # it went meanwhile, or the store cannot tell
