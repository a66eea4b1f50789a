"""The one door through which files come in: looked at, cleaned, kept under a name of ours."""

import hashlib
import logging
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import PurePosixPath
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk import text
from files.domain import pictures
from files.domain.kinds import DOCUMENTS, PICTURES, sniffed
from files.models import StoredFile

log = logging.getLogger(__name__)

LONGEST_NAME = 255
#: Names that mean devices to some systems.
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

#: Names written since the act began, to be taken back when it fails.
_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


@dataclass(frozen=True)
class Found:
    """An upload that was looked at and found good; nothing of it is kept yet."""

    name: str
    content_type: str
    size: int
    sha256: str
    # Not the bytes themselves: a card may bring a hundred files.
    _spool: IO[bytes]

    def content(self) -> bytes:
        self._spool.seek(0)
        return self._spool.read()


@contextmanager
def leaving_nothing_behind() -> Iterator[None]:
    """Around an operation that takes files in: when it fails, what was written goes with it."""
    names: list[str] = []
    around = _written.get()
    token = _written.set(names)
    try:
        yield
    except BaseException:
        for name in names:
            default_storage.delete(name)
        raise
    else:
        if around is not None:
            around += names
    finally:
        _written.reset(token)


def take(upload: Any, *, counterparty: Any = None, pictures_only: bool = False) -> StoredFile:
    """Keep an uploaded file; ValidationError says why it cannot be taken and what would do. See ``keep``."""
    return keep(look_at(upload, pictures_only=pictures_only), counterparty=counterparty)


def look_at(upload: Any, *, pictures_only: bool = False) -> Found:
    """What an upload is, as it would be kept; ValidationError says why it cannot be taken and what would do."""
    content = _read(upload)
    content_type = _allowed(content, pictures_only)
    endings = DOCUMENTS.get(content_type, ())
    if content_type in PICTURES:
        picture = pictures.redrawn(content)
        content, content_type = picture.content, picture.content_type
        endings = pictures.ENDINGS[content_type]
    spool = SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115 -- lives as long as Found
    spool.write(content)
    name = kept_name(upload.name or "", endings)
    return Found(name, content_type, len(content), hashlib.sha256(content).hexdigest(), spool)


def keep(found: Any, *, counterparty: Any = None) -> StoredFile:
    """Keep what was looked at.

    ``counterparty``: whose rights decide who may read it. Call it within an operation, and that within
    ``leaving_nothing_behind``: the file is written first, its row second, and neither stays without the other.
    """
    # Not the hash alone: the same paper may hang on two counterparties, and one of them go.
    wanted = f"{found.sha256[:2]}/{found.sha256[2:4]}/{found.sha256}-{secrets.token_hex(8)}"
    storage_name = shelved(wanted, found.content())
    stored = StoredFile(
        sha256=found.sha256,
        name=found.name,
        size=found.size,
        content_type=found.content_type,
        storage_name=storage_name,
        counterparty=counterparty,
    )
    try:
        stored.save()
    except BaseException:
        default_storage.delete(storage_name)
        raise
    if (names := _written.get()) is not None:
        names.append(storage_name)
    return stored


def shelved(name: str, content: bytes | File) -> str:
    """The name under which the storage wrote it, whole or not at all; ValidationError when it cannot be written."""
    try:
        return default_storage.save(name, ContentFile(content) if isinstance(content, bytes) else content)
    except BaseException as full:
        with suppress(Exception):
            # A full disk keeps what went onto it.
            default_storage.delete(name)
        if not isinstance(full, Exception):
            raise
        log.exception("The file %s cannot be written", name)
        message = _("The file cannot be kept just now: the place for files is full or out of reach. Try again later.")
        raise ValidationError(message, code="no_room") from full


def _read(upload: Any) -> bytes:
    most = settings.MAX_UPLOAD_MB * 1024 * 1024
    # What the browser says of the size is not believed: one byte more than allowed is read, and tells.
    upload.seek(0)
    content = b"" if (upload.size or 0) > most else upload.read(most + 1)
    if max(upload.size or 0, len(content)) > most:
        message = ngettext(
            "The file is larger than %(number)d megabyte. Make it smaller and try again.",
            "The file is larger than %(number)d megabytes. Make it smaller and try again.",
            settings.MAX_UPLOAD_MB,
        )
        raise ValidationError(message % {"number": settings.MAX_UPLOAD_MB}, code="too_large")
    if not content:
        raise ValidationError(_("The file is empty. Choose another one."), code="empty")
    return content


def _allowed(content: bytes, pictures_only: bool) -> str:
    content_type = sniffed(content)
    if pictures_only and content_type not in PICTURES:
        raise ValidationError(_("Choose a picture: PNG, JPEG, WEBP or GIF."), code="no_picture")
    if content_type is None:
        message = _(
            "A file of this sort is not taken. PDF, Word, Excel, PowerPoint, OpenDocument, plain text and pictures "
            "(PNG, JPEG, WEBP, GIF) are, without programs in them."
        )
        raise ValidationError(message, code="unknown")
    return content_type


def kept_name(name: str, endings: tuple[str, ...]) -> str:
    """The name for the reader who downloads it: no folders, no tricks, an ending that tells the truth."""
    # Folders in either system's spelling, then whatever means a drive, a stream or a pattern.
    plain = text.clean(name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = re.sub(r'[<>:"|?*]', "_", plain).strip(" .")
    if DEVICES.fullmatch(plain):
        plain = f"_{plain}"
    stem, ending = (plain, "") if not plain else (PurePosixPath(plain).stem, PurePosixPath(plain).suffix)
    if endings and ending.lower() not in endings:
        stem, ending = plain, endings[0]
    stem = stem or _("file")
    # 255 signs in the database, and not more bytes than the file systems of the readers take.
    while len(f"{stem}{ending}".encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return f"{stem}{ending}"


def numbered(name: str, taken: set[str]) -> str:
    """The name with the first number that makes it another one: *offer (2).pdf*."""
    stem, ending = PurePosixPath(name).stem, PurePosixPath(name).suffix
    number = 2
    while (other := f"{stem[: LONGEST_NAME - 12 - len(ending)]} ({number}){ending}") in taken:
        number += 1
    return other
