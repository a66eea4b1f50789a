"""Opening a sheet: how large it is, what it truly is, and who reads it."""

import hashlib
import tempfile
from typing import BinaryIO

from django.utils.translation import gettext as _

from . import archives, delimited, old_books, workbooks
from .limits import DEFAULT, MEGABYTE, Limits, SheetError
from .table import Table

PORTION = 2**18
ZIP, OLD_OFFICE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What is told by its first bytes and is no table: compressed files, documents, pictures, programs.
PACKED_BY_OTHERS = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x9d", b"]\0\0\x80\0")
COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", *PACKED_BY_OTHERS)
FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x7fELF", b"MZ\x90")
MARKUP = (b"<?xml", b"<html", b"<!doctype", b"<table")


def open_sheet(
    file: BinaryIO,
    name: str,
    sheet: str | None = None,
    limits: Limits = DEFAULT,
    encoding: str | None = None,
) -> Table:
    """Open an uploaded sheet; `sheet` chooses one of a workbook's, `encoding` overrules the guess of a text file's."""
    kept, digest = _kept(file, limits)
    try:
        return _opened(kept, name, digest, sheet, limits, encoding)
    except SheetError:
        kept.close()
        raise
    except Exception as error:
        # Broken files break readers in ways nobody lists; the office gets one answer.
        kept.close()
        raise SheetError(_("The file “%(name)s” is damaged and cannot be read.") % {"name": name}) from error


def _opened(kept, name, digest, sheet, limits, encoding) -> Table:
    beginning = kept.read(512)
    kept.seek(0)
    if beginning.startswith(ZIP):
        unpacked = archives.check(kept, limits)
        return workbooks.read(kept, sheet, limits, digest=digest, unpacked=unpacked)
    if beginning.startswith(OLD_OFFICE) or _is_older_excel(beginning):
        old_books.check(kept)
        return workbooks.read(kept, sheet, limits, digest=digest)
    if beginning.startswith(COMPRESSED):
        raise SheetError(_("The file “%(name)s” is compressed. Unpack it and send the sheet inside.") % {"name": name})
    if beginning.startswith(FOREIGN) or beginning.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(MARKUP):
        raise SheetError(_("The file “%(name)s” is no sheet. Save it as .xlsx or .csv and send that.") % {"name": name})
    return delimited.read(kept, name, limits, digest=digest, encoding=encoding)


def _kept(file: BinaryIO, limits: Limits):
    """The upload in a nameless file of our own, with its fingerprint; refused as soon as it is too large."""
    fingerprint, size = hashlib.sha256(), 0
    kept = tempfile.TemporaryFile()  # noqa: SIM115 -- the table closes it when it is read
    file.seek(0)
    while portion := file.read(PORTION):
        size += len(portion)
        if size > limits.bytes:
            kept.close()
            raise SheetError(
                _("The file is larger than %(limit)d MB. Split it into several files.")
                % {"limit": limits.bytes // MEGABYTE}
            )
        fingerprint.update(portion)
        kept.write(portion)
    if not size:
        kept.close()
        raise SheetError(_("The file is empty."))
    kept.seek(0)
    return kept, fingerprint.hexdigest()


def _is_older_excel(beginning: bytes) -> bool:
    # Excel 2 to 4 wrote their records bare, each book beginning with one of these.
    return beginning[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08") and beginning[2:4] < b"\x10\x00"
