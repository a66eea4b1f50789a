"""Excel's format before .xlsx: whether it is locked by a password, which its reader cannot tell from damage."""

import re
import struct

from .archives import encrypted
from .limits import SheetError

# A modern workbook with a password is an old-style file that holds nothing but this part.
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
# The first record of an Excel 97 or 95 book: its number, its length, its version, "workbook globals".
BEGINNING = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")
PASSWORD_RECORD = 0x002F
# Only who may write and how the interface looks may stand before it.
LOOKED_AT = 8


def check(file) -> None:
    """Refuse a book behind a password."""
    content = file.read()
    file.seek(0)
    if ENCRYPTED_PART in content or any(_is_locked(content, one.start()) for one in BEGINNING.finditer(content)):
        raise SheetError(encrypted())


def _is_locked(content: bytes, place: int) -> bool:
    for _record in range(LOOKED_AT):
        if place + 4 > len(content):
            return False
        number, length = struct.unpack_from("<HH", content, place)
        if number == PASSWORD_RECORD:
            return True
        place += 4 + length
    return False
