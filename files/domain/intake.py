"""The one door through which files come in: looked at, cleaned, kept under a name of ours."""

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk import text
from files.domain import pictures
from files.domain.kinds import DOCUMENTS, PICTURES, sniffed
from files.models import StoredFile

LONGEST_NAME = 255
#: Names that mean devices to some systems.
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)

#: Names written since the act began, to be taken back when it fails.
_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


@contextmanager
def leaving_nothing_behind() -> Iterator[None]:
    """Around an operation that takes files in: when it fails, what was written goes with it."""
    names: list[str] = []
    token = _written.set(names)
    try:
        yield
    except BaseException:
        for name in names:
            default_storage.delete(name)
        raise
    finally:
        _written.reset(token)


def take(upload: Any, *, counterparty: Any = None, pictures_only: bool = False) -> StoredFile:
    """Keep an uploaded file; ValidationError says why it cannot be taken and what would do.

    ``counterparty``: whose rights decide who may read it. Call it within an operation, and that within
    ``leaving_nothing_behind``: the file is written first, its row second, and neither stays without the other.
    """
    content = _read(upload)
    content_type = _allowed(content, pictures_only)
    endings = DOCUMENTS.get(content_type, ())
    if content_type in PICTURES:
        picture = pictures.redrawn(content)
        content, content_type = picture.content, picture.content_type
        endings = pictures.ENDINGS[content_type]
    sha256 = hashlib.sha256(content).hexdigest()
    # Not the hash alone: the same paper may hang on two counterparties, and one of them go.
    wanted = f"{sha256[:2]}/{sha256[2:4]}/{sha256}-{secrets.token_hex(8)}"
    storage_name = default_storage.save(wanted, ContentFile(content))
    stored = StoredFile(
        sha256=sha256,
        name=kept_name(upload.name or "", endings),
        size=len(content),
        content_type=content_type,
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


def _read(upload: Any) -> bytes:
    most = settings.MAX_UPLOAD_MB * 1024 * 1024
    # What the browser says of the size is not believed: one byte more than allowed is read, and tells.
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
